//! Measures the store with many articles and prints the figures: `cargo bench --bench store [-- ARTICLES]`.
//!
//! The articles are made of invented words with the frequencies of a language, about 6 KB each. The file is kept under
//! the temporary folder for the next run.

#[path = "library/articles.rs"]
mod articles;

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use articles::{Dice, filing, word};
use huntdeck::{
    query,
    store::Store,
    triage::{ArticleId, Change, Filter, Order},
};
use jiff::Timestamp;

/// Returns the processor time of all threads so far, where the system tells it. Unlike the time of day it is much the
/// same on a busy machine.
fn processor() -> Duration {
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return Duration::ZERO };
    let spent = threads.flatten().filter_map(|thread| {
        let schedule = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        schedule.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    });
    spent.sum()
}

fn resident() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map_or("?", str::trim).to_owned();
    format!("now {}, at most {}", line("VmRSS:"), line("VmHWM:"))
}

async fn fill(store: &Store, articles: u64) {
    let mut dice = Dice(42);
    let (mut wall, mut spent, mut slowest) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for first in (0..articles).step_by(50) {
        let batch = (first..articles.min(first + 50)).map(|number| filing(number, &mut dice)).collect();
        let (begun, before) = (Instant::now(), processor());
        store.save(batch, Timestamp::now()).await.expect("saved");
        wall += begun.elapsed();
        let batch_spent = processor().saturating_sub(before);
        spent += batch_spent;
        slowest = slowest.max(batch_spent);
    }
    let each = |time: Duration| time.as_secs_f64() * 1e3 / articles as f64;
    println!("save: {:.3} ms an article, {:.3} ms of processor time", each(wall), each(spent));
    println!("slowest batch of 50: {slowest:.1?} of processor time");
}

async fn measure<F: Future<Output = usize>>(name: &str, run: impl Fn() -> F) {
    let mut times = Vec::new();
    let mut hits = 0;
    for _ in 0..7 {
        let (begun, before) = (Instant::now(), processor());
        hits = run().await;
        times.push((processor().saturating_sub(before), begun.elapsed()));
    }
    let first = times[0].0;
    times.sort_unstable();
    let (spent, wall) = times[times.len() / 2];
    println!("{name:<40} processor: first {first:>9.2?} median {spent:>9.2?}   wall {wall:>9.2?}   {hits} hits");
}

async fn read(store: &Store) {
    let now: Timestamp = "2026-11-01T00:00:00Z".parse().expect("a date");
    let list = async |text: &str, order: Order| {
        let query = query::parse(text, now).expect("a query");
        store.page(&query, order, None, 200).await.expect("a page").rows.len()
    };
    let common = format!("{} sev>=high", word(3));
    let words =
        [word(0), word(40), word(25_000), format!("\"{} {}\"", word(0), word(1)), format!("{}*", word(40)), common];
    for text in ["", "new", "unreviewed sev>=high", "reviewed", "newer:30d", "ioc:domain", "t:T1008", "ioc:198.51.7.7"]
    {
        measure(&format!("page `{text}`"), || list(text, Order::Severity)).await;
    }
    for text in ["tag:research", "feed:\"feed 017\"", "source:\"source 017\"", "has:notes", "hunt:UC_HUNT_1 -t:T1008"] {
        measure(&format!("page `{text}`"), || list(text, Order::Severity)).await;
    }
    for text in &words {
        measure(&format!("page `{text}`"), || list(text, Order::Severity)).await;
        measure(&format!("page `{text}` by date"), || list(text, Order::Date)).await;
    }
    let count = async |text: &str| {
        let query = query::parse(text, now).expect("a query");
        store.count(&query).await.expect("a count") as usize
    };
    for text in ["", "unreviewed", words[0].as_str(), words[2].as_str()] {
        measure(&format!("count `{text}`"), || count(text)).await;
        let query = query::parse(text, now).expect("a query");
        measure(&format!("tally `{text}`"), async || store.tally(&query).await.expect("a tally").total as usize).await;
    }
    let all = Filter::default();
    measure("techniques", async || store.techniques(&all).await.expect("counts").len()).await;
    measure("trend of 90 days", async || store.trend(&all, 90, now).await.expect("a trend").len()).await;
    measure("item", async || usize::from(store.item(ArticleId(777)).await.expect("an item").is_some())).await;
    let some: Vec<ArticleId> = store.ids(&all, 1_000).await.expect("ids");
    let begun = Instant::now();
    store.mark(some, Change::Star(true), now).await.expect("marked");
    println!("mark 1,000: {:.1?}", begun.elapsed());
    let begun = Instant::now();
    store.undo(now).await.expect("undone");
    println!("undo 1,000: {:.1?}", begun.elapsed());
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len() >> 20)
}

fn main() {
    let articles: u64 = env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let path: PathBuf = env::temp_dir().join(format!("huntdeck-bench-{articles}.db"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        if !path.exists() {
            fill(&Store::open(&path).expect("opened"), articles).await;
        }
        let begun = Instant::now();
        let store = Store::open(&path).expect("opened");
        let opened = begun.elapsed();
        let page = store.page(&Filter::default(), Order::Severity, None, 60).await.expect("a page");
        println!("open {opened:.2?}, first page of {} after {:.2?}", page.rows.len(), begun.elapsed());
        println!("{} MB on disk for {articles} articles; memory {}", size(&path), resident());
        read(&store).await;
        println!("memory {}", resident());
    });
}
