//! The fuzz targets of `fuzz/` on a stable compiler: seeds and mutations of them for a second each, or for
//! `FUZZ_SECONDS`. Coverage does not guide them, but what they find is found on every run.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

const FEEDS: &[&str] = &[
    include_str!("../assets/demo/news.xml"),
    "<rss version='2.0'><channel><title>T</title><link>https://a.example/</link><item><title>a &amp; b</title>\
     <link>https://a.example/1</link><guid isPermaLink='false'>1</guid><author>x@a.example (X)</author>\
     <pubDate>Thu, 24 Jul 2025 17:34:13 -0400</pubDate><description><![CDATA[<p>c</p>]]></description></item></channel></rss>",
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/x/'><title>T</title><entry><id>urn:1</id>\
     <title type='html'>a</title><link rel='alternate' href='b'/><updated>2025-07-24T10:00:00Z</updated>\
     <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>d</div></content></entry></feed>",
    "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><item rdf:about='x'><title>t</title><dc:date>2025</dc:date></item></rdf:RDF>",
    r#"{"version": "1.1", "home_page_url": "/", "items": [{"id": 1, "url": "/a", "content_html": "<p>", "tags": ["t"]}]}"#,
    r#"{"vulnerabilities": [{"cveID": "CVE-2026-1", "dueDate": "2026-12-11", "notes": "a ; b", "cwes": ["CWE-1"]}]}"#,
    r#"[{"ghsa_id": "GHSA-1", "cvss": {"score": 9.8}, "vulnerabilities": [{"package": {"name": "p"}}], "epss": [{}]}]"#,
    "<opml version='2.0'><body><outline text='a'><outline text='b' xmlUrl='https://b.example/'/></outline></body></opml>",
];

const MAILS: &[&str] = &[
    "From: \"CERT\" <cert@cert.example>\nSubject: =?utf-8?q?Advisory_=E2=80=93?= =?utf-8?B?IQ==?=\n\
     Date: Wed, 23 Jul 2025 08:00:00 +0200\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\
     Content-Type: text/plain; format=flowed; delsp=yes\n\na \nb\n--x\nContent-Type: message/rfc822\n\n\
     Subject: t\nContent-Transfer-Encoding: base64\n\nYWJj\n--x--\n",
    "Content-Type: text/html; charset*0=\"iso-\"; charset*1=\"8859-1\"\nContent-Transfer-Encoding: quoted-printable\n\n<p>a=3Db=\n",
];

const PAGES: &[&str] = &[
    "<!doctype html><title>t</title><nav><a href=/>home</a></nav><article><h1>A &amp; B</h1><p>One <b>two</b><br>three\
     <ul><li>x<li>y</ul><table><tr><td>1<td>2</table><pre>a\n b</pre><script>x</script></article><footer>f</footer>",
    "<p>hxxps://evil[.]example/a 1.2.3[.]4 &#x1b; &nbsp; d41d8cd98f00b204e9800998ecf8427e CVE-2026-1 T1566.001</p>",
];

const QUERIES: &[&str] = &[
    "sev>=high unreviewed (t:T1566 or ioc:domain) newer:7d -tag:noise feed:talos \"vpn appliance\" word*",
    "state:new|later id>5 and not (a or \"b c\") -\"d\" sources>=2 from:2026-01-01",
];

/// Numbers that are the same on every run.
struct Numbers(u64);

impl Numbers {
    /// Returns a number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// Returns a piece of one of the seeds.
    fn piece<'a>(&mut self, seeds: &[&'a str]) -> &'a [u8] {
        let seed = seeds[self.below(seeds.len())].as_bytes();
        let from = self.below(seed.len());
        &seed[from..from + self.below((seed.len() - from).min(80))]
    }

    /// Changes bytes a few times: a byte, a piece taken out, put in or repeated.
    fn mutate(&mut self, bytes: &mut Vec<u8>, seeds: &[&str]) {
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let to = at + self.below((bytes.len() - at).min(40));
            match self.below(5) {
                0 if !bytes.is_empty() => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                1 => drop(bytes.drain(at..to)),
                2 => drop(bytes.splice(at..at, self.piece(seeds).iter().copied())),
                3 => drop(bytes.splice(at..to, self.piece(seeds).iter().copied())),
                _ => {
                    let part = bytes[at..to].repeat(self.below(20));
                    drop(bytes.splice(at..at, part));
                }
            }
        }
        bytes.truncate(20_000);
    }
}

fn smoke(seeds: &[&str], target: impl Fn(&[u8])) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(1);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut inputs: Vec<Vec<u8>> = seeds.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    let mut count = 0_u64;
    while Instant::now() < end {
        let place = numbers.below(inputs.len());
        let mut input = inputs[place].clone();
        if count >= u64::try_from(seeds.len()).unwrap() {
            numbers.mutate(&mut input, seeds);
        }
        let begun = Instant::now();
        if let Err(fault) = catch_unwind(AssertUnwindSafe(|| target(&input))) {
            println!("input {count}: {:?}", String::from_utf8_lossy(&input));
            std::panic::resume_unwind(fault);
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "slow: {:?}", String::from_utf8_lossy(&input));
        // What has changed goes on changing, and sometimes begins anew.
        inputs[place] = if numbers.below(20) == 0 { seeds[place].as_bytes().to_vec() } else { input };
        count += 1;
    }
    println!("{count} inputs");
    assert!(count > u64::try_from(seeds.len()).unwrap(), "the seeds were read and one mutation");
}

fn smoke_text(seeds: &[&str], target: fn(&str)) {
    smoke(seeds, |bytes| target(&String::from_utf8_lossy(bytes)));
}

#[test]
fn feeds() {
    smoke(FEEDS, targets::feed);
}

#[test]
fn mails() {
    smoke(MAILS, targets::mail);
}

#[test]
fn pages() {
    smoke_text(PAGES, targets::page);
}

#[test]
fn queries() {
    smoke_text(QUERIES, targets::query);
}

#[test]
fn indicators() {
    smoke_text(PAGES, targets::indicators);
}
