//! Speed of the indicator extractor over generated reports (20 MB, the same in every run).

use std::fmt::Write as _;

use divan::{Bencher, counter::BytesCount};
use huntdeck::{
    article::Document,
    indicator::{Context, Kinds, extract_only},
    text::refang,
};

fn main() {
    divan::main();
}

/// How much text the corpus holds, in bytes.
const CORPUS: usize = 20_000_000;
/// How long one report is, in bytes; vendor reports have a median of about 15 KB.
const REPORT: usize = 16_000;

/// A small generator of pseudo-random numbers (xorshift64*): the corpus must be the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    fn hex(&mut self, digits: usize, out: &mut String) {
        for _ in 0..digits {
            out.push(char::from(b"0123456789abcdef"[self.roll(16)]));
        }
    }
}

const WORDS: &[&str] = &[
    "the",
    "actor",
    "group",
    "of",
    "and",
    "malware",
    "to",
    "a",
    "in",
    "campaign",
    "observed",
    "that",
    "with",
    "was",
    "command",
    "server",
    "payload",
    "loader",
    "uses",
    "which",
    "for",
    "then",
    "via",
    "PowerShell",
    "persistence",
    "registry",
    "execution",
    "credentials",
    "targeting",
    "organizations",
    "sector",
    "infrastructure",
    "since",
    "analysis",
    "sample",
    "communication",
    "encrypted",
    "configuration",
    "module",
    "stage",
    "dropped",
    "scheduled",
    "task",
    "network",
    "our",
    "researchers",
    "security",
    "vulnerability",
    "exploited",
    "remote",
    "access",
    "tool",
    "also",
    "from",
    "multiple",
    "victims",
    "attackers",
    "legitimate",
    "software",
    "update",
    "installer",
    "(see",
    "below),",
    "2024,",
    "version",
    "10.0.19041",
    "e.g.",
    "i.e.",
    "Windows",
    "Linux",
    "data",
    "exfiltration",
    "through",
    "operators",
    "is",
    "by",
    "this",
];

fn sentence(dice: &mut Dice, out: &mut String) {
    for at in 0..10 + dice.roll(14) {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(dice.pick(WORDS));
    }
    match dice.roll(24) {
        0 => out.push_str(" in loader.dll and svchost.exe"),
        1 => _ = write!(out, " (CVE-2024-{})", 1000 + dice.roll(40000)),
        2 => _ = write!(out, " with C:\\Users\\Public\\update{}.exe", dice.roll(100)),
        3 => _ = write!(out, " to 198.51.100.{}", dice.roll(256)),
        4 => _ = write!(out, ", see https://vendor{}.example/blog/post-{}", dice.roll(50), dice.roll(900)),
        _ => {}
    }
    out.push_str(". ");
}

fn indicators(dice: &mut Dice, out: &mut String) {
    out.push_str("\n\n## Indicators of Compromise\n\n");
    for _ in 0..30 {
        match dice.roll(6) {
            0 => dice.hex(64, out),
            1 => dice.hex(40, out),
            2 => dice.hex(32, out),
            3 => _ = write!(out, "203[.]0[.]113[.]{}", dice.roll(256)),
            4 => _ = write!(out, "cdn{}[.]evil-update{}[.]com", dice.roll(90), dice.roll(9000)),
            _ => {
                _ = write!(
                    out,
                    "hxxps://node{}[.]badhost{}[.]net/gate/{}.php",
                    dice.roll(9),
                    dice.roll(9000),
                    dice.roll(99)
                );
            }
        }
        out.push('\n');
    }
}

fn report(dice: &mut Dice) -> String {
    let mut out = String::with_capacity(REPORT + 4096);
    while out.len() < REPORT - 1500 {
        for _ in 0..5 {
            sentence(dice, &mut out);
        }
        out.push_str("\n\n");
    }
    indicators(dice, &mut out);
    out
}

fn corpus() -> Vec<Document> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut size = 0;
    let mut documents = Vec::new();
    while size < CORPUS {
        let text = report(&mut dice);
        size += text.len();
        documents.push(Document::from_plain(&text));
    }
    documents
}

fn size(documents: &[Document]) -> BytesCount {
    BytesCount::new(documents.iter().map(|document| document.text.len()).sum::<usize>())
}

fn run(bencher: Bencher<'_, '_>, kinds: Kinds) {
    let documents = corpus();
    bencher.counter(size(&documents)).bench_local(|| {
        let context = Context::default();
        documents.iter().map(|document| extract_only(document, &context, kinds).len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 10)]
fn usual_kinds(bencher: Bencher<'_, '_>) {
    run(bencher, Kinds::USUAL);
}

#[divan::bench(sample_count = 10)]
fn all_kinds(bencher: Bencher<'_, '_>) {
    run(bencher, Kinds::ALL);
}

#[divan::bench(sample_count = 10)]
fn refanging(bencher: Bencher<'_, '_>) {
    let documents = corpus();
    bencher
        .counter(size(&documents))
        .bench_local(|| documents.iter().map(|document| refang(&document.text).len()).sum::<usize>());
}
