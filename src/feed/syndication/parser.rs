use url::Url;

use super::{
    draft::Draft,
    faults::Faults,
    feed_draft::FeedDraft,
    fields::{self, Field},
    names::Names,
};
use crate::feed::{
    ParseError, ParsedFeed,
    xml::{Kind, Token, Tokens, value},
};

/// The longest base; a longer one is a mistake.
const MAX_BASE_BYTES: usize = 2_000;

/// Elements that hold others and are no field themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    Root,
    Item,
}

const FRAMES: [(&str, Frame); 6] = [
    ("rss", Frame::Root),
    ("rdf", Frame::Root),
    ("feed", Frame::Root),
    ("channel", Frame::Root),
    ("item", Frame::Item),
    ("entry", Frame::Item),
];

/// A field whose end tag has not come yet.
struct Open<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Where its inside begins.
    from: usize,
    /// How many elements of the same name are open, itself included.
    depth: usize,
    /// Start tags minus end tags inside it.
    balance: isize,
}

/// Returns what a name frames. `atom:entry` and `rdf:RDF` do, `media:item` does not.
pub(super) fn frame(names: &Names<'_>, name: &str) -> Option<Frame> {
    let (prefix, local) = names.split(name);
    let known = FRAMES.iter().find(|(frame, _)| prefix.is_empty() && local.eq_ignore_ascii_case(frame));
    known.map(|(_, frame)| *frame)
}

/// Reads a document tag by tag, forgiving what is missing.
pub(super) struct FeedParser<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    feed: FeedDraft,
    first_element: Option<&'a str>,
    draft: Option<Draft>,
    open: Option<Open<'a>>,
    /// How many bytes may still be read a second time because a field was never closed.
    second_looks: usize,
    names: Names<'a>,
    faults: Faults,
}

impl<'a> FeedParser<'a> {
    pub(super) fn new(text: &'a str, document: Option<&str>) -> Self {
        Self {
            text,
            tokens: Tokens::new(text),
            feed: FeedDraft::new(document),
            first_element: None,
            draft: None,
            open: None,
            second_looks: text.len(),
            names: Names::default(),
            faults: Faults::default(),
        }
    }

    fn frame(&self, name: &str) -> Option<Frame> {
        frame(&self.names, name)
    }

