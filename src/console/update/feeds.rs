use super::list;
use crate::{
    console::{
        effect::Effect,
        read::Read,
        state::{App, Fetching, Tone},
    },
    intake::{FeedOutcome, Progress},
    text::Safe,
    triage::ArticleId,
};

/// Takes in what the intake tells.
pub(super) fn progress(app: &mut App, progress: Progress) -> Vec<Effect> {
    match progress {
        Progress::Started { feeds } => {
            app.fetching = Fetching { running: Some(feeds), ..Fetching::default() };
            Vec::new()
        }
        Progress::Asking { .. } | Progress::Resting { .. } => Vec::new(),
        Progress::Asked { feed, outcome, new, mut changed, touched } => {
            let mut effects = asked(app, &feed, &outcome, &new, &changed);
            changed.extend(touched);
            if !new.is_empty() || !changed.is_empty() {
                effects.extend(list::arrived(app, &new, &changed));
            }
            effects
        }
        Progress::StoreFailed { why, rest } => {
            app.say(Tone::Fault, format!("{why}; trying again in {} s", rest.as_secs()));
            Vec::new()
        }
        Progress::WrittenElsewhere => list::written_elsewhere(app),
        Progress::Woken(articles) => list::arrived(app, &[], &articles),
        Progress::Finished(_) => finished(app),
    }
}

/// Notes how asking a feed went.
fn asked(app: &mut App, feed: &str, outcome: &FeedOutcome, new: &[ArticleId], changed: &[ArticleId]) -> Vec<Effect> {
    let has_failed = matches!(outcome, FeedOutcome::Failed(_));
    app.fetching.answered += 1;
    app.fetching.failed += usize::from(has_failed);
    app.fetching.new += new.len();
    let tone = if has_failed { Tone::Fault } else { Tone::Plain };
    let said = format!("{feed}: {}", outcome.words(new.len(), changed.len()));
    app.note(tone, Safe::line(&said).into_string());
    if has_failed { vec![Effect::Read(Read::Feeds)] } else { Vec::new() }
}

/// Says what the run over the feeds came to.
fn finished(app: &mut App) -> Vec<Effect> {
    let Fetching { new, failed, .. } = app.fetching;
    app.fetching.running = None;
    let failing = if failed > 0 { format!(", {failed} feeds failed") } else { String::new() };
    if new > 0 || failed > 0 {
        app.say(Tone::Plain, format!("{new} new articles{failing}"));
    }
    vec![Effect::Read(Read::Feeds)]
}
