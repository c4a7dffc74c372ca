use crate::{
    briefing::Severity,
    console::{message::Effect, state::App},
    store::Row,
};

/// Of how many articles one batch tells at the most: nobody reads more.
pub(super) const MOST: usize = 50;

/// Tells whether anybody wants to be told of new articles.
pub(super) fn wanted(app: &App) -> bool {
    let told = &app.notify;
    Severity::from_word(&told.severity).is_some() && (told.bell || told.terminal || !told.command.is_empty())
}

/// Chooses the articles that are told of.
pub(super) fn arrived(app: &App, mut rows: Vec<Row>) -> Vec<Effect> {
    let Some(least) = Severity::from_word(&app.notify.severity) else { return Vec::new() };
    rows.retain(|row| row.severity >= least && !row.demo);
    if rows.is_empty() { Vec::new() } else { vec![Effect::Notify(rows)] }
}