    fn field(&self, name: &'a str, attributes: &'a str, inner: &'a str) -> Field<'a> {
        let (prefix, local) = self.names.split(name);
        Field { prefix, local, attributes, inner, atom: self.feed.format == Some("atom") }
    }

    pub(super) fn run(mut self) -> Result<ParsedFeed, ParseError> {
        let mut frames = 0_isize;
        while let Some(token) = self.tokens.next() {
            match token.kind {
                Kind::Start { name, attributes, empty } => {
                    // A root may have a prefix that only its own declarations explain.
                    if self.first_element.is_none() || self.frame(name).is_some() {
                        self.names.learn(attributes);
                    }
                    frames += isize::from(!empty && self.frame(name).is_some());
                }
                Kind::End { name } => frames -= isize::from(self.frame(name).is_some()),
                _ => {}
            }
            self.step(&token);
        }
        self.faults.cut = frames > 0;
        if self.open.is_some() {
            self.close_early(self.text.len());
        }
        // A field that was never closed may have hidden others: reading went back to them, and ends here again.
        while let Some(token) = self.tokens.next() {
            self.step(&token);
        }
        self.close_field_at(self.text.len());
        self.finish_item();
        self.finish()
    }

    fn step(&mut self, token: &Token<'a>) {
        match token.kind {
            Kind::Start { name, attributes, empty } => self.start(name, attributes, empty, token),
            Kind::End { name } => self.end(name, token),
            Kind::Text | Kind::Cdata(_) | Kind::Other => {}
        }
    }

    fn start(&mut self, name: &'a str, attributes: &'a str, empty: bool, token: &Token<'a>) {
        self.first_element.get_or_insert(name);
        let frame = self.frame(name);
        if let Some(open) = &mut self.open {
            if frame != Some(Frame::Item) {
                if !empty {
                    open.depth += usize::from(open.name.eq_ignore_ascii_case(name));
                    open.balance += 1;
                }
                return;
            }
            if self.close_early(token.span.start) {
                return;
            }
        }
        let field = self.field(name, attributes, "");
        match frame {
            Some(Frame::Item) => self.begin_item(&field, empty),
            Some(Frame::Root) => self.root(&field),
            None if empty => self.take(&field),
            None => self.open = Some(Open { name, attributes, from: token.span.end, depth: 1, balance: 0 }),
        }
    }

    fn end(&mut self, name: &'a str, token: &Token<'a>) {
        let frame = self.frame(name);
        if let Some(open) = &mut self.open {
            if open.name.eq_ignore_ascii_case(name) {
                open.depth -= 1;
                if open.depth == 0 {
                    self.faults.unclosed |= open.balance != 0;
                    self.close_field_at(token.span.start);
                } else {
                    open.balance -= 1;
                }
                return;
            }
            if frame.is_none() {
                open.balance -= 1;
                return;
            }
            if self.close_early(token.span.start) {
                return;
            }
        }
        if frame == Some(Frame::Item) {
            self.finish_item();
        }
    }

    /// Closes a field whose end tag is missing: it ends at the next tag, and reading goes on from there, as long as
    /// the allowance for second looks lasts. Returns `true` if reading went back.
    fn close_early(&mut self, until: usize) -> bool {
        self.faults.unclosed = true;
        let Some(open) = &self.open else { return false };
        let hidden = until.saturating_sub(open.from);
        let inner = &self.text[open.from..until];
        let next_tag = Tokens::new(inner).find(|token| matches!(token.kind, Kind::Start { .. } | Kind::End { .. }));
        match next_tag {
            Some(tag) if hidden <= self.second_looks => {
                self.second_looks -= hidden;
                let at = open.from + tag.span.start;
                self.close_field_at(at);
                self.tokens.go_to(at);
                true
            }
            _ => {
                self.close_field_at(until);
                false
            }
        }
    }

    fn close_field_at(&mut self, end: usize) {
        if let Some(open) = self.open.take() {
            let inner = &self.text[open.from..end.max(open.from)];
            self.take(&self.field(open.name, open.attributes, inner));
        }
    }

    fn begin_item(&mut self, field: &Field<'a>, empty: bool) {
        self.finish_item();
        if self.feed.format.is_none() {
            self.feed.format = Some(if field.local.eq_ignore_ascii_case("entry") { "atom" } else { "rss" });
        }
        let mut draft = Draft::new(self.based(field, self.feed.base.as_ref()));
        fields::take_attributes(&mut draft, field);
        self.draft = Some(draft);
        if empty {
            self.finish_item();
        }
    }

    fn finish_item(&mut self) {
        if let Some(draft) = self.draft.take() {
            self.feed.add(draft);
        }
    }

    fn root(&mut self, field: &Field<'a>) {
        let format = match field.local.to_ascii_lowercase().as_str() {
            "rss" => "rss",
            "rdf" => "rdf",
            "feed" => "atom",
            _ if self.feed.format.is_none() && field.attribute("href").is_some() => "cdf",
            _ => self.feed.format.unwrap_or("rss"),
        };
        self.feed.format.get_or_insert(format);
        if let Some(base) = self.based(field, self.feed.base.as_ref()) {
            self.feed.base = Some(base);
        }
        if format == "cdf"
            && let Some(address) = field.attribute("href")
        {
            self.feed.link(1, &address);
        }
    }

    /// Reads `xml:base`, itself relative to the base around it.
    fn based(&self, field: &Field<'_>, around: Option<&Url>) -> Option<Url> {
        let base = field.attribute("xml:base").or_else(|| field.attribute("base"))?;
        let around = around.or(self.feed.document.as_ref());
        // Relative bases grow when they are nested; none that is meant is this long.
        Url::options().base_url(around).parse(base.trim()).ok().filter(|base| base.as_str().len() <= MAX_BASE_BYTES)
    }

    fn take(&mut self, field: &Field<'a>) {
        if let Some(draft) = &mut self.draft {
            self.faults.bare_ampersand |= fields::take(draft, field);
        } else {
            self.take_for_feed(field);
        }
    }

    fn take_for_feed(&mut self, field: &Field<'a>) {
        let read = value(field.inner);
        match (field.prefix, field.local.to_ascii_lowercase().as_str()) {
            ("" | "dc", "title") => self.feed.title(&read.text, field.is_literal(&read)),
            ("", "link") => {
                let (rank, address) = fields::ranked_link(field, &read);
                self.feed.link(rank, &address);
            }
            ("", "ttl") => self.feed.ttl_minutes = read.text.trim().parse().ok(),
            _ => return,
        }
        self.faults.bare_ampersand |= read.bare_ampersand;
    }

    fn finish(self) -> Result<ParsedFeed, ParseError> {
        if self.feed.format.is_none() {
            let found = self.first_element.map_or("no element at all".into(), |name| format!("<{}>", clip(name)));
            return Err(ParseError::Unknown { found });
        }
        let mut feed = self.feed.finish();
        for repair in self.faults.told() {
            feed.note(repair);
        }
        Ok(feed)
    }
}

fn clip(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}
