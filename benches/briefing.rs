//! What one article costs: cleaning its HTML, and briefing it. Run with `cargo bench --bench briefing`.

use std::fmt::Write as _;

use divan::{Bencher, black_box, counter::BytesCount};
use huntdeck::{
    article::{Article, Content, Entry},
    briefing::{self, Briefer},
    hunt::{Catalogue, Parameters},
};
use jiff::Timestamp;

fn main() {
    divan::main();
}

/// Makes a report of about `size` bytes of HTML: prose, a list, a table of indicators, code.
fn report(size: usize) -> String {
    const PARAGRAPHS: [&str; 4] = [
        "<p>The actor sent phishing mails with an HTML attachment that smuggled an ISO image. Inside it a shortcut starts \
         <code>powershell.exe -w hidden -enc</code>, which downloads the loader and runs it in memory.</p>",
        "<p>For persistence the loader creates a scheduled task and a run key; it is side-loaded by a signed binary and \
         injects its payload into explorer.exe. Credentials were dumped from LSASS memory with comsvcs.dll.</p>",
        "<p>Organisations that run the affected version 11.4.2 should update, rotate their credentials and look for the \
         indicators below. The vulnerability, CVE-2099-10118, is exploited in the wild.</p>",
        "<p>We thank our colleagues for their help with this analysis, which took several weeks and covered the servers \
         of eleven organisations in six countries.</p>",
    ];
    let mut html = String::from("<h1>A report</h1>");
    let mut count = 0;
    while html.len() < size {
        html.push_str(PARAGRAPHS[count % PARAGRAPHS.len()]);
        if count % 5 == 4 {
            let _ = write!(
                html,
                "<h2>Indicators of compromise</h2><table><tr><td>Domain</td><td>cdn{count}[.]evil[.]example</td></tr>\
                 <tr><td>IPv4</td><td>203[.]0[.]113[.]{}</td></tr><tr><td>SHA256</td><td>{:064x}</td></tr></table>",
                count % 256,
                count * 7919
            );
        }
        count += 1;
    }
    html
}

fn article(size: usize) -> Article {
    let entry = Entry {
        title: "Glass Heron brings a new loader".into(),
        link: Some("https://blog.vendor.example/report".into()),
        content: Content::Html(report(size)),
        ..Entry::default()
    };
    Article::from_entry(entry, "Vendor", Timestamp::UNIX_EPOCH)
}

#[divan::bench(args = [6_000, 20_000])]
fn clean(bencher: Bencher<'_, '_>, size: usize) {
    let html = report(size);
    bencher
        .counter(BytesCount::new(html.len()))
        .with_inputs(|| Entry { content: Content::Html(html.clone()), ..Entry::default() })
        .bench_values(|entry| Article::from_entry(entry, "Vendor", Timestamp::UNIX_EPOCH));
}

#[divan::bench(args = [6_000, 20_000])]
fn brief(bencher: Bencher<'_, '_>, size: usize) {
    let article = article(size);
    let briefer = Briefer::new(Catalogue::shipped());
    bencher.counter(BytesCount::new(article.document.text.len())).bench(|| briefer.brief(black_box(&article)));
}

#[divan::bench(args = [20_000])]
fn render(bencher: Bencher<'_, '_>, size: usize) {
    let article = article(size);
    let briefer = Briefer::new(Catalogue::shipped());
    let made = briefer.brief(&article);
    bencher.bench(|| briefing::markdown(&article, black_box(&made), Catalogue::shipped(), &Parameters::default()));
}
