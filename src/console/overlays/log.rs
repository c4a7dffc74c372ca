use super::OverlayLine;
use crate::console::{
    state::{App, Tone},
    theme::Role,
};

pub(super) fn lines(app: &App) -> Vec<OverlayLine> {
    app.log
        .iter()
        .rev()
        .map(|line| {
            let role = match line.tone {
                Tone::Good => Role::Good,
                Tone::Plain => Role::Text,
                Tone::Fault => Role::Fault,
            };
            OverlayLine::new([(Role::Dim, format!(" {} ", line.at.strftime("%H:%M:%S"))), (role, line.text.clone())])
        })
        .collect()
}
