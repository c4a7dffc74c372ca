//! The known name that a misspelt one was meant to be.

/// The longest name in bytes that is compared with others; none that exists is longer.
const MAX_NAME_BYTES: usize = 40;

/// Returns the candidate that a misspelt name was most likely meant to be: the one with the fewest slips (a letter
/// added, left out, replaced, or swapped with the next), else one that holds the name or is held by it.
///
/// Returns `None` if no candidate is near enough.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    if name.is_empty() || name.len() > MAX_NAME_BYTES {
        return None;
    }
    let mut part = None;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let slips = strsim::osa_distance(&name, candidate);
        if slips <= 1 + candidate.len() / 4 && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
        let shares = name.len() > 2 && candidate.len() > 2 && (candidate.contains(&name) || name.contains(candidate));
        part = part.or(Some(candidate).filter(|_| shares));
    }
    best.map(|(_, candidate)| candidate).or(part)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_the_name_and_nonsense_finds_none() {
        let names = ["sev", "state", "source", "feed"];
        assert_eq!(nearest("stat", names), Some("state"));
        assert_eq!(nearest("soruce", names), Some("source"), "two letters swapped are one slip");
        assert_eq!(nearest("xyzzyx", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest(&"s".repeat(10_000), names), None);
    }

    #[test]
    fn a_part_of_a_name_finds_it_where_no_slip_does() {
        let names = ["copy-article", "undo-decision"];
        assert_eq!(nearest("undo", names), Some("undo-decision"));
        assert_eq!(nearest("o", names), None);
    }
}
