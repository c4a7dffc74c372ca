//! Invented articles, and a desk at which tests press keys without a terminal or a store.

use std::{collections::VecDeque, path::PathBuf, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    keymap::Key,
    library::{Day, Tally},
    message::{Effect, Message, Reply, Writing},
    open::Options,
    state::{App, Card, Rendering},
    update::{self, start, update},
    view,
    workshop::Workshop,
};
use crate::{
    article::{Article, Block, BlockKind, Document, Entry, Identity},
    attack::{Phase, PhaseHit, TechniqueHit},
    briefing::{Briefing, Severity, Signal},
    config::Paths,
    hunt::{Confidence, Dialect, HuntId, Proposal, Query, Value},
    indicator::{Indicator, Kind, Place, Tier},
    store::{ArticleId, Change, FeedHealth, FeedState, Item, Journal, Page, Row, State},
    text::{Evidence, Span},
};

/// Half past nine on 24 November 2026.
pub(super) const NOW: Timestamp = Timestamp::constant(1_795_512_600, 0);

/// Text that a hostile feed would put into every field.
pub(super) const HOSTILE: &str =
    "a\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{202e}evil\u{200b}\u{9b}31m\t日本語e\u{301}\u{301}\u{301}👩\u{200d}💻\r\nz";

const TITLES: [&str; 6] = [
    "ShinyRook ransomware gang exploits edge VPN flaw to reach domain controllers within hours",
    "npm package left-padder ships a credential stealer in its install script",
    "Phishing kit abuses device code flow against Entra tenants",
    "Vendor fixes nineteen flaws in its November update",
    "Weekly recap: botnets, takedowns and a busy patch day",
    "How to choose a password manager for a small office",
];

const SOURCES: [&str; 3] = ["Field Notes", "Example Research", "The Example News"];

const SEVERITIES: [Severity; 6] =
    [Severity::Crit, Severity::High, Severity::High, Severity::Med, Severity::Low, Severity::Low];

const BODY: [(BlockKind, &str); 7] = [
    (
        BlockKind::Paragraph,
        "Attackers exploit CVE-2026-11223 in the ExampleGate appliance and run encoded PowerShell commands before they encrypt file servers. The vendor confirms exploitation in the wild.",
    ),
    (BlockKind::Heading, "What happens"),
    (
        BlockKind::Paragraph,
        "The loader fetches a second stage from hxxps://cdn.evil[.]example/stage2.ps1 and beacons to evil[.]example every sixty seconds. It resolves names through 192.0.2.53.",
    ),
    (BlockKind::Code, "powershell.exe -nop -w hidden -enc SQBFAFgA\nrundll32.exe stage2.dll,Start"),
    (BlockKind::Heading, "Indicators of compromise"),
    (BlockKind::TableRow, "evil[.]example\tC2 domain"),
    (BlockKind::TableRow, "203.0.113.77\tC2 address"),
];

fn document() -> Document {
    let mut document = Document::default();
    for (kind, text) in BODY {
        let start = document.text.len();
        document.text.push_str(text);
        document.blocks.push(Block { span: Span::new(start, document.text.len()), kind });
        document.text.push('\n');
    }
    document
}

fn evidence(document: &Document, phrase: &str) -> Evidence {
    let start = document.text.find(phrase).expect("the phrase stands in the text");
    Evidence::in_text(&document.text, Span::new(start, start + phrase.len()))
}

fn indicator(document: &Document, kind: Kind, value: &str, written: &str, tier: Tier, place: Place) -> Indicator {
    let span = evidence(document, written).span;
    let reason = match tier {
        Tier::Reference => Some("the article calls it a resolver".into()),
        Tier::Rejected => Some("a file name, not a domain".into()),
        Tier::Indicator | Tier::Candidate => None,
    };
    let (value, written) = (value.to_owned(), written.to_owned());
    Indicator { kind, value, defanged: written.contains("[.]"), written, span, place, tier, reason }
}

