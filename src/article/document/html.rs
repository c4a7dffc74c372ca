//! HTML to a document in one pass over the tokens: no tree is built, so nesting costs nothing however deep it is.

mod element;
mod stack;
mod writer;

use std::{borrow::Cow, convert::Infallible};

use html5gum::{
    Emitter, ForwardingEmitter, Span, Tokenizer,
    emitters::callback::{CallbackEmitter, CallbackEvent},
};

use self::{
    element::Element,
    stack::{Open, Stack},
    writer::Writer,
};
use super::Document;

/// Cleans HTML, whole or a fragment.
pub(super) fn clean(html: &str) -> Document {
    let mut cleaner = Cleaner { writer: Writer::with_room(html.len()), ..Cleaner::default() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        cleaner.take(&event);
        None
    });
    emitter.naively_switch_states(true);
    match Tokenizer::new_with_emitter(html, Quiet(emitter)).finish() {
        Ok(()) => cleaner.finish(),
        Err(never) => match never {},
    }
}

/// An emitter that is told nothing of ill-formed markup: looking for it takes a quarter of the time, and nobody asks.
struct Quiet<E>(E);

impl<E: Emitter> ForwardingEmitter for Quiet<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

/// Returns the text of a token, which is whole UTF-8 unless the tokenizer has cut it.
fn text_of(value: &[u8]) -> Cow<'_, str> {
    str::from_utf8(value).map_or_else(|_| String::from_utf8_lossy(value), Cow::Borrowed)
}

/// Follows the tokens: which elements are open, and what that makes of the text.
#[derive(Default)]
struct Cleaner {
    writer: Writer,
    stack: Stack,
    tag: Tag,
}

/// The start tag that is being read.
#[derive(Default)]
struct Tag {
    element: Element,
    attribute: Attribute,
    furniture: bool,
    hidden: bool,
    target: Option<String>,
}

#[derive(Clone, Copy, Default)]
enum Attribute {
    #[default]
    Other,
    Class,
    Role,
    Target,
}

