//! Measures the console over a store of many articles and prints the figures: `cargo bench --bench console [--
//! ARTICLES]`.
//!
//! The console runs as it does on a terminal; what would go to the terminal is counted instead of written. The store is
//! the one that `cargo bench --bench store` makes, and is made when it is not there.

#[path = "library/articles.rs"]
mod articles;

use std::{
    env, fs, io,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use articles::{Dice, filing, word};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures::stream;
use huntdeck::{
    briefing::Briefer,
    config::Paths,
    console::{Options, Screen, drive, paint::Painter, screen::Frame},
    hunt::Catalogue,
    store::Store,
    text::Safe,
};
use jiff::Timestamp;
use tokio::sync::mpsc;

const SIZE: (u16, u16) = (120, 40);

/// How long nothing has to be drawn for a frame to be the last one of a key.
const QUIET: Duration = Duration::from_millis(60);

/// The frames that were drawn: when, and of how many bytes.
type Frames = Arc<Mutex<Vec<(Instant, usize)>>>;

/// A terminal that counts.
struct Counter {
    painter: Painter,
    frames: Frames,
}

impl Screen for Counter {
    fn size(&self) -> io::Result<(u16, u16)> {
        Ok(SIZE)
    }

    fn show(&mut self, frame: &Frame<'_>) -> io::Result<()> {
        let bytes = self.painter.paint(frame.size(), |buffer| frame.draw_into(buffer)).len();
        if bytes > 0 {
            self.frames.lock().expect("nobody panics with it").push((Instant::now(), bytes));
        }
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn notify(&mut self, _: bool, _: Option<&Safe>) -> io::Result<()> {
        Ok(())
    }

    fn forget(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Presses keys and measures what comes of them.
struct Keys {
    events: mpsc::UnboundedSender<io::Result<Event>>,
    frames: Frames,
}

impl Keys {
    fn press(&self, code: KeyCode) {
        let _ = self.events.send(Ok(Event::Key(KeyEvent::new(code, KeyModifiers::NONE))));
    }

    /// Waits until nothing is drawn any more; returns the first and the last frame since, and the bytes of all.
    async fn settled(&self, since: Instant) -> (Duration, Duration, usize) {
        loop {
            tokio::time::sleep(QUIET).await;
            let frames = self.frames.lock().expect("nobody panics with it");
            let mine: Vec<_> = frames.iter().filter(|(at, _)| *at >= since).collect();
            if let (Some(first), Some(last)) = (mine.first(), mine.last())
                && last.0.elapsed() > QUIET
            {
                return (first.0 - since, last.0 - since, mine.iter().map(|(_, bytes)| bytes).sum());
            }
            if since.elapsed() > Duration::from_secs(5) {
                return (Duration::ZERO, Duration::ZERO, 0);
            }
        }
    }

    async fn measure(&self, name: &str, codes: &[&[KeyCode]]) {
        let (mut times, mut bytes) = (Vec::new(), Vec::new());
        for codes in codes {
            let since = Instant::now();
            codes.iter().for_each(|code| self.press(*code));
            let (_, last, written) = self.settled(since).await;
            times.push(last);
            bytes.push(written);
        }
        times.sort_unstable();
        bytes.sort_unstable();
        let p95 = (times.len() * 95 / 100).min(times.len() - 1);
        println!(
            "{name:<34} median {:>8.2?}  p95 {:>8.2?}  bytes {:>5}  ({} times)",
            times[times.len() / 2],
            times[p95],
            bytes[bytes.len() / 2],
            times.len()
        );
    }

    /// Searches for words and measures until the first and the last frame behind the Enter key.
    async fn search(&self, name: &str, text: &str) {
        self.press(KeyCode::Char('/'));
        for c in text.chars() {
            self.press(KeyCode::Char(c));
        }
        let since = Instant::now();
        self.press(KeyCode::Enter);
        let (first, last, _) = self.settled(since).await;
        println!("{name:<34} rows {first:>8.2?}  counted {last:>8.2?}");
        self.press(KeyCode::Char('f'));
        self.press(KeyCode::Char('f'));
        self.settled(Instant::now()).await;
    }
}

fn status(name: &str) -> u64 {
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return 0 };
    let one = |thread: fs::DirEntry| {
        let status = fs::read_to_string(thread.path().join("status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.to_owned();
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    threads.flatten().filter_map(one).sum()
}

fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

async fn fill(store: &Store, articles: u64) {
    let mut dice = Dice(42);
    for first in (0..articles).step_by(50) {
        let batch = (first..articles.min(first + 50)).map(|number| filing(number, &mut dice)).collect();
        store.save(batch, Timestamp::now()).await.expect("saved");
    }
}

async fn run(path: PathBuf) {
    let folder = env::temp_dir().join("huntdeck-bench-console");
    let paths = Paths { config: folder.clone(), data: folder.clone(), state: folder };
    let frames = Frames::default();
    let (events, mut coming) = mpsc::unbounded_channel();
    let keys = Keys { events, frames: frames.clone() };
    let begun = Instant::now();
    let store = Store::open(&path).expect("opened");
    let console = tokio::spawn(async move {
        let mut screen = Counter { painter: Painter::new(), frames };
        let (_tell, progress) = mpsc::channel(1);
        let options = Options::new(paths, Arc::new(Briefer::new(Catalogue::shipped())));
        let coming = Box::pin(stream::poll_fn(move |context| coming.poll_recv(context)));
        drive(store, options, progress, &mut screen, coming, std::future::pending()).await
    });
    let (first, last, bytes) = keys.settled(begun).await;
    println!("first frame {first:.2?}, stable {last:.2?}, {bytes} bytes; resident {} MB", resident());
    let down: Vec<&[KeyCode]> = vec![&[KeyCode::Char('j')]; 40];
    keys.measure("down (j)", &down).await;
    keys.measure("page down (space)", &vec![&[KeyCode::Char(' ')] as &[KeyCode]; 20]).await;
    keys.measure("open, and back (enter)", &[&[KeyCode::Enter] as &[KeyCode], &[KeyCode::Esc]].repeat(15)).await;
    keys.measure("next pane (tab)", &vec![&[KeyCode::Tab] as &[KeyCode]; 24]).await;
    keys.press(KeyCode::Esc);
    keys.press(KeyCode::Char('g'));
    keys.press(KeyCode::Char('g'));
    keys.settled(Instant::now()).await;
    keys.search("search: a rare word", &word(25_000)).await;
    keys.search("search: a common word", &word(0)).await;
    keys.search("search: a phrase of common words", &format!("\"{} {}\"", word(0), word(1))).await;
    let before = status("voluntary_ctxt_switches");
    // One switch is the end of this very sleep.
    tokio::time::sleep(Duration::from_secs(10)).await;
    let wakeups = status("voluntary_ctxt_switches").saturating_sub(before);
    println!(
        "idle for ten seconds: {wakeups} context switches, of which this bench makes a few; resident {} MB",
        resident()
    );
    keys.press(KeyCode::Char('q'));
    console.await.expect("it does not panic").expect("it ends well");
}

fn main() {
    let articles: u64 = env::args().find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let path: PathBuf = env::temp_dir().join(format!("huntdeck-bench-{articles}.db"));
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        if !path.exists() {
            fill(&Store::open(&path).expect("opened"), articles).await;
        }
        run(path).await;
    });
}