fn briefing(document: &Document, severity: Severity) -> Briefing {
    let signal =
        |name: &str, points, phrase: &str| Signal { name: name.into(), points, evidence: evidence(document, phrase) };
    Briefing {
        severity,
        score: 11,
        signals: vec![
            signal("exploited in the wild", 5, "exploitation in the wild"),
            signal("edge device", 3, "ExampleGate appliance"),
            Signal { name: "indicators".into(), points: 3, evidence: Evidence::in_field("4 indicators") },
        ],
        tags: vec!["research".into()],
        indicators: vec![
            indicator(document, Kind::Cve, "CVE-2026-11223", "CVE-2026-11223", Tier::Indicator, Place::Prose),
            indicator(
                document,
                Kind::Url,
                "https://cdn.evil.example/stage2.ps1",
                "hxxps://cdn.evil[.]example/stage2.ps1",
                Tier::Indicator,
                Place::Prose,
            ),
            indicator(document, Kind::Domain, "evil.example", "evil[.]example every", Tier::Indicator, Place::Table),
            indicator(document, Kind::Ipv4, "203.0.113.77", "203.0.113.77", Tier::Indicator, Place::Table),
            indicator(document, Kind::Ipv4, "192.0.2.53", "192.0.2.53", Tier::Reference, Place::Prose),
            indicator(document, Kind::FileName, "stage2.dll", "stage2.dll", Tier::Candidate, Place::Code),
        ],
        techniques: vec![
            TechniqueHit {
                id: "T1059.001".parse().unwrap(),
                score: 0.92,
                evidence: vec![
                    evidence(document, "encoded PowerShell commands"),
                    evidence(document, "powershell.exe -nop"),
                ],
            },
            TechniqueHit {
                id: "T1190".parse().unwrap(),
                score: 0.8,
                evidence: vec![evidence(document, "exploit CVE-2026-11223")],
            },
        ],
        kill_chain: vec![
            PhaseHit { phase: Phase::Exploit, evidence: vec![evidence(document, "exploit CVE-2026-11223")] },
            PhaseHit { phase: Phase::C2, evidence: vec![evidence(document, "beacons to")] },
        ],
        hunts: vec![
            Proposal {
                id: HuntId("UC_ENCODED_POWERSHELL".into()),
                because: vec![evidence(document, "encoded PowerShell commands")],
                values: Vec::new(),
            },
            Proposal {
                id: HuntId("UC_DOMAIN".into()),
                because: vec![evidence(document, "evil[.]example every")],
                values: vec![Value { kind: Kind::Domain, value: "evil.example".into() }],
            },
        ],
    }
}

/// Makes an article by number.
pub(super) fn item(number: i64) -> Item {
    let index = (number - 1).unsigned_abs() as usize;
    let title = TITLES[index % TITLES.len()].to_owned();
    let source = SOURCES[index % SOURCES.len()].to_owned();
    let published = NOW - SignedDuration::from_mins(37 + 413 * number);
    let severity = SEVERITIES[index % SEVERITIES.len()];
    let url = Some(format!("https://news.example/{number}"));
    let document = document();
    let briefing = briefing(&document, severity);
    let row = Row {
        id: ArticleId(number),
        title: title.clone(),
        source: source.clone(),
        url: url.clone(),
        published,
        date_guessed: false,
        seen: published,
        changed: None,
        severity,
        score: briefing.score,
        state: State::New,
        verdict: None,
        tags: briefing.tags.clone(),
        starred: false,
        demo: number % 2 == 0,
        counts: (4, 2, 2),
        feeds: vec![source.clone()],
        story: None,
        others: 0,
    };
    let article = Article {
        identity: Identity::of(&Entry::default()),
        title,
        source,
        url,
        published,
        date_guessed: false,
        author: None,
        categories: Vec::new(),
        document,
        advisory: None,
    };
    let (note, owner) = (String::new(), String::new());
    Item { row, article, briefing, note, owner, snoozed_until: None, copied: Vec::new() }
}

