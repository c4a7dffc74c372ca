//! Configurations that are taken and configurations that are refused, each a file in `tests/config`.
//!
//! The first line of a refused one is a comment with what the message must say: the line, and the words that are allowed.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{fs, path::Path};

use huntdeck::config::{Settings, load};

fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 1);
    files
}

#[test]
fn what_cannot_work_is_refused_with_its_line_and_the_words_that_can() {
    for file in files("invalid") {
        let text = fs::read_to_string(&file).unwrap();
        let expected = text.lines().next().unwrap().trim_start_matches("# ").to_owned();
        let message = load(&file, Path::new("themes")).unwrap_err().to_string();
        assert!(message.contains(&file.display().to_string()), "{message}");
        for part in expected.split(" … ") {
            assert!(message.contains(part), "{}: {part:?} is not in: {message}", file.display());
        }
    }
}

#[test]
fn what_can_work_is_taken() {
    let themes = tempfile::tempdir().unwrap();
    fs::write(themes.path().join("mine.toml"), "").unwrap();
    for file in files("valid") {
        let settings = load(&file, themes.path()).unwrap_or_else(|error| panic!("{error}"));
        assert_ne!(settings, Settings::default(), "{}", file.display());
    }
}
