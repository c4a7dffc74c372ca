use std::sync::LazyLock;

use super::{
    Action, Ask, Copy, Entry, FilterBy, Mark,
    Place::{self, Everywhere, Hunts, Indicators, List},
    Siem, Step, Tune,
};
use crate::{
    console::pane::{Overlay, Pane},
    hunt::Dialect,
    triage::Order,
};

const fn row(
    action: Action,
    place: Place,
    name: &'static str,
    keys: &'static [&'static str],
    about: &'static str,
) -> Entry {
    Entry { action, name, about, keys, place }
}

/// Every action: help, palette, hints, the manual and the check of a user's keymap are made from it.
pub static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut table = Vec::with_capacity(ROWS.len() + Dialect::ALL.len());
    for row in ROWS {
        table.push(*row);
        if row.action == Action::Copy(Copy::Hunt) {
            table.extend(Dialect::ALL.map(copy_as));
        }
    }
    table
});

/// Returns the action that copies a hunt in one dialect.
fn copy_as(dialect: Dialect) -> Entry {
    // Made once for each dialect, and needed as long as the table is.
    let key: &str = format!("Y {}", dialect.key()).leak();
    let keys: &[&str] = vec![key].leak();
    Entry {
        action: Action::Copy(Copy::As(dialect)),
        name: format!("copy-{}", dialect.name()).leak(),
        about: format!("Copy the hunt as {}", dialect.label()).leak(),
        keys,
        place: Everywhere,
    }
}

