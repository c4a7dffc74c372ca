//! What of a frame differs from the one before, as few bytes for a terminal.

use std::io::Write as _;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::{Color, Modifier},
};

use crate::text::width;

/// The greatest screen that is drawn, in columns and rows: a terminal may claim any size.
const GREATEST: (u16, u16) = (1_000, 500);

/// Keeps what is on the screen, and writes what has to be written for it to become something else.
pub struct Painter {
    shown: Buffer,
    next: Buffer,
    /// Whether nothing is known of what is on the screen.
    blank: bool,
    cursor: Option<Position>,
    out: Vec<u8>,
}

impl Default for Painter {
    fn default() -> Self {
        Self::new()
    }
}

impl Painter {
    /// Begins with a screen of which nothing is known.
    pub fn new() -> Self {
        let empty = || Buffer::empty(Rect::ZERO);
        Self { shown: empty(), next: empty(), blank: true, cursor: None, out: Vec::new() }
    }

    /// Forgets what is on the screen, so that the next frame draws all of it.
    pub fn forget(&mut self) {
        self.blank = true;
    }

    /// Draws a frame of a size and gives the bytes that bring it to the terminal; none when nothing changes.
    pub fn paint(&mut self, size: (u16, u16), draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> &[u8] {
        let area = Rect::new(0, 0, size.0.min(GREATEST.0), size.1.min(GREATEST.1));
        if self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.next = Buffer::empty(area);
            self.blank = true;
        }
        self.next.reset();
        let cursor = draw(&mut self.next);
        self.out.clear();
        if self.blank {
            self.shown.reset();
        }
        let mut brush = Brush { next: &self.next, out: &mut self.out, at: None, style: None };
        let columns = usize::from(area.width).max(1);
        let rows = self.shown.content.chunks(columns).zip(self.next.content.chunks(columns));
        for (y, (before, after)) in (0..).zip(rows) {
            brush.row(y, before, after);
        }
        if brush.style.is_some() {
            brush.out.extend_from_slice(b"\x1b[0m");
        }
        self.place(cursor);
        std::mem::swap(&mut self.shown, &mut self.next);
        if self.blank || !self.out.is_empty() {
            // The whole frame at once, or a slow terminal shows it half drawn.
            let clear: &[u8] = if self.blank { b"\x1b[?2026h\x1b[0m\x1b[?25l\x1b[2J" } else { b"\x1b[?2026h" };
            self.out.splice(0..0, clear.iter().copied());
            self.out.extend_from_slice(b"\x1b[?2026l");
            self.blank = false;
        }
        &self.out
    }

    /// Shows the cursor where something is being written, and hides it elsewhere.
    fn place(&mut self, cursor: Option<Position>) {
        let moved = !self.out.is_empty() || self.blank;
        if let Some(Position { x, y }) = cursor.filter(|_| moved || cursor != self.cursor) {
            let _ = write!(self.out, "\x1b[{};{}H\x1b[?25h", y + 1, x + 1);
        } else if cursor.is_none() && self.cursor.is_some() && !self.blank {
            self.out.extend_from_slice(b"\x1b[?25l");
        }
        self.cursor = cursor;
    }
}

/// How a piece of text looks.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Tells whether a blank looks the same in both: nothing but its background is seen.
    fn blank_alike(self, other: Self) -> bool {
        let seen = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        let plain = |look: Self| !look.modifier.intersects(seen);
        self.bg == other.bg && plain(self) && plain(other)
    }
}

struct Brush<'a> {
    next: &'a Buffer,
    out: &'a mut Vec<u8>,
    /// Where the terminal's cursor is, when that is known.
    at: Option<(u16, u16)>,
    /// How the terminal writes at present, when it was told.
    style: Option<Look>,
}

