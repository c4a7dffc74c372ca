/// Returns a text as one line: every run of white space becomes one space, and the ends have none.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn white_space_becomes_single_spaces() {
        assert_eq!(one_line(" a\n\tb  c "), "a b c");
        assert_eq!(one_line(" \n"), "");
    }
}
