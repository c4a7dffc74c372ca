use std::fmt;

/// Shows a number with what it counts, a regular English noun: `1 entry`, `2 entries`.
pub fn counted(number: impl TryInto<u64>, noun: &str) -> impl fmt::Display {
    // What is too large to say counts as the most that can be said.
    let number = number.try_into().unwrap_or(u64::MAX);
    fmt::from_fn(move |f| match noun.strip_suffix('y') {
        _ if number == 1 => write!(f, "1 {noun}"),
        Some(stem) => write!(f, "{number} {stem}ies"),
        None => write!(f, "{number} {noun}s"),
    })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_no_plural() {
        let said: Vec<String> = [0, 1, 2].iter().map(|count| counted(*count, "entry").to_string()).collect();
        assert_eq!(said, ["0 entries", "1 entry", "2 entries"]);
        assert_eq!(counted(1_u64, "article").to_string(), "1 article");
        assert_eq!(counted(30_usize, "article").to_string(), "30 articles");
    }
}
