use std::io::Write as _;

use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};

/// How a piece of text looks.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sgr {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Sgr {
    pub(super) const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Returns `true` if a blank looks the same in both: nothing but its background is seen.
    pub(super) fn blank_alike(self, other: Self) -> bool {
        let seen = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        let plain = |sgr: Self| !sgr.modifier.intersects(seen);
        self.bg == other.bg && plain(self) && plain(other)
    }

    /// Writes the codes that make a terminal, which writes in another look or in one that is not known, write in this.
    pub(super) fn put_on(self, before: Option<Self>, out: &mut Vec<u8>) {
        let mut codes: Vec<u8> = Vec::new();
        let mut from = before.unwrap_or(Self::PLAIN);
        if before.is_none() || !self.modifier.contains(from.modifier) {
            codes.extend_from_slice(b"0;");
            from = Self::PLAIN;
        }
        for (modifier, code) in MODIFIERS {
            if self.modifier.contains(modifier) && !from.modifier.contains(modifier) {
                let _ = write!(codes, "{code};");
            }
        }
        if self.fg != from.fg {
            colour(&mut codes, self.fg, 30);
        }
        if self.bg != from.bg {
            colour(&mut codes, self.bg, 40);
        }
        codes.pop();
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(if codes == b"0" { b"" } else { &codes });
        out.push(b'm');
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
