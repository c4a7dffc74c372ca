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
        Just("                       "),
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

fn paint(painter: &mut Painter, text: &'static str) -> Vec<u8> {
    painter.paint(SIZE, |buffer| draw(&[(0, 0, text, None, Modifier::empty())], buffer)).to_vec()
}

#[test]
fn many_blanks_are_erased_and_not_written() {
    let mut painter = Painter::new();
    paint(&mut painter, "a line that goes on");
    let text = String::from_utf8(paint(&mut painter, "a")).unwrap();
    assert!(text.contains("\x1b[17X") && !text.contains("  "), "{text:?}");
}

#[test]
fn a_few_cells_between_are_written_rather_than_crossed() {
    let mut painter = Painter::new();
    paint(&mut painter, "a b c d e f g h i");
    let bytes = paint(&mut painter, "plain text");
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\x1b[1;1H") && text.contains("plain text"), "{text:?}");
    assert_eq!(text.matches("\x1b[").count(), 7, "{text:?}");
}
