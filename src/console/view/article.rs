use ratatui::layout::Rect;

use super::canvas::{Canvas, TextCursor, rows};
use crate::{
    article::BlockKind,
    console::{
        article_layout::LineContent,
        state::{App, Open},
        theme::Role,
    },
    indicator::Tier,
    text::{Part, Safe, Span, width},
};

/// Draws the article under the cursor, its evidence highlighted.
pub(super) fn draw(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(open) = &app.open else {
        if app.reading.is_some() {
            canvas.line(Rect { height: area.height.min(1), ..area }, Role::Dim, " …");
        }
        return;
    };
    let marks = Marks::of(app, open);
    for (row, line) in rows(area).zip(open.layout.lines.iter().skip(open.scroll)) {
        let mut at = canvas.start(row);
        match &line.shows {
            LineContent::StyledText(pieces) => {
                for (text, role) in pieces {
                    canvas.put(&mut at, *role, text.as_str());
                }
            }
            LineContent::Title(span) => {
                marks.put(&mut at, &open.item.article.title, *span, Part::Title, Role::Title, canvas);
            }
            LineContent::Text(span, kind) => {
                if line.indent > 0 {
                    let bullet = if app.plain { "- " } else { "• " };
                    let lead = if line.bullet { bullet } else { "  " };
                    canvas.put(&mut at, Role::Dim, lead);
                }
                marks.put(&mut at, &open.item.article.document.text, *span, Part::Text, role_of(*kind), canvas);
            }
        }
    }
}

const fn role_of(kind: BlockKind) -> Role {
    match kind {
        BlockKind::Heading => Role::Heading,
        BlockKind::Code | BlockKind::TableRow => Role::Code,
        BlockKind::Furniture => Role::Dim,
        BlockKind::Paragraph | BlockKind::ListItem => Role::Text,
    }
}

/// Everything that is highlighted, the weightiest first.
struct Marks<'a> {
    marks: Vec<(Part, Span, Role)>,
    words: &'a [String],
}

impl<'a> Marks<'a> {
    fn of(app: &'a App, open: &Open) -> Self {
        let briefing = &open.item.briefing;
        let mut marks = Vec::new();
        if let Some(shown) = open.shown.current() {
            marks.push((shown.part, shown.span, Role::Shown));
        }
        marks.extend(open.shown.evidence.iter().map(|evidence| (evidence.part, evidence.span, Role::Found)));
        let indicators = briefing.indicators.iter().filter(|indicator| indicator.tier == Tier::Indicator);
        marks.extend(indicators.map(|indicator| (Part::Text, indicator.span, Role::Indicator)));
        marks.extend(briefing.signals.iter().map(|signal| (signal.evidence.part, signal.evidence.span, Role::Signal)));
        let techniques = briefing.techniques.iter().flat_map(|hit| &hit.evidence);
        let phases = briefing.kill_chain.iter().flat_map(|hit| &hit.evidence);
        marks.extend(techniques.chain(phases).map(|evidence| (evidence.part, evidence.span, Role::Technique)));
        Self { marks, words: &app.words }
    }

    /// Puts a part of a text, each piece of it in the role of the weightiest mark over it.
    fn put(&self, at: &mut TextCursor, text: &str, span: Span, part: Part, role: Role, canvas: &mut Canvas<'_>) {
        let found = self.found(text, span);
        let over: Vec<(Span, Role)> = self
            .marks
            .iter()
            .filter(|(of, mark, _)| *of == part && mark.overlaps(span))
            .map(|(_, mark, role)| (*mark, *role))
            .chain(found.into_iter().map(|span| (span, Role::Found)))
            .collect();
        let mut cuts: Vec<usize> = vec![span.start, span.end];
        cuts.extend(over.iter().flat_map(|(mark, _)| [mark.start, mark.end]));
        cuts.retain(|cut| (span.start..=span.end).contains(cut) && text.is_char_boundary(*cut));
        cuts.sort_unstable();
        cuts.dedup();
        let begin = at.x;
        for pair in cuts.windows(2) {
            let Some(piece) = text.get(pair[0]..pair[1]) else { continue };
            let mark = over.iter().find(|(mark, _)| mark.start <= pair[0] && pair[1] <= mark.end);
            let style = match mark {
                Some((_, over)) => canvas.theme().style(role).patch(canvas.theme().overlay(*over)),
                None => canvas.theme().style(role),
            };
            let piece = tabbed(piece, usize::from(at.x - begin));
            canvas.put_styled(at, style, &piece);
        }
    }

    /// Finds the words that were searched for in a line. Letters beyond ASCII are compared as they are.
    fn found(&self, text: &str, span: Span) -> Vec<Span> {
        let Some(line) = text.get(span.range()).filter(|_| !self.words.is_empty()) else { return Vec::new() };
        let bytes = line.as_bytes();
        let mut found = Vec::new();
        for word in self.words.iter().filter(|word| (2..=bytes.len()).contains(&word.len())) {
            for (at, window) in bytes.windows(word.len()).enumerate() {
                if window.eq_ignore_ascii_case(word.as_bytes()) {
                    found.push(Span::new(span.start + at, span.start + at + word.len()));
                }
            }
        }
        found
    }
}

/// Widens tabs up to the next stop of eight columns, counted from the start of the line.
fn tabbed(piece: &str, before: usize) -> String {
    if !piece.contains('\t') {
        return piece.to_owned();
    }
    let mut out = String::new();
    for (index, part) in piece.split('\t').enumerate() {
        if index > 0 {
            let used = before + width(Safe::line(&out).as_str());
            out.extend(std::iter::repeat_n(' ', 8 - used % 8));
        }
        out.push_str(part);
    }
    out
}
