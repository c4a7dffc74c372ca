use super::Kind;

#[test]
fn numbers_on_disk_never_change() {
    let mut kinds = Kind::ALL;
    kinds.sort_by_key(|kind| kind.number());
    // Those that stores of today hold; a new kind takes the next number.
    let names = kinds.map(Kind::name);
    assert!(
        names.starts_with(&[
            "ipv4",
            "ipv6",
            "domain",
            "url",
            "email",
            "md5",
            "sha1",
            "sha256",
            "sha512",
            "cve",
            "file_name",
            "file_path",
            "registry_key",
            "mutex",
            "named_pipe",
            "user_agent",
            "package",
            "bitcoin",
            "ethereum",
            "monero",
            "onion",
            "asn",
            "cidr",
            "mac",
            "attack_id",
            "command_line",
        ]),
        "{names:?}"
    );
    for (number, kind) in kinds.into_iter().enumerate() {
        assert_eq!((usize::from(kind.number()), Kind::from_number(kind.number())), (number, Some(kind)));
    }
    assert_eq!(Kind::from_number(255), None);
}

#[test]
fn a_kind_is_read_and_written_by_its_name() {
    for (kind, name) in Kind::ALL.into_iter().zip(Kind::NAMES) {
        assert_eq!((kind.name(), Kind::from_name(name)), (name, Some(kind)));
        assert_eq!(serde_json::to_value(kind).unwrap(), name);
    }
}

#[test]
fn samples_have_the_form_of_their_kind() {
    for kind in Kind::ALL {
        assert!(!kind.samples().is_empty(), "{kind:?}");
        for sample in kind.samples() {
            assert!(kind.is_valid(sample), "{kind:?} {sample}");
        }
    }
}
