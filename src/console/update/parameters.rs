use crate::console::{
    action::Tune,
    effect::Effect,
    state::{App, Tone, parameters_in_words},
};

/// The numbers of days that are gone through.
const WINDOW_DAYS: [u16; 6] = [1, 7, 14, 30, 90, 365];

/// The numbers of values that are gone through.
const CAPS: [usize; 5] = [10, 50, 200, 500, 1_000];

/// Changes what queries are rendered with, and has them rendered again.
pub(super) fn tune(app: &mut App, tune: Tune, count: Option<usize>) -> Vec<Effect> {
    let parameters = &mut app.parameters;
    match tune {
        Tune::Window => {
            let days = count.map(|count| count.clamp(1, 3_650) as u16);
            parameters.window_days = days.unwrap_or_else(|| following(&WINDOW_DAYS, parameters.window_days));
        }
        Tune::Summaries => parameters.summaries_only = !parameters.summaries_only,
        Tune::Earliest => parameters.spl_earliest = !parameters.spl_earliest,
        Tune::Cap => {
            let most = count.map(|count| count.clamp(1, 10_000));
            parameters.cap = most.unwrap_or_else(|| following(&CAPS, parameters.cap));
            parameters.skip = 0;
        }
        Tune::Next => {
            let longest = app.open.iter().flat_map(|open| open.cards.iter().flatten()).map(|card| card.values.len());
            let longest = longest.max().unwrap_or(0);
            if longest <= parameters.cap {
                return app.refuse("no list of values is cut");
            }
            let next = parameters.skip + parameters.cap;
            parameters.skip = if next < longest { next } else { 0 };
        }
        Tune::Reset => parameters.clone_from(&app.defaults),
    }
    again(app)
}

/// Puts an index or macro before SPL searches; nothing takes it off.
pub(super) fn prefix(app: &mut App, text: &str) -> Vec<Effect> {
    app.parameters.spl_prefix = Some(text.to_owned()).filter(|text| !text.is_empty());
    again(app)
}

fn again(app: &mut App) -> Vec<Effect> {
    if let Some(open) = &mut app.open {
        open.forget_cards();
    }
    let said = parameters_in_words(&app.parameters);
    app.say(Tone::Plain, format!("queries: {said}"));
    Vec::new()
}

/// Returns the number that follows in a list, from its start again behind its end.
fn following<T: Copy + PartialOrd>(list: &[T], now: T) -> T {
    list.iter().copied().find(|next| *next > now).unwrap_or(list[0])
}
