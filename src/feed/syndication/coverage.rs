//! Which feeds feed-rs reads in full.

use super::{
    fields::{Role, role},
    names::Names,
    parser::{Frame, frame},
};
use crate::feed::{
    limits::MAX_ENTRIES,
    xml::{Kind, Tokens, attributes},
};

/// The greatest number of tags of a feed that feed-rs reads: it makes an object of each.
const MAX_TAGS: usize = 100_000;
/// The greatest length of the attributes of a tag that feed-rs reads, which makes two strings of each.
const MAX_ATTRIBUTE_BYTES: usize = 16 * 1024;

/// Returns the number of items of a feed, or `None` if feed-rs does not read all of them as our own reader does.
///
/// It passes over elements of other vocabularies, unescaped markup and what a `type` says in RSS; it guesses where a
/// mail address ends in a name, keeps the last of two elements of a kind, and needs memory many times the length of the
/// text.
pub(super) fn readable_items(text: &str) -> Option<usize> {
    let mut reader = Coverage::new(text);
    Tokens::new(text)
        .enumerate()
        .all(|(count, token)| count < 2 * MAX_TAGS && reader.covers(token.kind, &text[token.span]))
        .then_some(reader.items)
}

/// The place in a feed that is being looked at.
struct Coverage<'a> {
    text: &'a str,
    names: Names<'a>,
    atom: bool,
    is_feed: bool,
    items: usize,
    in_item: bool,
    /// How many elements are open inside the feed or the item.
    depth: usize,
    /// What the open element of the item is for.
    role: Option<Role>,
    /// The elements that an item has once at the most and that were met in it.
    met: Vec<Role>,
}

impl<'a> Coverage<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            names: Names::default(),
            atom: false,
            is_feed: false,
            items: 0,
            in_item: false,
            depth: 0,
            role: None,
            met: Vec::new(),
        }
    }

    /// Returns `true` if feed-rs reads a piece of the feed as we do.
    fn covers(&mut self, piece: Kind<'a>, raw: &str) -> bool {
        match piece {
            Kind::Start { name, attributes, empty } => {
                attributes.len() <= MAX_ATTRIBUTE_BYTES && self.start(name, attributes, empty)
            }
            Kind::End { name } => {
                self.end(name);
                true
            }
            Kind::Text => !has_html_reference(raw) && self.is_clear_author(raw),
            Kind::Cdata(characters) => self.is_clear_author(characters),
            Kind::Other => true,
        }
    }

    fn start(&mut self, name: &'a str, tag: &'a str, empty: bool) -> bool {
        if !self.is_feed || frame(&self.names, name).is_some() {
            self.names.learn(tag);
        }
        match frame(&self.names, name) {
            Some(Frame::Root) if self.depth == 0 => {
                self.is_feed = true;
                self.atom |= name.eq_ignore_ascii_case("feed");
                // feed-rs has no identifiers for items of RDF, and drops those without a link.
                !name.to_ascii_lowercase().ends_with("rdf") && has_clear_base(tag)
            }
            Some(Frame::Item) if self.depth == 0 => {
                (self.in_item, self.role) = (true, None);
                self.met.clear();
                self.items += 1;
                !empty && self.items <= MAX_ENTRIES && !name.contains(':') && has_clear_base(tag)
            }
            Some(_) => false,
            None => self.is_feed && self.element(name, tag, empty),
        }
    }

    fn element(&mut self, name: &str, tag: &str, empty: bool) -> bool {
        self.depth += usize::from(!empty);
        let outermost = self.depth == usize::from(!empty);
        if !self.in_item {
            return true;
        }
        if !outermost {
            // An author of Atom and a group of media have elements of their own; everything else has characters.
            return matches!(self.role, None | Some(Role::Author)) && (self.atom || self.role.is_none());
        }
        let (prefix, local) = self.names.split(name);
        self.role = role(prefix, &local.to_ascii_lowercase());
        self.role.is_none_or(|role| self.is_read(role, name) && self.has_clear_type(role, tag) && self.is_first(role))
    }

    fn end(&mut self, name: &str) {
        match frame(&self.names, name) {
            Some(Frame::Item) => (self.in_item, self.depth) = (false, 0),
            Some(Frame::Root) => self.depth = 0,
            None => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.role = None;
                }
            }
        }
    }

    /// Returns `true` if feed-rs knows an element.
    fn is_read(&self, role: Role, name: &str) -> bool {
        let declares = |space: &str| self.text.contains(space);
        match name {
            "title" | "link" | "author" | "category" | "updated" => true,
            "id" | "published" | "content" | "summary" => self.atom,
            "guid" | "description" | "pubDate" => !self.atom,
            "atom:link" => !self.atom && role == Role::Link,
            "dc:creator" | "dc:date" => !self.atom && declares("\"http://purl.org/dc/elements/1.1/\""),
            "content:encoded" => !self.atom && declares("\"http://purl.org/rss/1.0/modules/content/\""),
            _ => false,
        }
    }

    /// Returns `true` if feed-rs takes the `type` of an element as we do. Without one, Atom's is plain text, which what
    /// is sent rarely is.
    fn has_clear_type(&self, role: Role, tag: &str) -> bool {
        let kind = || attributes(tag).find(|(name, _)| name.eq_ignore_ascii_case("type")).map(|(_, kind)| kind);
        match role {
            Role::Content | Role::Summary if self.atom => matches!(kind(), Some("text" | "html")),
            Role::Title(_) if self.atom => matches!(kind(), None | Some("text" | "html")),
            Role::Title(_) | Role::Content | Role::Summary => kind().is_none(),
            _ => true,
        }
    }

    fn is_first(&mut self, role: Role) -> bool {
        let kind = if let Role::Published(_) = role { Role::Published(0) } else { role };
        if matches!(role, Role::Link | Role::Author | Role::Category) {
            return true;
        }
        let first = !self.met.contains(&kind);
        self.met.push(kind);
        first
    }

    /// Returns `true` unless characters are an author of RSS with a mail address that is not in the customary form,
    /// `mail@example.org (Name)`: feed-rs guesses then, and may panic.
    fn is_clear_author(&self, characters: &str) -> bool {
        if self.role != Some(Role::Author) || self.atom || !characters.contains('@') {
            return true;
        }
        let parts = characters.trim().strip_suffix(')').and_then(|rest| rest.split_once(" ("));
        parts.is_some_and(|(mail, name)| {
            let is_mail = mail.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_@".contains(&b));
            is_mail && mail.matches('@').count() == 1 && !name.contains(['@', '(', ')']) && name.len() > mail.len()
        })
    }
}

/// Returns `true` if a tag has no base, or one that needs no other to be resolved.
fn has_clear_base(tag: &str) -> bool {
    let mut bases = attributes(tag)
        .filter(|(name, _)| name.rsplit(':').next().is_some_and(|name| name.eq_ignore_ascii_case("base")));
    bases.all(|(name, base)| name == "xml:base" && (base.starts_with("https://") || base.starts_with("http://")))
}

/// Returns `true` if a reference means something in HTML alone: a name that XML does not know, or the number of a
/// character of Windows-1252.
fn has_html_reference(raw: &str) -> bool {
    memchr::memchr_iter(b'&', raw.as_bytes()).any(|at| {
        let reach = &raw[at + 1..raw.floor_char_boundary(at + 12)];
        let name = reach.split(';').next().unwrap_or_default();
        let Some(number) = name.strip_prefix('#') else {
            return !matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
        };
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        code.is_ok_and(|code| code < 32 || (0x80..=0x9f).contains(&code))
    })
}
