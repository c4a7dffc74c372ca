use ratatui::style::{Color, Modifier, Style};

/// What in a style cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a colour (red, bright-red, #ff8800, 0 to 255) nor bold, dim, italic, underline or reverse")]
pub struct StyleError(String);

/// Reads a style such as `#ff8800 on black bold`.
///
/// # Errors
/// Returns the first word that is not part of a style.
pub fn parse_style(text: &str) -> Result<Style, StyleError> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            "on" => {
                let name = words.next().unwrap_or_default();
                style.bg(color(name).ok_or_else(|| StyleError(name.into()))?)
            }
            name => style.fg(color(name).ok_or_else(|| StyleError(name.into()))?),
        };
    }
    Ok(style)
}

const NAMED: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

fn color(name: &str) -> Option<Color> {
    if let Some(hex) = name.strip_prefix('#') {
        let plain = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        let number = u32::from_str_radix(hex, 16).ok().filter(|_| plain)?;
        return Some(Color::from_u32(number));
    }
    let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, color)| *color);
    named.or_else(|| name.parse().ok().map(Color::Indexed))
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier, Style};

    use super::parse_style;

    #[test]
    fn colours_and_weights_are_read_in_any_order() {
        let style = Style::new().fg(Color::Rgb(255, 136, 0)).bg(Color::Black).add_modifier(Modifier::BOLD);
        assert_eq!(parse_style("bold #ff8800 on black").unwrap(), style);
        assert_eq!(parse_style("").unwrap(), Style::new());
        for bad in ["purplish", "#12345", "#+12345", "on", "300"] {
            assert!(parse_style(bad).is_err(), "{bad}");
        }
    }
}