/// Puts hostile text into every field that a feed or an analyst fills.
pub(super) fn hostile(mut item: Item) -> Item {
    let bad = || HOSTILE.to_owned();
    for field in [&mut item.row.title, &mut item.row.source, &mut item.article.title, &mut item.note, &mut item.owner] {
        *field = bad();
    }
    item.row.url = Some(bad());
    item.row.tags = vec![bad(), bad()];
    item.article.document.text = item.article.document.text.replace("every", HOSTILE);
    for indicator in &mut item.briefing.indicators {
        indicator.value = bad();
        indicator.reason = Some(bad().into());
        indicator.span = Span::new(indicator.span.start + 1, indicator.span.end + 900);
    }
    for signal in &mut item.briefing.signals {
        (signal.name, signal.evidence.phrase) = (bad(), bad());
    }
    item
}

/// Renders hunts as a test wants them.
pub(super) fn cards(item: &Item) -> Vec<Card> {
    let query = |dialect: Dialect, id: &HuntId| {
        match dialect {
        Dialect::Spl => Ok(Query {
            text: format!("| tstats `summariesonly` count min(_time) as first from datamodel=Endpoint.Processes where Processes.process=\"*-enc*\" by Processes.dest\n| rename Processes.* as *\n``` {id} ```"),
            notes: Vec::new(),
        }),
        Dialect::Kql => Ok(Query {
            text: "DeviceProcessEvents\n| where Timestamp > ago(7d)\n| where ProcessCommandLine has_any (\"-enc\")\n| project Timestamp, DeviceName, AccountName".into(),
            notes: vec!["10 of 24 values, cut at the cap".into()],
        }),
        Dialect::Sigma => Err(format!("{id} has no Sigma query")),
    }
    };
    let card = |proposal: &Proposal| Card {
        id: proposal.id.clone(),
        title: if proposal.values.is_empty() {
            "Encoded PowerShell command".into()
        } else {
            "Domains in web and DNS logs".into()
        },
        confidence: if proposal.values.is_empty() { Confidence::Medium } else { Confidence::High },
        phase: "exploit",
        telemetry: vec!["process creation".into()],
        false_positives: vec!["software deployment".into()],
        values: proposal.values.clone(),
        because: proposal.because.clone(),
        renderings: Dialect::ALL.map(|dialect| Rendering { dialect, query: query(dialect, &proposal.id) }).to_vec(),
    };
    item.briefing.hunts.iter().map(card).collect()
}

/// A workshop that makes as little as a test needs.
struct Bench;

impl Workshop for Bench {
    fn cards(&self, _: &[Proposal]) -> Vec<Card> {
        Vec::new()
    }

    fn chosen(&self, values: &[Value], dialect: Dialect) -> Result<Vec<String>, String> {
        let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
        Ok(vec![format!("{}: {}", dialect.name(), values.join(" "))])
    }

    fn briefing(&self, item: &Item) -> String {
        format!("# {}", item.row.title)
    }
}

/// A console at which keys are pressed; effects are done by a fake as soon as they are asked for.
pub(super) struct Desk {
    pub(super) app: App,
    pub(super) items: Vec<Item>,
    pub(super) copied: Vec<String>,
    pub(super) browsed: Vec<String>,
    pub(super) notified: Vec<ArticleId>,
    pub(super) marks: Vec<(Vec<ArticleId>, Change)>,
    journal: Vec<(Vec<Item>, Journal)>,
}

impl Desk {
    /// Sits down before a number of articles.
    pub(super) fn new(size: (u16, u16), articles: i64) -> Self {
        Self::with(size, (1..=articles).map(item).collect())
    }

    /// Sits down before these articles.
    pub(super) fn with(size: (u16, u16), items: Vec<Item>) -> Self {
        let nowhere = PathBuf::from("/nonexistent/huntdeck");
        let paths = Paths { config: nowhere.clone(), data: nowhere.clone(), state: nowhere };
        let mut options = Options::new(paths, Arc::new(Bench));
        options.clock = || NOW;
        let app = options.app(size);
        let mut desk = Self {
            app,
            items,
            copied: Vec::new(),
            browsed: Vec::new(),
            notified: Vec::new(),
            marks: Vec::new(),
            journal: Vec::new(),
        };
        let effects = start(&mut desk.app);
        desk.perform(effects);
        desk
    }

