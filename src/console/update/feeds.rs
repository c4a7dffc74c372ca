use super::list;
use crate::{
    console::{
        message::{Effect, Progress},
        state::{App, Fetching, Tone},
    },
    text::Safe,
};

/// Takes in what the background fetch tells.
pub(super) fn progress(app: &mut App, progress: &Progress) -> Vec<Effect> {
    match progress {
        Progress::Started(feeds) => {
            let finished = app.fetching.finished;
            app.fetching = Fetching { running: Some(*feeds), finished, ..Fetching::default() };
            Vec::new()
        }
        Progress::Done { feed, sentence } => {
            app.fetching.answered += 1;
            app.note(Tone::Plain, said(feed, sentence));
            Vec::new()
        }
        Progress::Failed { feed, sentence } => {
            app.fetching.answered += 1;
            app.fetching.failed += 1;
            app.note(Tone::Fault, said(feed, sentence));
            vec![Effect::Feeds]
        }
        Progress::Saved { new, .. } => {
            app.fetching.new += new.len();
            list::arrived(app, progress)
        }
        Progress::Finished => {
            let Fetching { new, failed, .. } = app.fetching;
            app.fetching.running = None;
            app.fetching.finished = Some(app.now);
            let failing = if failed > 0 { format!(", {failed} feeds failed") } else { String::new() };
            if new > 0 || failed > 0 {
                app.say(Tone::Plain, format!("{new} new articles{failing}"));
            }
            vec![Effect::Feeds]
        }
    }
}

fn said(feed: &str, sentence: &str) -> String {
    Safe::line(&format!("{feed}: {sentence}")).into_string()
}
