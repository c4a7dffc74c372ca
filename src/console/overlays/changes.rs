use super::OverlayLine;
use crate::{
    console::{action::Action, article_layout::ago, state::App, terms::any_of, theme::Role},
    triage::Journal,
};

/// Of how many articles of one change the list is shown.
const MAX_CHANGES: usize = 200;

pub(super) fn lines(app: &App) -> Vec<OverlayLine> {
    let next = app.history.iter().position(|line| !line.undone && line.change.is_decision());
    app.history.iter().enumerate().map(|(index, line)| write(app, line, next == Some(index))).collect()
}

fn write(app: &App, line: &Journal, next: bool) -> OverlayLine {
    let articles = match line.articles.as_slice() {
        [one] => app.titles.get(one).map_or_else(|| format!("article {one}"), |title| format!("“{title}”")),
        many => format!("{} articles", many.len()),
    };
    let remark = match (line.undone, next) {
        (true, _) => "(undone) ".to_owned(),
        (_, true) => format!("({} undoes it) ", app.keymap.key_of(Action::Undo)),
        _ => String::new(),
    };
    let role = if line.undone { Role::Done } else { Role::Text };
    OverlayLine::new([
        (Role::Dim, format!(" {:>9}  ", ago(app.now, line.at))),
        (role, format!("{} ", line.change.words())),
        (Role::Key, remark),
        (Role::Dim, articles),
    ])
    .leading("Changed", any_of(line.articles.iter().take(MAX_CHANGES)))
}