    /// Presses keys, written as a keymap writes them; text in quotes is typed.
    #[must_use]
    pub(super) fn press(mut self, keys: &str) -> Self {
        self.keys(keys);
        self
    }

    pub(super) fn keys(&mut self, keys: &str) {
        for (index, part) in keys.split('\'').enumerate() {
            if index % 2 == 1 {
                part.chars().for_each(|c| {
                    self.message(Message::Key(if c == ' ' { Key::parse("space").unwrap() } else { Key::char(c) }));
                });
                continue;
            }
            for key in part.split_whitespace() {
                self.message(Message::Key(Key::parse(key).unwrap()));
            }
        }
    }

    pub(super) fn message(&mut self, message: Message) {
        let effects = update(&mut self.app, message);
        self.perform(effects);
        if self.app.search_due.is_some() {
            self.app.now += SignedDuration::from_secs(1);
            let effects = update(&mut self.app, Message::Due);
            self.perform(effects);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        let mut done = 0;
        while let Some(effect) = waiting.pop_front() {
            done += 1;
            assert!(done < 10_000, "the console asks without end: {effect:?}");
            if let Some(reply) = self.reply(effect) {
                waiting.extend(update(&mut self.app, Message::Reply(reply)));
            }
        }
    }

    fn listed(&self) -> Vec<Row> {
        let query = self.app.narrow.query();
        let open = query.split(' ').any(|word| word == "unreviewed");
        self.items
            .iter()
            .map(|item| item.row.clone())
            .filter(|row| !open || matches!(row.state, State::New | State::Read))
            .filter(|row| row.title.contains(self.app.narrow.search.trim_end_matches('*')))
            .collect()
    }

    fn item_mut(&mut self, id: ArticleId) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.row.id == id)
    }

    fn reply(&mut self, effect: Effect) -> Option<Reply> {
        Some(match effect {
            Effect::Page { ticket, index, .. } => {
                Reply::Page { ticket, index, page: Ok(Page { rows: self.listed(), next: None }) }
            }
            Effect::Tally { ticket, .. } => {
                let rows = self.listed();
                let severities = Severity::ALL.map(|of| rows.iter().filter(|row| row.severity == of).count() as u64);
                Reply::Tally { ticket, tally: Ok(Tally { severities }) }
            }
            Effect::Item(id) => Reply::Item { id, item: Ok(self.item_mut(id).map(|item| Box::new(item.clone()))) },
            Effect::Cards(item) => Reply::Cards { id: item.row.id, cards: cards(&item) },
            Effect::Rows(ids) => {
                Reply::Rows(Ok(ids.iter().filter_map(|id| Some(self.item_mut(*id)?.row.clone())).collect()))
            }
            Effect::Mark { articles, change, .. } => self.mark(articles, change),
            Effect::MarkAll { change, .. } => {
                let articles = self.listed().iter().map(|row| row.id).collect();
                self.mark(articles, change)
            }
            Effect::Undo(_) => Reply::Undone(Ok(self.undo())),
            Effect::Redo(_) => Reply::Redone(Ok(None)),
            Effect::History => Reply::History(Ok(self.journal.iter().rev().map(|(_, line)| line.clone()).collect())),
            Effect::Feeds => Reply::Feeds(Ok(feeds())),
            Effect::Copy { text, what } => {
                self.copied.push(text.clone());
                Reply::Copied { what, text, route: "tmux buffer".into(), by_terminal: false, failed: Vec::new() }
            }
            Effect::Write(writing) => {
                let text = match writing {
                    Writing::Briefing(item) => Bench.briefing(&item),
                    Writing::Chosen(values, dialect) => Bench.chosen(&values, dialect).unwrap().join("\n\n"),
                    Writing::HandOver(_) => "report".into(),
                };
                return self.reply(Effect::Copy { text, what: "text".into() });
            }
            Effect::Browse(link) => {
                self.browsed.push(link);
                Reply::Browsed(Ok("opened by xdg-open".into()))
            }
            effect => return self.told(effect),
        })
    }

    /// Answers what is only to be shown.
    fn told(&mut self, effect: Effect) -> Option<Reply> {
        Some(match effect {
            Effect::Counts(lists) => {
                Reply::Counts(lists.into_iter().map(|(name, _)| (name, Tally { severities: [1, 2, 0, 3] })).collect())
            }
            Effect::Techniques(_) => {
                let ids = ["T1059.001", "T1059.003", "T1190", "T1566.001"];
                Reply::Techniques(Ok(ids
                    .iter()
                    .zip([9, 4, 7, 2])
                    .map(|(id, count)| (id.parse().unwrap(), count))
                    .collect()))
            }
            Effect::Trend(_, now) => Reply::Trend(Ok(trend(now))),
            Effect::LastVisit => Reply::LastVisit(Some(NOW - SignedDuration::from_hours(9))),
            Effect::Arrived(ids) => {
                Reply::Arrived(ids.iter().filter_map(|id| Some(self.item_mut(*id)?.row.clone())).collect())
            }
            Effect::Notify(rows) => {
                self.notified.extend(rows.iter().map(|row| row.id));
                return None;
            }
            _ => return None,
        })
    }

    fn mark(&mut self, articles: Vec<ArticleId>, change: Change) -> Reply {
        let before: Vec<Item> = self.items.iter().filter(|item| articles.contains(&item.row.id)).cloned().collect();
        for id in &articles {
            if let Some(item) = self.item_mut(*id) {
                update::apply(&mut item.row, &change);
                if let Change::Note(note) = &change {
                    item.note.clone_from(note);
                }
                if let Change::Copied(hunt) = &change {
                    item.copied.push((hunt.clone(), NOW));
                }
            }
        }
        let number = self.journal.len() as i64 + 1;
        let (at, undone) = (NOW, false);
        self.journal.push((before, Journal { number, at, change: change.clone(), articles: articles.clone(), undone }));
        self.marks.push((articles.clone(), change.clone()));
        Reply::Marked { articles, change, done: Ok(()) }
    }

    fn undo(&mut self) -> Option<Journal> {
        let (before, journal) = self.journal.pop()?;
        for item in before {
            let id = item.row.id;
            if let Some(now) = self.item_mut(id) {
                *now = item;
            }
        }
        Some(Journal { undone: true, ..journal })
    }

    /// Draws the screen and gives its text.
    pub(super) fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let lines = buffer.content.chunks(width).map(|row| {
            let mut line = String::new();
            let mut skip = 0;
            for cell in row {
                if skip == 0 {
                    line.push_str(cell.symbol());
                    skip = crate::text::width(cell.symbol()).saturating_sub(1);
                } else {
                    skip -= 1;
                }
            }
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.app.size.0, self.app.size.1));
        view::draw(&self.app, &mut buffer);
        buffer
    }

    /// Gives the titles of the rows with their states.
    pub(super) fn states(&self) -> Vec<State> {
        (0..self.app.list.len()).filter_map(|index| self.app.list.row(index)).map(|row| row.state).collect()
    }

    /// Gives what the toast says.
    pub(super) fn said(&self) -> &str {
        self.app.toast.as_ref().map_or("", |toast| &toast.text)
    }
}

fn trend(now: Timestamp) -> Vec<Day> {
    let day = |ago: u64| {
        let start = now - SignedDuration::from_hours(24 * ago as i64);
        Day { start, tally: Tally { severities: [ago % 3, ago % 5, ago % 7, ago % 11] } }
    };
    (0..91).rev().map(day).collect()
}

fn feeds() -> Vec<FeedHealth> {
    let good = Some(NOW - SignedDuration::from_mins(12));
    let ok = FeedHealth {
        name: "Field Notes".into(),
        state: FeedState::Ok,
        http_status: Some(200),
        good,
        articles: 12,
        ..FeedHealth::default()
    };
    let failing = FeedHealth {
        name: "Example Research".into(),
        state: FeedState::Failing,
        http_status: Some(503),
        error: "the server answers 503 Service Unavailable".into(),
        failures: 3,
        failing_since: Some(NOW - SignedDuration::from_hours(5)),
        ..FeedHealth::default()
    };
    vec![ok, failing]
}
