use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::{Safe, Span, width};

/// Breaks a part of a text into lines of at most `columns` columns: between words where `words` says so and there is
/// a place, else between graphemes. Line breaks of the text are kept. Returns the bytes of each line, without the white
/// space at its end. Linear in the text.
pub(super) fn wrap(text: &str, part: Span, columns: usize, words: bool) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = part.start;
    for line in text.get(part.range()).unwrap_or("").split('\n') {
        wrap_line(line, start, columns.max(1), words, &mut lines);
        start += line.len() + 1;
    }
    lines
}

fn wrap_line(line: &str, offset: usize, columns: usize, words: bool, lines: &mut Vec<Span>) {
    let mut start = 0;
    let mut used = 0;
    // Where the line may be broken: behind a space, with the columns that were used up to there.
    let mut place: Option<(usize, usize)> = None;
    for (at, grapheme) in line.grapheme_indices(true) {
        let wide = columns_of(grapheme, used);
        if used + wide > columns && at > start {
            let (next, spent) = place.filter(|_| words).unwrap_or((at, used));
            push(line, start, next, offset, lines);
            start = next;
            used -= spent;
            place = None;
        }
        used += wide;
        if grapheme == " " || grapheme == "\t" {
            place = Some((at + grapheme.len(), used));
        }
    }
    push(line, start, line.len(), offset, lines);
}

fn push(line: &str, start: usize, end: usize, offset: usize, lines: &mut Vec<Span>) {
    let end = start + line[start..end].trim_end().len();
    lines.push(Span::new(offset + start, offset + end));
}

/// Returns the columns a grapheme takes when it is drawn; a tab takes what is left up to the next stop of eight.
fn columns_of(grapheme: &str, used: usize) -> usize {
    match grapheme.as_bytes() {
        [b' '..=b'~'] => 1,
        b"\t" => 8 - used % 8,
        _ => width(Safe::line(grapheme).as_str()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, proptest};

    use super::{Span, wrap};

    fn wrapped(text: &str, columns: usize, words: bool) -> Vec<&str> {
        wrap(text, Span::new(0, text.len()), columns, words).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("the quick brown fox", 10, true), ["the quick", "brown fox"]);
        assert_eq!(wrapped("a\n\nb", 10, true), ["a", "", "b"]);
        assert_eq!(wrapped("", 10, true), [""]);
    }

    #[test]
    fn a_word_that_is_too_long_breaks_inside() {
        assert_eq!(wrapped("0123456789abc def", 5, true), ["01234", "56789", "abc", "def"]);
        assert_eq!(wrapped("日本語の記事", 5, true), ["日本", "語の", "記事"]);
        assert_eq!(wrapped("let x = 1;", 6, false), ["let x", "= 1;"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_white_space(text in any::<String>(), columns in 1_usize..40, words in any::<bool>()) {
            let lines = wrapped(&text, columns, words);
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert!(kept(&lines.concat()) == kept(&text));
        }
    }
}
