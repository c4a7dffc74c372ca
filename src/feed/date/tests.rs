use proptest::prelude::{any, proptest};

use super::read;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(read(text).map(|at| at.to_string()).as_deref(), Some(*wanted), "{text}");
    }
}

#[test]
fn dates_of_the_specifications_are_read() {
    check(&[
        ("Thu, 24 Jul 2025 17:34:13 -0400", "2025-07-24T21:34:13Z"),
        ("Mon, 21 Jul 2025 10:11:24 EDT", "2025-07-21T14:11:24Z"),
        ("2025-07-21T10:11:24+02:00", "2025-07-21T08:11:24Z"),
        ("2023-12-16", "2023-12-16T00:00:00Z"),
        ("2003-12", "2003-12-01T00:00:00Z"),
        ("2003", "2003-01-01T00:00:00Z"),
        ("20031231", "2003-12-31T00:00:00Z"),
        ("2003-335", "2003-12-01T00:00:00Z"),
        ("2003-12-31T10:14:55", "2003-12-31T10:14:55Z"),
        ("2003-12-31T10:14Z", "2003-12-31T10:14:00Z"),
        ("20031231T101455Z", "2003-12-31T10:14:55Z"),
    ]);
}

#[test]
fn dates_with_the_name_of_a_time_zone_are_read() {
    check(&[
        ("Nov 8, 2026 10:00 America/Los_Angeles", "2026-11-08T18:00:00Z"),
        ("Jul 8, 2026 10:00 (America/Los_Angeles)", "2026-07-08T17:00:00Z"),
        ("2026-07-08 10:00 Europe/Berlin", "2026-07-08T08:00:00Z"),
        ("Wed, 8 Jul 2026 10:00:00 +0100 Europe/London", "2026-07-08T09:00:00Z"),
        ("2026-07-08 10:00:00+02:00[Europe/Berlin]", "2026-07-08T08:00:00Z"),
    ]);
}

#[test]
fn dates_of_china_japan_and_korea_are_read() {
    check(&[
        ("2026年11月8日", "2026-11-08T00:00:00Z"),
        ("2026年11月08日 10:30", "2026-11-08T10:30:00Z"),
        ("2026年11月8日10時30分", "2026-11-08T10:30:00Z"),
        ("2026年 11月 8日 10时30分15秒", "2026-11-08T10:30:15Z"),
        ("2026년 11월 8일", "2026-11-08T00:00:00Z"),
    ]);
}

#[test]
fn dates_as_security_vendors_write_them_are_read() {
    check(&[
        ("Jul 23, 2025 00:00:00-0500", "2025-07-23T05:00:00Z"),
        ("02 Jul 2025 13:14:54", "2025-07-02T13:14:54Z"),
        ("Thur, 3 Jul 2025 09:00:00 CEST", "2025-07-03T07:00:00Z"),
        ("Wednesday, July 23, 2025 - 10:05pm", "2025-07-23T22:05:00Z"),
        ("2025-07-23 14:05:06 +0200", "2025-07-23T12:05:06Z"),
        ("2025-07-23 14:05:06 UTC", "2025-07-23T14:05:06Z"),
        ("23 juillet 2025 08:00 GMT+2", "2025-07-23T06:00:00Z"),
        ("23.07.2025 08:00", "2025-07-23T08:00:00Z"),
        ("7/23/2025 8:00 PM", "2025-07-23T20:00:00Z"),
        ("23-Jul-2025", "2025-07-23T00:00:00Z"),
        ("Tue, 15 Nov 2022 20:15:04 Z", "2022-11-15T20:15:04Z"),
        ("Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21Z"),
        ("1753228800", "2025-07-23T00:00:00Z"),
        ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"),
    ]);
}

#[test]
fn impossible_times_are_forgiven_and_impossible_dates_are_not() {
    check(&[
        ("Thu, 31 Jul 2025 24:00:00 GMT", "2025-08-01T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("Wed, 01 Jan 2070 00:00:00 GMT", "2070-01-01T00:00:00Z"),
    ]);
    for none in ["", "yesterday", "32 Jul 2025", "{{ post.date | date: \"%a, %d %b %Y\" }}", "2025-13-01", "12:00"] {
        assert_eq!(read(none), None, "{none}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_panic(text in any::<String>(), noisy in "[0-9TZ:+./ JulPM,é-]{0,40}") {
        let _ = (read(&text), read(&noisy));
    }
}