impl Brush<'_> {
    /// Writes what differs in one line. Writing over half of a wide letter spoils its other half too.
    fn row(&mut self, y: u16, before: &[Cell], after: &[Cell]) {
        let (mut spoilt, mut covered) = (0_usize, 0_usize);
        for (x, (before, after)) in (0..).zip(before.iter().zip(after)) {
            let differs = before != after || spoilt > 0;
            spoilt = spoilt.saturating_sub(1);
            if differs {
                spoilt = spoilt.max(columns(before) - 1);
            }
            if covered > 0 {
                covered -= 1;
                continue;
            }
            if differs {
                self.put(x, y, after);
            }
            covered = columns(after) - 1;
        }
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        self.go(x, y);
        let look = Look::of(cell);
        let same = self.style.is_some_and(|style| style == look || (cell.symbol() == " " && style.blank_alike(look)));
        if !same {
            self.dress(look);
        }
        self.out.extend_from_slice(certain(cell.symbol()).as_bytes());
        // Terminals do not agree on how wide a cluster or a wide letter is: what comes next is placed anew.
        self.at = is_simple(cell).then_some((x + 1, y));
    }

    /// Moves to a cell, the shortest way.
    fn go(&mut self, x: u16, y: u16) {
        match self.at {
            Some((column, row)) if (column, row) == (x, y) => {}
            Some((column, row)) if row == y && column < x => {
                if !self.cross(column, x, y) {
                    let _ = match x - column {
                        1 => write!(self.out, "\x1b[C"),
                        by => write!(self.out, "\x1b[{by}C"),
                    };
                }
            }
            _ => {
                let _ = write!(self.out, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
    }

    /// Writes the few cells between again where that is shorter than a movement.
    fn cross(&mut self, from: u16, to: u16, y: u16) -> bool {
        let Some(style) = self.style.filter(|_| to - from <= 4) else { return false };
        let cells = || (from..to).map(|x| &self.next[(x, y)]);
        let writable = |cell: &Cell| {
            let look = Look::of(cell);
            is_simple(cell) && (look == style || (cell.symbol() == " " && style.blank_alike(look)))
        };
        let bytes: usize = cells().map(|cell| cell.symbol().len()).sum();
        if bytes > 4 || !cells().all(writable) {
            return false;
        }
        for x in from..to {
            self.out.extend_from_slice(self.next[(x, y)].symbol().as_bytes());
        }
        true
    }

    /// Changes how the terminal writes, by what differs.
    fn dress(&mut self, look: Look) {
        let mut codes: Vec<u8> = Vec::new();
        let mut from = self.style.unwrap_or(Look::PLAIN);
        if self.style.is_none() || !look.modifier.contains(from.modifier) {
            codes.extend_from_slice(b"0;");
            from = Look::PLAIN;
        }
        for (modifier, code) in MODIFIERS {
            if look.modifier.contains(modifier) && !from.modifier.contains(modifier) {
                let _ = write!(codes, "{code};");
            }
        }
        if look.fg != from.fg {
            colour(&mut codes, look.fg, 30);
        }
        if look.bg != from.bg {
            colour(&mut codes, look.bg, 40);
        }
        codes.pop();
        self.out.extend_from_slice(b"\x1b[");
        self.out.extend_from_slice(if codes == b"0" { b"" } else { &codes });
        self.out.push(b'm');
        self.style = Some(look);
    }
}

const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// Gives how many columns a cell's text takes, one at the least.
fn columns(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    if symbol.len() == 1 { 1 } else { width(symbol).max(1) }
}

/// Gives as much of a cluster as takes no more columns in any terminal than it has: one that does not join a skin tone
/// to its hand would write over what stands behind it, at the end of a line over the next one.
fn certain(symbol: &str) -> &str {
    let mut chars = symbol.chars();
    let apart: usize = symbol.chars().map(|c| width(c.encode_utf8(&mut [0; 4]))).sum();
    match chars.next() {
        Some(first) if apart > width(symbol) => &symbol[..first.len_utf8()],
        _ => symbol,
    }
}

/// Tells whether a cell holds one character of one column, about which terminals agree.
fn is_simple(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    symbol.is_ascii() || (symbol.chars().count() == 1 && width(symbol) == 1)
}

/// Writes a colour's code, counted from 30 for text and from 40 for what lies behind it.
fn colour(codes: &mut Vec<u8>, colour: Color, base: u8) {
    let basic = |number: u8| if number < 8 { base + number } else { base + 52 + number };
    let named = match colour {
        Color::Reset => Some(base + 9),
        Color::Black => Some(basic(0)),
        Color::Red => Some(basic(1)),
        Color::Green => Some(basic(2)),
        Color::Yellow => Some(basic(3)),
        Color::Blue => Some(basic(4)),
        Color::Magenta => Some(basic(5)),
        Color::Cyan => Some(basic(6)),
        Color::Gray => Some(basic(7)),
        Color::DarkGray => Some(basic(8)),
        Color::LightRed => Some(basic(9)),
        Color::LightGreen => Some(basic(10)),
        Color::LightYellow => Some(basic(11)),
        Color::LightBlue => Some(basic(12)),
        Color::LightMagenta => Some(basic(13)),
        Color::LightCyan => Some(basic(14)),
        Color::White => Some(basic(15)),
        Color::Indexed(_) | Color::Rgb(..) => None,
    };
    let _ = match (named, colour) {
        (Some(code), _) => write!(codes, "{code};"),
        (None, Color::Indexed(number)) => write!(codes, "{};5;{number};", base + 8),
        (None, Color::Rgb(red, green, blue)) => write!(codes, "{};2;{red};{green};{blue};", base + 8),
        (None, _) => Ok(()),
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, any, prop, prop_oneof, proptest};
    use ratatui::{
        buffer::Buffer,
        layout::Position,
        style::{Color, Modifier, Style},
    };

    use super::Painter;

    const SIZE: (u16, u16) = (24, 6);

    /// Text put at a place in a style.
    type Stroke = (u16, u16, &'static str, Option<Color>, Modifier);

    fn strokes() -> impl proptest::strategy::Strategy<Value = Vec<Stroke>> {
        let text = prop_oneof![
            Just("plain text"),
            Just("   "),
            Just("日本語"),
            Just("e\u{301}a"),
            Just("─│◆"),
            Just("a b c d e f g h i"),
            Just("👍🏽 ok"),
        ];
        let colour = prop_oneof![
            Just(None),
            Just(Some(Color::Red)),
            Just(Some(Color::LightBlue)),
            Just(Some(Color::Indexed(200))),
            Just(Some(Color::Rgb(1, 2, 3))),
        ];
        let modifier = any::<u8>().prop_map(|bits| Modifier::from_bits_truncate(u16::from(bits) & 0b0100_1101));
        prop::collection::vec((0..SIZE.0, 0..SIZE.1, text, colour, modifier), 0..12)
    }

    use proptest::strategy::Strategy as _;

    fn draw(strokes: &[Stroke], buffer: &mut Buffer) -> Option<Position> {
        for (x, y, text, colour, modifier) in strokes {
            let style = Style { fg: *colour, bg: colour.filter(|_| x % 2 == 0), ..Style::new() };
            buffer.set_stringn(*x, *y, text, usize::from(SIZE.0 - x), style.add_modifier(*modifier));
        }
        strokes.first().map(|(x, y, ..)| Position { x: *x, y: *y })
    }

    fn seen(bytes: &[u8]) -> Vec<String> {
        let mut parser = vt100::Parser::new(SIZE.1.try_into().unwrap(), SIZE.0.try_into().unwrap(), 0);
        parser.process(bytes);
        let screen = parser.screen();
        let mut cells = Vec::new();
        for y in 0..SIZE.1 {
            for x in 0..SIZE.0 {
                let Some(cell) = screen.cell(y, x) else { continue };
                let blank = cell.contents().trim().is_empty();
                let ink = (cell.fgcolor(), cell.bold(), cell.italic());
                let ink = if blank { String::new() } else { format!("{ink:?}") };
                cells.push(format!(
                    "{:?} {ink} {:?} {} {}",
                    cell.contents().trim(),
                    cell.bgcolor(),
                    cell.underline(),
                    cell.inverse()
                ));
            }
        }
        cells
    }

    proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
        #[test]
        fn what_differs_brings_the_terminal_to_the_same_screen(before in strokes(), after in strokes()) {
            let mut painter = Painter::new();
            let mut bytes = painter.paint(SIZE, |buffer| draw(&before, buffer)).to_vec();
            bytes.extend_from_slice(painter.paint(SIZE, |buffer| draw(&after, buffer)));
            let whole = Painter::new().paint(SIZE, |buffer| draw(&after, buffer)).to_vec();
            proptest::prop_assert_eq!(seen(&bytes), seen(&whole));
        }
    }

    #[test]
    fn nothing_is_written_when_nothing_changes() {
        let mut painter = Painter::new();
        let strokes: &[Stroke] = &[(1, 1, "plain text", Some(Color::Red), Modifier::BOLD)];
        assert!(!painter.paint(SIZE, |buffer| draw(strokes, buffer)).is_empty());
        assert!(painter.paint(SIZE, |buffer| draw(strokes, buffer)).is_empty());
        painter.forget();
        assert!(painter.paint(SIZE, |buffer| draw(strokes, buffer)).starts_with(b"\x1b[?2026h\x1b[0m\x1b[?25l\x1b[2J"));
        assert!(painter.paint((3, 2), |_| None).starts_with(b"\x1b[?2026h"), "another size is a new screen");
    }

    #[test]
    fn a_few_cells_between_are_written_rather_than_crossed() {
        let mut painter = Painter::new();
        let paint = |painter: &mut Painter, text: &'static str| {
            painter.paint(SIZE, |buffer| draw(&[(0, 0, text, None, Modifier::empty())], buffer)).to_vec()
        };
        paint(&mut painter, "a b c d e f g h i");
        let bytes = paint(&mut painter, "plain text");
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("\x1b[1;1H") && text.contains("plain text"), "{text:?}");
        assert_eq!(text.matches("\x1b[").count(), 7, "{text:?}");
    }
}
