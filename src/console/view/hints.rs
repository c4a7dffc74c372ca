use crate::console::{
    action::{Action, Ask, Copy, Mark, Step},
    pane::{Overlay, Pane},
    state::App,
};

type Hint = (Action, &'static str);

/// Returns the keys of the moment, those first that are wanted most.
pub(super) fn hints(app: &App) -> Vec<Hint> {
    let hints = app.overlay.as_ref().map_or_else(|| of_pane(app.focus), |state| of_overlay(state.overlay));
    let story = app.open.as_ref().is_some_and(|open| !open.story.is_empty());
    hints.iter().copied().filter(|(action, _)| *action != Action::Story || story).collect()
}

const fn of_overlay(overlay: Overlay) -> &'static [Hint] {
    const ENTER: Hint = (Action::Open, "show its articles");
    const SEARCH: Hint = (Action::Ask(Ask::Search), "search");
    const BACK: Hint = (Action::Back, "close");
    match overlay {
        Overlay::Help | Overlay::Log => &[BACK, SEARCH],
        Overlay::Feeds => &[BACK, SEARCH, ENTER, (Action::Fetch, "ask them now")],
        Overlay::History => &[BACK, SEARCH, ENTER, (Action::Undo, "undo"), (Action::Redo, "redo")],
        Overlay::Views => &[BACK, SEARCH, ENTER],
        Overlay::Matrix => &[BACK, ENTER, (Action::NextPane, "next tactic"), (Action::PreviousPane, "previous tactic")],
        Overlay::Trend => &[BACK, ENTER, (Action::NextPane, "longer"), (Action::PreviousPane, "shorter"), SEARCH],
    }
}

const LIST: &[Hint] = &[
    (Action::Show(Overlay::Help), "help"),
    (Action::Open, "open"),
    (Action::Mark(Mark::Relevant), "reviewed"),
    (Action::Mark(Mark::Dismiss), "dismiss"),
    (Action::Copy(Copy::Hunt), "copy hunt"),
    (Action::Undo, "undo"),
    (Action::Ask(Ask::Search), "search"),
    (Action::NextUnreviewed, "next"),
    (Action::Show(Overlay::Views), "views"),
    (Action::Quit, "quit"),
];

const HUNTS: &[Hint] = &[
    (Action::Show(Overlay::Help), "help"),
    (Action::Copy(Copy::Hunt), "copy"),
    (Action::NextDialect, "dialect"),
    (Action::Move(Step::HalfDown), "query on"),
    (Action::NextEvidence, "evidence"),
    (Action::Copy(Copy::AllHunts), "copy all"),
    (Action::Back, "back"),
];

const INDICATORS: &[Hint] = &[
    (Action::Show(Overlay::Help), "help"),
    (Action::Choose, "choose"),
    (Action::Copy(Copy::Defanged), "copy"),
    (Action::Pivot, "pivot"),
    (Action::Open, "fold"),
    (Action::Back, "back"),
];

const ARTICLE: &[Hint] = &[
    (Action::Show(Overlay::Help), "help"),
    (Action::NextPane, "next pane"),
    (Action::Mark(Mark::Relevant), "reviewed"),
    (Action::Copy(Copy::Hunt), "copy hunt"),
    (Action::Story, "story"),
    (Action::NextEvidence, "evidence"),
    (Action::Browse, "browser"),
    (Action::NextUnreviewed, "next"),
    (Action::Back, "back"),
];

const fn of_pane(pane: Pane) -> &'static [Hint] {
    match pane {
        Pane::List => LIST,
        Pane::Hunts => HUNTS,
        Pane::Indicators => INDICATORS,
        Pane::Article | Pane::Techniques | Pane::Reasons => ARTICLE,
    }
}