/// The actions, without those of the single dialects.
#[rustfmt::skip]
static ROWS: &[Entry] = &[
    row(Action::Move(Step::Down), Everywhere, "down", &["j", "down"], "Move down, or scroll"),
    row(Action::Move(Step::Up), Everywhere, "up", &["k", "up"], "Move up, or scroll"),
    row(Action::Move(Step::HalfDown), Everywhere, "half-page-down", &["ctrl-d"], "Move half a page down"),
    row(Action::Move(Step::HalfUp), Everywhere, "half-page-up", &["ctrl-u"], "Move half a page up"),
    row(Action::Move(Step::PageDown), Everywhere, "page-down", &["pagedown", "ctrl-f", "space"], "Move a page down"),
    row(Action::Move(Step::PageUp), Everywhere, "page-up", &["pageup", "ctrl-b"], "Move a page up"),
    row(Action::Move(Step::Top), Everywhere, "top", &["g g", "home"], "Go to the first line, or to line COUNT"),
    row(Action::Move(Step::Bottom), Everywhere, "bottom", &["G", "end"], "Go to the last line, or to line COUNT"),
    row(Action::NextPane, Everywhere, "next-pane", &["tab", "l", "right"], "Go to the next pane"),
    row(Action::PreviousPane, Everywhere, "previous-pane", &["shift-tab", "h", "left"], "Go to the previous pane"),
    row(Action::Go(Pane::List), Everywhere, "go-list", &["g l"], "Go to the list"),
    row(Action::Go(Pane::Article), Everywhere, "go-article", &["g a"], "Go to the article"),
    row(Action::Go(Pane::Indicators), Everywhere, "go-indicators", &["g i"], "Go to the indicators"),
    row(Action::Go(Pane::Techniques), Everywhere, "go-techniques", &["g t"], "Go to the techniques and the kill chain"),
    row(Action::Go(Pane::Hunts), Everywhere, "go-hunts", &["g h"], "Go to the hunts"),
    row(Action::Go(Pane::Reasons), Everywhere, "go-reasons", &["g w"], "Go to why it has its severity"),
    row(Action::Open, Everywhere, "open", &["enter"], "Open the article, fold a tier, or go to the evidence"),
    row(Action::Back, Everywhere, "back", &["esc", "backspace"], "Leave what is open, one level at a time"),
    row(Action::Zoom, Everywhere, "zoom", &["="], "Give this pane the whole screen, or take it back"),
    row(Action::NextEvidence, Everywhere, "next-evidence", &["e"], "Show the next evidence of what is selected"),
    row(Action::NextUnreviewed, Everywhere, "next-unreviewed", &["n"], "Go to the next article that is not reviewed"),
    row(Action::PreviousUnreviewed, Everywhere, "previous-unreviewed", &["p"], "Go to the previous article that is not reviewed"),

    row(Action::Mark(Mark::Relevant), Everywhere, "review-relevant", &["r r"], "Reviewed: it concerns us"),
    row(Action::Mark(Mark::NotRelevant), Everywhere, "review-not-relevant", &["r n"], "Reviewed: it does not concern us"),
    row(Action::Mark(Mark::Escalated), Everywhere, "review-escalated", &["r e"], "Reviewed: handed on to act upon"),
    row(Action::Mark(Mark::Unread), Everywhere, "mark-new", &["r u"], "Make it new again"),
    row(Action::Mark(Mark::Dismiss), Everywhere, "dismiss", &["x"], "Put it away unjudged"),
    row(Action::Mark(Mark::Snooze(4)), Everywhere, "snooze-hours", &["z h"], "Put it away for four hours"),
    row(Action::Mark(Mark::Snooze(24)), Everywhere, "snooze-day", &["z d"], "Put it away for a day"),
    row(Action::Mark(Mark::Snooze(168)), Everywhere, "snooze-week", &["z w"], "Put it away for a week"),
    row(Action::Mark(Mark::Star), Everywhere, "star", &["s"], "Star it, or take the star off"),
    row(Action::Mark(Mark::Own), Everywhere, "own", &["a"], "Take it as yours, or give it back"),
    row(Action::Ask(Ask::Tag), Everywhere, "tag", &["t"], "Add a tag; -tag takes it off"),
    row(Action::Ask(Ask::Note), Everywhere, "note", &["N"], "Write a note of several lines"),
    row(Action::Undo, Everywhere, "undo", &["u"], "Undo the last change, also after a restart"),
    row(Action::Redo, Everywhere, "redo", &["ctrl-r"], "Do the undone change again"),
    row(Action::Visual, List, "select", &["v"], "Start or end a selection of rows"),
    row(Action::SelectAll, List, "select-all", &["A"], "Select every article of the list, or none"),

    row(Action::Copy(Copy::Hunt), Everywhere, "copy-hunt", &["y"], "Copy the hunt in the dialect shown"),
    row(Action::Copy(Copy::AllHunts), Everywhere, "copy-all-hunts", &["Y a"], "Copy all hunts of the article"),
    row(Action::Copy(Copy::Defanged), Everywhere, "copy-indicators", &["Y i"], "Copy the chosen or all indicators, defanged"),
    row(Action::Copy(Copy::Live), Everywhere, "copy-indicators-live", &["Y I"], "Copy the chosen or all indicators, live"),
    row(Action::Copy(Copy::Csv), Everywhere, "copy-indicators-csv", &["Y c"], "Copy the chosen or all indicators as CSV"),
    row(Action::Copy(Copy::AsHunt), Everywhere, "copy-chosen-hunt", &["Y h"], "Copy a hunt with just the chosen indicators"),
    row(Action::Copy(Copy::Techniques), Everywhere, "copy-techniques", &["Y t"], "Copy the technique ids"),
    row(Action::Copy(Copy::Link), Everywhere, "copy-link", &["Y l"], "Copy the article's link"),
    row(Action::Copy(Copy::Briefing), Everywhere, "copy-briefing", &["Y b"], "Copy the briefing as Markdown"),
    row(Action::Copy(Copy::Evidence), Everywhere, "copy-evidence", &["Y e"], "Copy the sentence that is the evidence"),
    row(Action::Copy(Copy::HandOver), Everywhere, "copy-hand-over", &["Y r"], "Copy the report for the next shift"),
    row(Action::Choose, Indicators, "choose", &["m"], "Choose this indicator for copying, or drop it"),
    row(Action::Ask(Ask::Rule(true)), Indicators, "allow-indicator", &["+"], "Rule that this value always is an indicator, with a reason"),
    row(Action::Ask(Ask::Rule(false)), Indicators, "suppress-indicator", &["-"], "Rule that this value never is an indicator, with a reason"),
    row(Action::Unrule, Indicators, "unrule-indicator", &["."], "Take the ruling on this value away"),
    row(Action::NextDialect, Hunts, "next-dialect", &["d"], "Show the hunt in the next dialect"),
    row(Action::MoreHunts, Hunts, "more-hunts", &["H"], "List every hunt, or the best ones only"),
    row(Action::Tune(Tune::Window), Everywhere, "hunt-window", &["P w"], "Look back over more or fewer days; COUNT names them"),
    row(Action::Tune(Tune::Summaries), Everywhere, "hunt-summaries", &["P s"], "SPL: accelerated summaries only, or all data"),
    row(Action::Tune(Tune::Earliest), Everywhere, "hunt-earliest", &["P e"], "SPL: bound the time in the query, or leave it to the time picker"),
    row(Action::Ask(Ask::Prefix), Everywhere, "hunt-prefix", &["P p"], "SPL: write an index or macro that goes before the search"),
    row(Action::Tune(Tune::Cap), Everywhere, "hunt-cap", &["P c"], "Put more or fewer values into one query; COUNT names them"),
    row(Action::Tune(Tune::Next), Everywhere, "hunt-next-values", &["P n"], "The next values of a list that was cut"),
    row(Action::Tune(Tune::Reset), Everywhere, "hunt-defaults", &["P r"], "Render queries as the configuration says again"),
    row(Action::Browse, Everywhere, "browse", &["o"], "Open the article in the browser"),
    row(Action::Siem(Siem::Splunk), Everywhere, "open-splunk", &["S s"], "Open the hunt in Splunk"),
    row(Action::Siem(Siem::Defender), Everywhere, "open-defender", &["S d"], "Open the hunt in Defender"),
    row(Action::Siem(Siem::Sentinel), Everywhere, "open-sentinel", &["S e"], "Open the hunt in Sentinel"),

    row(Action::Ask(Ask::Search), Everywhere, "search", &["/"], "Search with the triage language"),
    row(Action::Filter(FilterBy::Severity("sev:crit")), Everywhere, "filter-crit", &["f c"], "Only CRIT"),
    row(Action::Filter(FilterBy::Severity("sev>=high")), Everywhere, "filter-high", &["f h"], "HIGH and worse"),
    row(Action::Filter(FilterBy::Severity("sev>=med")), Everywhere, "filter-med", &["f m"], "MED and worse"),
    row(Action::Filter(FilterBy::Severity("")), Everywhere, "filter-all", &["f a"], "Every severity"),
    row(Action::Filter(FilterBy::State("state:new")), Everywhere, "filter-new", &["f n"], "Only new ones"),
    row(Action::Filter(FilterBy::State("unreviewed")), Everywhere, "filter-unreviewed", &["f u"], "Only those that are not reviewed"),
    row(Action::Filter(FilterBy::State("reviewed")), Everywhere, "filter-reviewed", &["f r"], "Only reviewed ones"),
    row(Action::Filter(FilterBy::State("dismissed")), Everywhere, "filter-dismissed", &["f x"], "Only dismissed ones"),
    row(Action::Filter(FilterBy::State("snoozed")), Everywhere, "filter-snoozed", &["f z"], "Only snoozed ones"),
    row(Action::Filter(FilterBy::State("starred")), Everywhere, "filter-starred", &["f s"], "Only starred ones"),
    row(Action::Filter(FilterBy::State("")), Everywhere, "filter-any-state", &["f ."], "Every state"),
    row(Action::Filter(FilterBy::Demo), Everywhere, "filter-demo", &["f d"], "Hide the demo articles, or show them"),
    row(Action::Filter(FilterBy::Clear), Everywhere, "filter-clear", &["f f"], "Take every filter and the search off"),
    row(Action::Sort(Order::Severity), Everywhere, "sort-severity", &[", s"], "Sort by severity, then date"),
    row(Action::Sort(Order::Date), Everywhere, "sort-date", &[", d"], "Sort by date"),
    row(Action::Sort(Order::Score), Everywhere, "sort-score", &[", c"], "Sort by score"),
    row(Action::Pivot, Everywhere, "pivot", &["*"], "Show every article with what the cursor is on; in an article, with a name that is in it"),
    row(Action::Story, Everywhere, "story", &["g s"], "Show every article that tells of the same, from every source"),
    row(Action::Return, Everywhere, "return", &["ctrl-o"], "Go back to the list before"),
    row(Action::Show(Overlay::Views), Everywhere, "views", &["V"], "Choose a saved view"),
    row(Action::Refresh, Everywhere, "refresh", &["R"], "Read the list again, with what came in"),
    row(Action::Fetch, Everywhere, "fetch", &["g f"], "Ask the feeds now"),

    row(Action::Show(Overlay::Feeds), Everywhere, "feeds", &["F"], "Show how the feeds fare"),
    row(Action::Show(Overlay::Log), Everywhere, "log", &["L"], "Show what happened"),
    row(Action::Show(Overlay::History), Everywhere, "history", &["U"], "Show the changes that can be undone"),
    row(Action::Show(Overlay::Matrix), Everywhere, "matrix", &["M"], "Show the techniques of the list as a matrix"),
    row(Action::Show(Overlay::Trend), Everywhere, "trend", &["T"], "Show the days of the list and what was done today"),
    row(Action::Show(Overlay::Help), Everywhere, "help", &["?", "f1"], "Show every key; type to search"),
    row(Action::Ask(Ask::Command), Everywhere, "palette", &[":"], "Find an action by its name"),
    row(Action::Redraw, Everywhere, "redraw", &["ctrl-l"], "Draw the screen anew"),
    row(Action::Suspend, Everywhere, "suspend", &["ctrl-z"], "Back to the shell; fg returns"),
    row(Action::Quit, Everywhere, "quit", &["q", "ctrl-c"], "Leave; nothing is lost"),
];
