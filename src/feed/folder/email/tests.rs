use super::{MAX_HEADER_LINES, MAX_PARTS, bounded, looks_like, read};
use crate::article::{Content, Entry};

fn body(entry: &Entry) -> &str {
    let (Content::Html(text) | Content::Plain(text)) = &entry.content;
    text.trim()
}

#[test]
fn the_html_part_of_a_mail_is_its_body() {
    let mail = b"From: \"CERT\" <cert@cert.example>\r\nSubject: =?utf-8?q?Advisory_=E2=80=93_1?=\r\n\
        Date: Wed, 23 Jul 2025 08:00:00 +0200\r\nContent-Type: multipart/alternative;\r\n boundary=\"x\"\r\n\r\n\
        --x\r\nContent-Type: text/plain\r\n\r\nplain\r\n--x\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>a=3Db</p>\r\n--x--\r\n";
    let entry = read(mail);
    assert_eq!((entry.title.as_str(), entry.author.as_deref()), ("Advisory – 1", Some("CERT")));
    assert_eq!(entry.published.map(|at| at.to_string()).as_deref(), Some("2025-07-23T06:00:00Z"));
    assert_eq!(entry.content, Content::Html("<p>a=b</p>".into()));
}

#[test]
fn transfer_encodings_and_charsets_are_taken_off() {
    let mail = |head: &str, text: &[u8]| {
        let mut mail = format!("Subject: s\r\nContent-Type: text/plain{head}\r\n\r\n").into_bytes();
        mail.extend(text);
        body(&read(&mail)).to_owned()
    };
    assert_eq!(mail("; charset=utf-8\r\nContent-Transfer-Encoding: base64", b"R3LDtsOfZQ==\r\n"), "Größe");
    assert_eq!(mail("; charset=iso-8859-1", b"Gr\xf6\xdfe"), "Größe");
    assert_eq!(mail("", b"Gr\xf6\xdfe"), "Größe", "no charset is named");
    assert_eq!(mail("; charset=koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4"), "Привет");
}

#[test]
fn paragraphs_that_a_mail_program_broke_are_whole_again() {
    let mail = b"Subject: s\nContent-Type: text/plain; format=flowed; delsp=yes\n\nhttps://evil.example/a \nb?c\n";
    assert_eq!(body(&read(mail)), "https://evil.example/ab?c");
}

#[test]
fn parameters_in_pieces_and_parts_in_parts_are_read() {
    let mail = b"Subject: =?iso-8859-1?Q?Gr=F6=DFe?=\n =?utf-8?B?IQ==?=\nContent-Type: multipart/mixed;\n boundary*0=\"ou\";\n\
        boundary*1=\"ter\"\n\n--outer\nContent-Type: multipart/related; boundary=mid\n\n--mid\n\
        Content-Type: multipart/alternative; boundary=in\n\n--in\nContent-Type: text/plain\n\nplain\n--in\n\
        Content-Type: text/html; charset*=us-ascii'en'utf-8\n\n<p>deep</p>\n--in--\n--mid--\n--outer\n\
        Content-Type: application/pdf; name*=utf-8''a%20b.pdf\nContent-Disposition: attachment\n\n%PDF\n--outer--\n";
    let entry = read(mail);
    assert_eq!((entry.title.as_str(), body(&entry)), ("Größe!", "<p>deep</p>"));
}

#[test]
fn the_text_of_a_forwarded_message_is_read_where_there_is_no_other() {
    let mail = b"Subject: Fwd\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n\
        Subject: inner\nContent-Type: text/plain\n\nthe advisory\n--x--\n";
    assert_eq!(body(&read(mail)), "the advisory");
}

#[test]
fn mails_that_exhaust_a_reader_are_cut() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(200_000);
    assert_eq!(bounded(nested.as_bytes()).len(), nested.len() / 200_000 * MAX_PARTS);
    let spaced = "Con tent-TYPE :message/rfc822\n\n".repeat(200_000);
    assert!(bounded(spaced.as_bytes()).len() < 10_000);
    let headers = "a:\n".repeat(1_000_000);
    assert_eq!(bounded(headers.as_bytes()).len(), 3 * MAX_HEADER_LINES);
    for hostile in [nested, spaced, headers, format!("Subject: s\n\n{}", "--x\n".repeat(100_000))] {
        let _ = read(hostile.as_bytes());
    }
    let parts = "--x\nContent-Type: multipart/mixed; boundary=y\n\n".repeat(100_000);
    let _ = read(format!("Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n{parts}").as_bytes());
}

#[test]
fn a_mail_is_told_by_its_headers() {
    assert!(looks_like(b"Received: from a\n\tby b\nSubject: s\n\nbody"));
    assert!(looks_like(b"From x@y Thu Jan 1\nFrom: x@y.example\n\nbody"));
    assert!(!looks_like(b"# Notes\n\nfrom: somebody") && !looks_like(b"From: alone\n\n") && !looks_like(b""));
}