impl Cleaner {
    fn take(&mut self, event: &CallbackEvent<'_>) {
        match *event {
            CallbackEvent::OpenStartTag { name } => self.tag = Tag { element: Element::named(name), ..Tag::default() },
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => self.value(&text_of(value)),
            CallbackEvent::CloseStartTag { .. } => self.open(),
            CallbackEvent::EndTag { name } => self.close(Element::named(name)),
            CallbackEvent::String { value } => self.text(value),
            _ => {}
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        self.tag.attribute = match name {
            b"class" | b"id" => Attribute::Class,
            b"role" => Attribute::Role,
            b"href" if self.tag.element == Element::Anchor => Attribute::Target,
            b"hidden" => {
                self.tag.hidden = true;
                Attribute::Other
            }
            _ => Attribute::Other,
        };
    }

    fn value(&mut self, value: &str) {
        match self.tag.attribute {
            Attribute::Class => self.tag.furniture |= self.tag.element.is_box() && element::names_furniture(value),
            Attribute::Role => self.tag.furniture |= element::is_furniture_role(value),
            Attribute::Target => self.tag.target = Some(value.trim().to_owned()),
            Attribute::Other => {}
        }
    }

    fn open(&mut self) {
        let tag = std::mem::take(&mut self.tag);
        let element = tag.element;
        if element == Element::Break {
            self.writer.line_break();
            return;
        }
        if element.is_void() {
            return;
        }
        for closed in self.stack.close_implied(element) {
            self.leave(closed);
        }
        let in_article = self.stack.has(Element::Article);
        self.enter(element);
        self.stack.push(Open {
            element,
            skipped: element.is_skipped() || tag.hidden,
            furniture: tag.furniture || element.is_furniture(in_article),
            link: tag.target.map(|target| (self.writer.link_start(), target)),
        });
    }

    fn close(&mut self, element: Element) {
        if element.is_void() {
            return;
        }
        for open in self.stack.close(element) {
            self.leave(open);
        }
    }

    /// Ends what an opening element ends: a block element starts another block, a cell another cell.
    fn enter(&mut self, element: Element) {
        match element {
            Element::Cell => self.writer.cell(),
            element if !element.is_block() => {}
            element if self.stack.has(Element::Row) && !element.breaks_row() => self.writer.space(),
            _ => self.writer.end_block(),
        }
    }

    fn leave(&mut self, open: Open) {
        if let Some((start, target)) = open.link {
            self.writer.link(start, target);
        }
        let in_row = self.stack.has(Element::Row);
        if open.element.is_block() && (!in_row || open.element.breaks_row()) {
            self.writer.end_block();
        } else if open.element.is_block() {
            self.writer.space();
        }
    }

    fn text(&mut self, value: &[u8]) {
        if self.stack.is_skipping() {
            return;
        }
        let text = text_of(value);
        self.writer.kind(self.stack.current_kind());
        if self.stack.has(Element::Pre) && !self.stack.has(Element::Row) {
            self.writer.verbatim(&text);
        } else {
            self.writer.words(&text);
        }
    }

    fn finish(mut self) -> Document {
        for open in self.stack.close_all() {
            if let Some((start, target)) = open.link {
                self.writer.link(start, target);
            }
        }
        self.writer.finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::clean;
    use crate::article::BlockKind::{self, Code, Furniture, Heading, ListItem, Paragraph, TableRow};

    fn blocks(html: &str) -> Vec<(BlockKind, String)> {
        let document = clean(html);
        document.blocks.iter().map(|block| (block.kind, document.text[block.span.range()].to_owned())).collect()
    }

    fn own(blocks: &[(BlockKind, &str)]) -> Vec<(BlockKind, String)> {
        blocks.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect()
    }

    #[test]
    fn blocks_keep_their_kind_and_inline_markup_leaves_no_gap() {
        let html = "<h2>IOCs</h2><p>C2 at <b>evil</b>[.]example &amp; more.<br>Next line</p>\
                    <ul><li><p>one</p><li>two</ul><pre>a\n  b</pre>";
        let expected = own(&[
            (Heading, "IOCs"),
            (Paragraph, "C2 at evil[.]example & more.\nNext line"),
            (ListItem, "one"),
            (ListItem, "two"),
            (Code, "a\n  b"),
        ]);
        assert_eq!(blocks(html), expected);
        assert_eq!(clean(html).text.matches("one\ntwo\n").count(), 1);
    }

    #[test]
    fn a_row_is_one_block_with_a_tab_between_cells() {
        let html =
            "<table><tr><th>Type<th>Value</tr><tr><td><p>md5</p></td><td><code>aa</code><br>bb</td></tr></table>after";
        let expected = own(&[(TableRow, "Type\tValue"), (TableRow, "md5\taa\nbb"), (Paragraph, "after")]);
        assert_eq!(blocks(html), expected);
    }

    #[test]
    fn furniture_is_shown_as_furniture_and_scripts_are_not_shown() {
        let html = "<nav>Home</nav><script>x<p></script><p>Body</p><div class='related-posts'>More</div>\
                    <p>The post A appeared first on B.</p>";
        let expected = own(&[
            (Furniture, "Home"),
            (Paragraph, "Body"),
            (Furniture, "More"),
            (Furniture, "The post A appeared first on B."),
        ]);
        assert_eq!(blocks(html), expected);
    }

    #[test]
    fn a_link_spans_its_words() {
        let document = clean("<p>See <a href=' https://a.example/x '> the report </a>.</p>");
        let link = &document.links[0];
        assert_eq!((&document.text[link.span.range()], link.target.as_str()), ("the report", "https://a.example/x"));
    }

    #[test]
    fn nesting_beyond_reason_costs_nothing_and_keeps_the_words() {
        let html = format!("{}deep{}after", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(clean(&html).text.split_whitespace().collect::<Vec<_>>(), ["deep", "after"]);
    }

    proptest! {
        #[test]
        fn any_tag_soup_gives_ordered_blocks_on_character_boundaries(soup in "(<[/a-z!]{0,3}(p|li|td|tr|a href=x|pre|nav)?>?|é|x | |&#x;|\n){0,60}") {
            check(&soup);
        }

        #[test]
        fn any_text_does_too(raw in any::<String>()) {
            check(&raw);
        }
    }

    fn check(html: &str) {
        let document = clean(html);
        let mut end = 0;
        for block in &document.blocks {
            assert!(block.span.start >= end && !document.text[block.span.range()].is_empty());
            end = block.span.end;
        }
        for link in &document.links {
            let _ = &document.text[link.span.range()];
        }
    }
}
