//! Text whose paragraphs a mail program broke into lines (`format=flowed`, RFC 3676).

/// Puts the lines of each paragraph together again. With `drop_space`, the blank that marks a broken line is not part
/// of the text (`delsp=yes`).
pub(super) fn joined(text: &str, drop_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // How deep the paragraph is quoted that the last line left open.
    let mut open = None;
    for line in text.lines() {
        let quoted = line.bytes().take_while(|byte| *byte == b'>').count();
        let line = &line[quoted..];
        let line = line.strip_prefix(' ').unwrap_or(line);
        if open != Some(quoted) {
            if !out.is_empty() {
                out.push('\n');
            }
            if quoted > 0 {
                out.extend(std::iter::repeat_n('>', quoted));
                out.push(' ');
            }
        }
        // The mark before a signature ends in a blank and is a line of its own.
        let flows = line.ends_with(' ') && line != "-- ";
        out.push_str(if flows && drop_space { &line[..line.len() - 1] } else { line });
        open = flows.then_some(quoted);
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn broken_lines_become_paragraphs() {
        let text = "A loader was \nseen.\n\n> quoted \n> words\n>> deeper\n-- \nCERT\n";
        assert_eq!(joined(text, false), "A loader was seen.\n\n> quoted words\n>> deeper\n-- \nCERT\n");
        assert_eq!(joined("https://a.example/ \npath\r\n", true), "https://a.example/path\n");
        assert_eq!(joined(" From: stuffed\n", false), "From: stuffed\n");
    }
}
