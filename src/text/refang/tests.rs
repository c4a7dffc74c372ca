use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

use super::refang;
use crate::text::defang;

#[test]
fn every_form_of_a_dot_becomes_a_dot() {
    for harmless in [
        "evil[.]example",
        "evil(.)example",
        "evil{.}example",
        "evil[dot]example",
        "evil(DOT)example",
        "evil [.] example",
        "evil[.example",
        "evil.]example",
        "evil\\.example",
        "evil\u{3002}example",
        "evil%2Eexample",
        "evil&#46;example",
        "evil.\u{200b}example",
    ] {
        assert_eq!(refang(harmless), "evil.example", "{harmless}");
    }
}

#[test]
fn every_form_of_a_scheme_becomes_a_scheme() {
    for harmless in [
        "hxxps://evil[.]example/a",
        "hXXps://evil.example/a",
        "h**ps://evil.example/a",
        "https[:]//evil.example/a",
        "https[://]evil.example/a",
        "https:\\\\evil.example/a",
    ] {
        assert_eq!(refang(harmless), "https://evil.example/a", "{harmless}");
    }
}

#[test]
fn addresses_and_mail_become_live() {
    assert_eq!(refang("203[.]0[.]113[.]7:8080"), "203.0.113.7:8080");
    assert_eq!(refang("2001[:]db8[:][:]1"), "2001:db8::1");
    assert_eq!(refang("user[@]evil[.]example"), "user@evil.example");
    assert_eq!(refang("user (at) evil (dot) example"), "user@evil.example");
}

#[test]
fn punctuation_and_program_text_stay_as_they_are() {
    for text in [
        "It ended (with evil). The next day",
        "licensed under (MIT OR Apache-2.0), as this",
        "days.iter().map(|day| day.parse::<u32>().ok().and_then(f))",
        "captures(hay).map(f)",
        "see [the support page](.github/SUPPORT.md)",
        "see [RFC-2020]. To replace it",
        "lib/rand.[ch] and u{8,16,32,64}",
        "a[..] and b[...], 1:2 :: {} [] ()",
    ] {
        assert_eq!(refang(text), text);
    }
}

#[test]
fn only_scheme_host_and_at_sign_are_made_harmless() {
    assert_eq!(defang("https://evil.example/a.php?b=c.d"), "hxxps://evil[.]example/a.php?b=c.d");
    assert_eq!(defang("ftp://203.0.113.7/a"), "fxp://203[.]0[.]113[.]7/a");
    assert_eq!(defang("user@evil.example"), "user[@]evil[.]example");
    assert_eq!(defang("2001:db8::1"), "2001[:]db8[:][:]1");
    assert_eq!(defang("198.51.100.0/24"), "198[.]51[.]100[.]0/24");
}

fn live() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{2,9}(\\.[a-z0-9]{1,6}){0,2}\\.(com|net|de|example)",
        "(1[0-9]{2}|2[0-4][0-9]|[1-9][0-9])(\\.[1-9]?[0-9]){3}",
        "(http|https|ftp|ftps)://[a-z]{2,9}\\.(com|example)(:[1-9][0-9]{1,3})?(/[a-zA-Z0-9_/.-]{0,12}[a-z])?",
        "[a-z]{2,8}(\\.[a-z]{2,5})?@[a-z]{3,9}\\.(com|example)",
        "2001:db8:[1-9a-f][0-9a-f]{0,3}::[1-9][0-9]{0,2}",
    ]
}

/// Pieces of the grammar, so that noise comes close to what it reads.
fn noise() -> impl Strategy<Value = String> {
    let pieces = ".|[.]|(dot)| dot |DOT|@|[at]| at |://|hxxp|https|[:]|:|/|\\|[|]|(|)|{|}|<|>|,|1|255|evil|com|é|中|\u{200b}|\u{3002}|%2E|&#46;| |\n|__|*|'|\"";
    let pieces: Vec<&str> = pieces.split('|').collect();
    let piece = prop_oneof![4 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_value_comes_back_from_being_harmless(value in live()) {
        assert_eq!(refang(&defang(&value)), value);
        assert_eq!(refang(&value), value);
    }

    #[test]
    fn what_is_harmless_stays_harmless(value in live()) {
        assert_eq!(defang(&defang(&value)), defang(&value));
    }

    #[test]
    fn values_come_back_from_running_text(values in prop::collection::vec(live(), 1..8)) {
        let text = |form: fn(&str) -> String| {
            values.iter().map(|value| form(value)).collect::<Vec<_>>().join(" and then\n")
        };
        assert_eq!(refang(&text(defang)), text(str::to_owned));
    }

    #[test]
    fn lines_are_read_apart(first in noise(), second in noise()) {
        let (first, second) = (first.replace('\n', ""), second.replace('\n', ""));
        let together = refang(&format!("{first}\n\n\n{second}"));
        assert_eq!(together, format!("{}\n\n\n{}", refang(&first), refang(&second)));
    }

    #[test]
    fn noise_does_no_harm(text in noise()) {
        refang(&text);
        defang(&text);
    }
}
