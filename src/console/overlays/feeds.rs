use super::OverlayLine;
use crate::{
    console::{
        article_layout::{age, ago},
        state::App,
        terms::quoted,
        theme::Role,
    },
    source::{FeedState, Health},
    text::{Safe, clip, width},
};

pub(super) fn lines(app: &App) -> Vec<OverlayLine> {
    let mut feeds: Vec<&Health> = app.feeds.iter().collect();
    // What is wrong is what one opens this overlay for.
    feeds.sort_by_key(|feed| (feed.state != FeedState::Failing, feed.name.to_lowercase()));
    feeds.into_iter().map(|feed| line(app, feed)).collect()
}

fn line(app: &App, feed: &Health) -> OverlayLine {
    let (word, role) = match feed.state {
        FeedState::Waiting => ("waiting", Role::Dim),
        FeedState::Ok => ("ok", Role::Good),
        FeedState::Unchanged => ("unchanged", Role::Good),
        FeedState::Empty => ("empty", Role::Warning),
        FeedState::Repaired => ("repaired", Role::Warning),
        FeedState::Failing => ("failing", Role::Fault),
    };
    let status = feed.http_status.map_or_else(|| "   ".into(), |status| format!("{status:>3}"));
    let good = feed.good.map_or_else(|| "never".into(), |good| ago(app.now, good));
    let due = feed.due.map_or_else(String::new, |due| {
        if due <= app.now { "due now".into() } else { format!("next in {}", age(due, app.now)) }
    });
    let safe = Safe::line(&feed.name);
    let name = clip(safe.as_str(), 28);
    let pad = " ".repeat(28_usize.saturating_sub(width(&name)));
    let mut pieces = vec![
        (Role::Text, format!(" {name}{pad} ")),
        (role, format!("{word:<9} ")),
        (Role::Dim, format!("{status}  good {good:<8}  {due:<11} {:>6} articles", feed.articles)),
    ];
    for remark in [&feed.error, &feed.remark] {
        if !remark.is_empty() {
            pieces.push((if feed.error.is_empty() { Role::Dim } else { Role::Fault }, format!(" · {remark}")));
        }
    }
    if feed.failures > 1 {
        let since = feed.failing_since.map(|since| format!(", since {}", age(app.now, since))).unwrap_or_default();
        pieces.push((Role::Dim, format!(" ({} times in a row{since})", feed.failures)));
    }
    OverlayLine::new(pieces).leading(&feed.name, format!("feed:{}", quoted(&feed.name)))
}
