use ratatui::style::Color;

use super::{Role, SHIPPED, Theme};

/// The relative luminance of WCAG 2.
fn luminance(color: Color) -> Option<f64> {
    let Color::Rgb(r, g, b) = color else { return None };
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b))
}

#[test]
fn every_shipped_theme_is_read() {
    for (name, _) in SHIPPED {
        Theme::shipped(name).unwrap();
    }
}

#[test]
fn text_stands_out_from_its_background_in_every_theme_with_colours_of_its_own() {
    let mut checked = 0;
    for (name, _) in SHIPPED {
        let theme = Theme::shipped(name).unwrap();
        for role in Role::ALL.iter().filter(|role| **role != Role::Rule) {
            let style = theme.style(*role);
            let (Some(fg), Some(bg)) = (style.fg.and_then(luminance), style.bg.and_then(luminance)) else { continue };
            let ratio = (fg.max(bg) + 0.05) / (fg.min(bg) + 0.05);
            assert!(ratio >= 4.5, "{name}: {} has a contrast of {ratio:.2}", role.name());
            checked += 1;
        }
    }
    assert!(checked >= 5 * (Role::ALL.len() - 1), "five themes have colours of their own");
}

#[test]
fn the_theme_for_no_color_has_none_and_tells_severities_apart() {
    let theme = Theme::without_colour();
    assert!(!theme.has_colour());
    assert_ne!(theme.style(Role::Crit), theme.style(Role::Low));
    assert_ne!(theme.style(Role::Cursor), theme.style(Role::Text));
}

#[test]
fn a_theme_that_can_not_be_used_says_why() {
    let message = |text: &str| Theme::parse("mine", text).unwrap_err().to_string();
    assert!(message("crit = 3").contains("mine"));
    assert!(message("critical = \"red\"").contains("crit"), "the roles are named");
    assert!(message("crit = \"reddish\"").contains("`reddish`"));
    assert!(Theme::shipped("nope").unwrap_err().to_string().contains("night"));
}
