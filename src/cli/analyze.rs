use std::{
    fs,
    io::{self, BufRead, Read},
    path::Path,
};

use anyhow::Context;
use jiff::Timestamp;
use serde::Deserialize;

use super::{
    Outcome,
    args::AnalyzeArgs,
    desk::Desk,
    output::{self, Output},
};
use crate::{
    article::{Article, BlockKind, Content, Entry},
    export::{ArticleOptions, Exported, JSON_LINES},
};

/// The greatest document that is read, in bytes.
const MAX_DOCUMENT_BYTES: u64 = 64 * 1024 * 1024;

/// Briefs one document, or many.
pub(super) fn run(desk: &Desk, args: &AnalyzeArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    if args.jsonl { lines(desk, output) } else { one(desk, args, output) }
}

fn one(desk: &Desk, args: &AnalyzeArgs, output: &mut Output) -> anyhow::Result<Outcome> {
    let text = read(args.file.as_deref())?;
    let entry = Entry {
        title: args.title.clone().unwrap_or_default(),
        link: args.url.clone(),
        published: args.published,
        content: if looks_like_html(&text) { Content::Html(text) } else { Content::Plain(text) },
        ..Entry::default()
    };
    let mut article = Article::from_entry(entry, args.source.as_deref().unwrap_or("-"), Timestamp::now());
    if args.title.is_none() {
        article.title = title_of(&article, args.file.as_deref());
    }
    let briefing = desk.briefer().brief(&article);
    let parameters = desk.parameters();
    let exported = Exported { id: &article.title, article: &article, briefing: &briefing, story: None };
    let options = ArticleOptions { hunts: desk.hunts(), parameters: &parameters, max_hunts: usize::MAX };
    output.raw(args.format.document(&exported, &options).as_bytes())?;
    Ok(Outcome::Done)
}

/// One line of `--jsonl`.
#[derive(Debug, Deserialize)]
struct InputLine {
    id: String,
    text: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    published: Option<String>,
}

fn lines(desk: &Desk, output: &mut Output) -> anyhow::Result<Outcome> {
    let (briefer, parameters) = (desk.briefer(), desk.parameters());
    let options = ArticleOptions { hunts: briefer.hunts, parameters: &parameters, max_hunts: usize::MAX };
    let mut outcome = Outcome::Nothing;
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let line: InputLine = match serde_json::from_str(&line) {
            Ok(line) => line,
            Err(error) => {
                output::complain(&format!("standard input, line {}: {error}", number + 1));
                outcome = Outcome::Faulty;
                continue;
            }
        };
        let ((id, article), fault) = line.article();
        if let Some(fault) = fault {
            // The line is answered all the same, so this is no error.
            output::complain(&format!("standard input, line {}: {fault}; the time of now stands in", number + 1));
        }
        let briefing = briefer.brief(&article);
        let exported = Exported { id: &id, article: &article, briefing: &briefing, story: None };
        output.raw(JSON_LINES.article(&exported, &options).as_bytes())?;
        if outcome == Outcome::Nothing {
            outcome = Outcome::Done;
        }
    }
    Ok(outcome)
}

impl InputLine {
    /// Makes the article; its text is plain, so that every span points into what was given.
    /// Says too what is wrong with its date.
    fn article(self) -> ((String, Article), Option<String>) {
        let published = self.published.as_deref().map(super::args::parse_date).transpose();
        let fault = published.as_ref().err().map(|fault| format!("`published`: {fault}"));
        let entry = Entry {
            title: self.title,
            link: self.url,
            published: published.unwrap_or_default(),
            content: Content::Plain(self.text),
            ..Entry::default()
        };
        ((self.id, Article::from_entry(entry, &self.source, Timestamp::now())), fault)
    }
}

fn read(file: Option<&Path>) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    match file {
        Some(path) => {
            let file = fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            file.take(MAX_DOCUMENT_BYTES)
                .read_to_end(&mut bytes)
                .with_context(|| format!("cannot read {}", path.display()))?;
        }
        None => {
            io::stdin()
                .lock()
                .take(MAX_DOCUMENT_BYTES)
                .read_to_end(&mut bytes)
                .context("cannot read standard input")?;
        }
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// Returns `true` if a document is HTML: it begins with a tag, and it has an end tag.
pub(super) fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let begins =
        start.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c == '!' || c.is_ascii_alphabetic()));
    begins && text.contains("</")
}

fn title_of(article: &Article, file: Option<&Path>) -> String {
    let document = &article.document;
    let heading = document.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let stem = file.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    match heading {
        Some(block) => document.text[block.span.range()].trim_start_matches(['#', '=', ' ']).to_owned(),
        None => stem.unwrap_or_else(|| "Untitled".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like_html;

    #[test]
    fn markup_at_the_start_and_an_end_tag_make_html() {
        assert!(looks_like_html("\n<!doctype html><p>x</p>"));
        assert!(looks_like_html("<p>x</p>"));
        assert!(!looks_like_html("a < b and </b>"));
        assert!(!looks_like_html("<evil[.]example>"));
    }
}
