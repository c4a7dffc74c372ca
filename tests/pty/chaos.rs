//! A thousand random actions over hostile articles at every size: what is on the wire is the program's own.

use std::{path::Path, time::Duration};

use huntdeck::{
    article::{Article, Content, Entry},
    briefing::Briefer,
    console::TABLE,
    hunt::Catalogue,
    store::{BriefedArticle, Store},
    text::Safe,
};
use jiff::Timestamp;

use super::session::{Session, contains, kept};

/// Text that a hostile feed would put into every field.
const HOSTILE: &str = "a\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{202e}evil\u{200b}\u{9b}31m\t日本語e\u{301}\u{301}👩\u{200d}💻👍🏽\r\nz \u{1b}P+q\u{1b}\\";

const ACTIONS: usize = 1_000;

/// What gives the terminal its own screen back.
const LEAVE: &[u8] = b"\x1b[?1049l\x1b[?25h";

/// What an entry of a feed may say, all of it hostile.
fn filing(number: usize) -> BriefedArticle {
    let text = format!(
        "{HOSTILE} Attackers exploit CVE-2026-1{number:03} and run powershell.exe -enc {HOSTILE}.\n\n\
         Indicators of compromise\nevil{number}[.]example\n203.0.113.{number}\n{HOSTILE}\nC:\\Temp\\{HOSTILE}.exe\n"
    );
    let entry = Entry {
        link: Some(format!("https://news.example/{number}")),
        title: format!("{HOSTILE} {number}"),
        author: Some(HOSTILE.into()),
        categories: vec![HOSTILE.into()],
        content: Content::Plain(text),
        ..Entry::default()
    };
    let article = Article::from_entry(entry, HOSTILE, Timestamp::now());
    let briefer = Briefer { technique_threshold: 0.1, ..Briefer::new(Catalogue::shipped()) };
    let mut briefing = briefer.brief(&article);
    briefing.tags.push(HOSTILE.into());
    for indicator in &mut briefing.indicators {
        indicator.reason = Some(HOSTILE.into());
    }
    BriefedArticle { article, briefing, feed: HOSTILE.into(), demo: false, page: false }
}

fn fill(path: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(path).unwrap();
        store.save((0..40).map(filing).collect(), Timestamp::now()).await.unwrap();
    });
}

/// A small generator: the same walk every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// Writes a key of the keymap as a terminal sends it; none for those that leave the console.
fn sent(keys: &str) -> Option<String> {
    keys.split(' ')
        .map(|key| {
            Some(match key {
                "ctrl-z" | "ctrl-c" | "q" => return None,
                "enter" => "\r".into(),
                "esc" => "\x1b".into(),
                "tab" => "\t".into(),
                "shift-tab" => "\x1b[Z".into(),
                "up" => "\x1b[A".into(),
                "down" => "\x1b[B".into(),
                "pageup" => "\x1b[5~".into(),
                "pagedown" => "\x1b[6~".into(),
                "space" => " ".into(),
                "comma" => ",".into(),
                "backspace" => "\x7f".into(),
                key if key.chars().count() == 1 => key.to_owned(),
                key => match key.strip_prefix("ctrl-").and_then(|key| key.bytes().next()) {
                    Some(letter) => char::from(letter & 0x1f).to_string(),
                    None => return None,
                },
            })
        })
        .collect()
}

/// Returns the bytes of one action.
fn action(dice: &mut Dice) -> String {
    match dice.roll(10) {
        0 => "\r".into(),
        1 => "\x1b".into(),
        // What is pasted comes between brackets, and is as hostile as a feed.
        2 => format!("\x1b[200~{}\x1b[201~", HOSTILE.replace('\u{1b}', "")),
        3 => ["e", "日", "\x7f", "x", "9", "'"][dice.roll(6)].into(),
        _ => {
            let entry = &TABLE[dice.roll(TABLE.len())];
            // The browser and the shell are outside.
            let out = ["quit", "suspend", "browse"].contains(&entry.name);
            entry.keys.first().filter(|_| !out).and_then(|keys| sent(keys)).unwrap_or_else(|| "j".into())
        }
    }
}

