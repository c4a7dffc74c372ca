//! Holds every module of `src` to `ARCHITECTURE.md`: who may know whom, and which library lives where.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;

/// Each room, and the rooms it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("source", &["text"]),
    ("article", &["text"]),
    ("reading", &["text", "article"]),
    ("indicator", &["text", "article", "reading"]),
    ("attack", &["text", "article", "reading"]),
    ("hunt", &["text", "article", "reading", "indicator", "attack"]),
    ("briefing", &["text", "article", "reading", "indicator", "attack", "hunt"]),
    ("triage", &["text", "article", "indicator", "attack", "briefing"]),
    ("query", &["text", "indicator", "attack", "briefing", "triage"]),
    ("verb", &["query", "triage"]),
    ("config", &["text", "source", "hunt", "briefing", "triage", "query"]),
    ("feed", &["text", "article", "source", "config"]),
    ("store", &["text", "article", "indicator", "attack", "hunt", "briefing", "triage", "source", "query"]),
    ("export", &["text", "article", "indicator", "attack", "hunt", "briefing", "triage"]),
    ("intake", &["text", "article", "indicator", "hunt", "briefing", "triage", "source", "feed", "store", "config"]),
    ("clipboard", &["text", "config"]),
    (
        "console",
        &[
            "text",
            "article",
            "reading",
            "indicator",
            "attack",
            "hunt",
            "briefing",
            "triage",
            "source",
            "query",
            "verb",
            "store",
            "intake",
            "export",
            "clipboard",
            "config",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "article",
            "indicator",
            "attack",
            "hunt",
            "briefing",
            "triage",
            "source",
            "query",
            "verb",
            "store",
            "intake",
            "export",
            "clipboard",
            "config",
            "console",
            "feed",
        ],
    ),
];

/// Rooms without a clock, without input or output.
const PURE: &[&str] = &[
    "text",
    "source",
    "article",
    "reading",
    "indicator",
    "attack",
    "hunt",
    "briefing",
    "triage",
    "query",
    "verb",
    "export",
];

/// What a pure room may not touch.
const IMPURE: &[&str] = &[
    "tokio",
    "std::fs",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "std::process",
    "std::env",
    "std::time::Instant",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
];

/// Each library that lives in few rooms, and the rooms it lives in.
const LIVES_IN: &[(&str, &[&str])] = &[
    ("reqwest", &["feed"]),
    ("feed_rs", &["feed"]),
    ("mail_parser", &["feed"]),
    ("rusqlite", &["store"]),
    ("ratatui", &["console", "main"]),
    ("crossterm", &["console", "main"]),
    ("arboard", &["clipboard"]),
    ("clap", &["cli", "main", "verb"]),
    ("html5gum", &["article", "feed"]),
];

#[test]
fn no_room_uses_a_room_it_may_not_know() {
    let faults: Vec<String> = sources()
        .iter()
        .flat_map(|(room, path, code)| {
            let allowed = MAY_USE.iter().find(|(name, _)| name == room).map(|(_, allowed)| *allowed);
            used_rooms(code)
                .into_iter()
                .filter(move |used| used != room && allowed.is_some_and(|allowed| !allowed.contains(&used.as_str())))
                .map(move |used| format!("{room} may not use {used} ({})", path.display()))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_room_stands_in_the_picture() {
    for (room, path, _) in sources() {
        let known = ["lib", "main"].contains(&room.as_str()) || MAY_USE.iter().any(|(name, _)| *name == room);
        assert!(known, "{room} ({}) is not a module of the list: give it a line in tests/layers.rs", path.display());
    }
}

#[test]
fn libraries_stay_in_their_rooms_and_pure_rooms_stay_pure() {
    let mut faults = Vec::new();
    let mention = |name: &str| Regex::new(&format!(r"\b{}\b(::|\s*[;{{,])", regex::escape(name))).unwrap();
    let libraries: Vec<_> = LIVES_IN.iter().map(|(library, rooms)| (library, rooms, mention(library))).collect();
    for (room, path, code) in sources() {
        for (library, rooms, mention) in &libraries {
            if !rooms.contains(&room.as_str()) && mention.is_match(&code) {
                faults.push(format!("{room} may not use {library} ({})", path.display()));
            }
        }
        if PURE.contains(&room.as_str()) {
            let touched = IMPURE.iter().filter(|name| code.contains(*name));
            faults.extend(touched.map(|name| format!("{room} is pure and may not use {name} ({})", path.display())));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn sql_and_its_engine_stay_in_the_folder_of_the_engine() {
    let sql = Regex::new(
        r"(?s)\b(SELECT\s.*\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|VIEW)|PRAGMA\s+\w+)\b",
    )
    .unwrap();
    let literal = Regex::new(r#"(?s)"(?:[^"\\]|\\.)*""#).unwrap();
    let mut faults = Vec::new();
    for (_, path, code) in sources() {
        if path.starts_with("store/sqlite") || path == Path::new("store/sqlite.rs") {
            continue;
        }
        if code.contains("rusqlite") {
            faults.push(format!("{} names rusqlite", path.display()));
        }
        let found = literal.find_iter(&code).filter(|text| sql.is_match(text.as_str()));
        faults.extend(found.map(|text| format!("{} has SQL: {}", path.display(), text.as_str())));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The most lines that a file of the product may have.
const MAX_FILE_LINES: usize = 450;

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let is_test = |path: &Path| path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
    let mut faults = Vec::new();
    for path in files.iter().filter(|path| !is_test(path.strip_prefix(&root).unwrap())) {
        let lines = fs::read_to_string(path).unwrap().lines().count();
        if lines > MAX_FILE_LINES {
            faults.push(format!("{} has {lines} lines", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Returns every source file with its room and its code, comments left out.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 15, "the sources were not found in {}", root.display());
    files
        .into_iter()
        .map(|path| {
            let within = path.strip_prefix(&root).unwrap();
            let first = within.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
            let name = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
            let code = fs::read_to_string(&path).unwrap();
            let code =
                code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
            (name, within.to_owned(), code)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Finds the rooms that code names: `crate::room`, and every first name inside `crate::{…}`.
fn used_rooms(code: &str) -> BTreeSet<String> {
    let name = Regex::new(r"^\s*([a-z_]+)").unwrap();
    let mut rooms = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                for item in first_level(group) {
                    rooms.extend(name.captures(item).map(|captures| captures[1].to_owned()));
                }
            }
            None => rooms.extend(name.captures(rest).map(|captures| captures[1].to_owned())),
        }
    }
    rooms
}

/// Splits the inside of a braced group at its own commas, up to its closing brace.
fn first_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items
}

#[test]
fn the_reader_of_uses_sees_groups_and_paths() {
    let code = "use crate::{\n    article::{Block, Link},\n    text::Span,\n};\nlet x = crate::triage::State::New;";
    let rooms: Vec<String> = used_rooms(code).into_iter().collect();
    assert_eq!(rooms, ["article", "text", "triage"]);
}