#[test]
fn nothing_is_on_the_wire_that_the_program_does_not_mean() {
    let home = tempfile::tempdir().unwrap();
    fill(&home.path().join("kept.db"));
    let mut session = open(home.path());
    let mut dice = Dice(0x2026_1124);
    for done in 0..ACTIONS {
        if done % 10 == 0 {
            session.rest(Duration::from_millis(20));
            if session.has_ended() {
                // The walk has found a way out, such as the palette; it goes on from the door.
                check(std::mem::replace(&mut session, open(home.path())));
            }
            session.resize(dice.roll(200) as u16 + 1, dice.roll(60) as u16 + 1);
        }
        session.press(&action(&mut dice));
        // A lone escape is told from a sequence by what follows it.
        session.rest(Duration::from_millis(2));
    }
    session.resize(100, 30);
    // Out of whatever is open, and away.
    for _ in 0..8 {
        session.press("\x1b");
        session.rest(Duration::from_millis(60));
    }
    session.press("\x03");
    session.rest(Duration::from_millis(200));
    session.press("\x03");
    check(session);
}

fn open(home: &Path) -> Session {
    let session = Session::start(kept(home));
    // Before it has the terminal, keys would be echoed.
    session.until("the console", |session| contains(&session.bytes(), b"huntdeck"));
    session
}

/// Checks every byte that a console wrote. What comes after it has left is the terminal's echo of keys that came late.
fn check(session: Session) {
    let (done, mut bytes) = session.end();
    assert!(done, "it ended by itself");
    let left = bytes.windows(LEAVE.len()).rposition(|window| window == LEAVE).map(|at| at + LEAVE.len());
    bytes.truncate(left.expect("it gave the screen back"));
    if let Err((what, at)) = Wire(&bytes).check() {
        let near = String::from_utf8_lossy(&bytes[at.saturating_sub(40)..(at + 40).min(bytes.len())]).into_owned();
        panic!("{what} at byte {at}: {near:?}");
    }
}

/// Everything that was written to the terminal.
struct Wire<'a>(&'a [u8]);

impl Wire<'_> {
    /// Checks that it is safe text and the sequences that the program writes on purpose; returns what else there is.
    fn check(&self) -> Result<(), (String, usize)> {
        let mut at = 0;
        while at < self.0.len() {
            at += match &self.0[at..] {
                [0x1b, b'[', rest @ ..] => 2 + control(rest).map_err(|what| (what, at))?,
                [0x1b, b']', rest @ ..] => 2 + clipboard(rest).map_err(|what| (what, at))?,
                [0x1b, ..] => return Err(("an escape".into(), at)),
                text => {
                    let length = text.iter().position(|byte| *byte == 0x1b).unwrap_or(text.len());
                    let text = std::str::from_utf8(&text[..length]).map_err(|error| (error.to_string(), at))?;
                    if let Some(c) = text.chars().find(|c| !Safe::allows(*c)) {
                        return Err((format!("{c:?}"), at));
                    }
                    length
                }
            };
        }
        Ok(())
    }
}

/// Checks a control sequence behind its introducer; returns its length.
fn control(rest: &[u8]) -> Result<usize, String> {
    const MODES: [&[u8]; 9] = [b"?1049", b"?2004", b"?2026", b"?25", b"?1000", b"?1002", b"?1003", b"?1006", b"?1015"];
    let length = rest.iter().position(u8::is_ascii_alphabetic).ok_or("an unfinished sequence")?;
    let (parameters, last) = (&rest[..length], rest[length]);
    let numbers = parameters.iter().all(|byte| byte.is_ascii_digit() || *byte == b';');
    let meant = match last {
        b'H' | b'C' | b'X' | b'm' => numbers,
        b'J' => parameters == b"2",
        b'h' | b'l' => MODES.contains(&parameters),
        _ => false,
    };
    if meant { Ok(length + 1) } else { Err(format!("CSI {}", String::from_utf8_lossy(&rest[..=length]))) }
}

/// Checks a copy through OSC 52 behind its introducer; returns its length.
fn clipboard(rest: &[u8]) -> Result<usize, String> {
    let body = rest.strip_prefix(b"52;c;").ok_or("an OSC that is no copy")?;
    let length = body
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')))
        .ok_or("an unfinished copy")?;
    match &body[length..] {
        [0x07, ..] => Ok(5 + length + 1),
        [0x1b, b'\\', ..] => Ok(5 + length + 2),
        _ => Err("a copy of something else than base64".into()),
    }
}
