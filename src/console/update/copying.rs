use crate::{
    console::{
        action::{Action, Copy, Siem},
        effect::{Effect, Writing},
        link,
        pane::Pane,
        state::{App, Card, Open},
    },
    export::{CSV, IndicatorOptions, IndicatorSet},
    hunt::{Dialect, Value},
    indicator::{Indicator, Tier},
    reading::sentence_around,
    text::{Part, Safe, Span, counted},
    triage::{ArticleId, Change},
};

/// No more of a sentence is copied before its evidence, nor behind it.
const MAX_REACH_BYTES: usize = 1_200;

/// Returns `true` if what is copied or opened is not there yet, though it is on its way.
pub(super) fn must_wait(app: &App, action: Action) -> bool {
    let (article, hunts) = match action {
        Action::Copy(Copy::HandOver) => (false, false),
        Action::Copy(Copy::Hunt | Copy::As(_) | Copy::AllHunts) | Action::Siem(_) => (true, true),
        Action::Copy(_) | Action::Browse | Action::Pivot => (true, false),
        _ => (false, false),
    };
    if !article {
        return false;
    }
    let here = if app.focus == Pane::List { app.list.current().map(|row| row.id) } else { None };
    match &app.open {
        _ if here.is_some() && here == app.unreadable => false,
        Some(open) if here.is_none_or(|id| id == open.id) => {
            hunts && open.cards.is_none() && !open.item.briefing.hunts.is_empty()
        }
        _ => here.is_some() || (!app.list.is_loaded() && app.list.fault.is_none()),
    }
}

/// Copies.
pub(super) fn copy(app: &mut App, what: Copy) -> Vec<Effect> {
    if what == Copy::HandOver {
        return vec![Effect::Write(Writing::HandOver(app.now))];
    }
    if let (Some(open), Copy::AsHunt) = (&app.open, what) {
        return match as_hunt(app, open) {
            Ok(effect) => vec![effect],
            Err(why) => app.refuse(why),
        };
    }
    let made = match (&app.open, what) {
        (None, _) | (_, Copy::HandOver | Copy::AsHunt) => Err("there is no article here".to_owned()),
        (Some(open), Copy::Hunt) => hunt(open, app.dialect),
        (Some(open), Copy::As(dialect)) => hunt(open, dialect),
        (Some(open), Copy::AllHunts) => all_hunts(open, app.dialect),
        (Some(open), Copy::Defanged) => indicators(open, |indicator| indicator.shown().into_owned()),
        (Some(open), Copy::Live) => indicators(open, |indicator| indicator.value.clone()),
        (Some(open), Copy::Csv) => csv(open),
        (Some(open), Copy::Briefing) => {
            return vec![Effect::Write(Writing::Briefing(open.item.clone(), app.parameters.clone(), open.hunts_shown))];
        }
        (Some(open), Copy::Techniques) => techniques(open),
        (Some(open), Copy::Link) => link_of(open).map(|link| ("the link".into(), link.into(), Vec::new())),
        (Some(open), Copy::Evidence) => evidence(open),
    };
    match made {
        Ok((what, text, copied)) => {
            let mut effects = vec![Effect::Copy { text, what }];
            if let Some(id) = app.open.as_ref().map(|open| open.id).filter(|_| !copied.is_empty()) {
                effects.extend(written_down(app, id, copied));
            }
            effects
        }
        Err(why) => app.refuse(why),
    }
}

/// What is copied: its name for the toast, the text, and the hunts with their dialect to write down.
type Made = Result<(String, String, Vec<String>), String>;

fn written_down(app: &mut App, id: ArticleId, hunts: Vec<String>) -> Vec<Effect> {
    *app.copied.entry(id).or_default() += hunts.len();
    super::marks::changes(app, vec![id], hunts.into_iter().map(Change::Copied).collect())
}

fn card(open: &Open) -> Result<&Card, String> {
    match (&open.cards, open.card()) {
        (_, Some(card)) => Ok(card),
        (Some(cards), None) if !cards.is_empty() => Err("this line is no hunt".into()),
        _ => Err("no hunt fits this article".into()),
    }
}

fn hunt(open: &Open, dialect: Dialect) -> Made {
    let card = card(open)?;
    let query = card.query(dialect)?;
    let id = format!("{} {}", card.id, dialect.name());
    Ok((format!("{} as {}", card.id, dialect.label()), query.text.clone(), vec![id]))
}

fn all_hunts(open: &Open, dialect: Dialect) -> Made {
    card(open)?;
    let rendered = open.cards.iter().flatten().filter_map(|card| Some((card, card.query(dialect).ok()?)));
    let (ids, queries): (Vec<String>, Vec<&str>) =
        rendered.map(|(card, query)| (format!("{} {}", card.id, dialect.name()), query.text.as_str())).unzip();
    match queries.len() {
        0 => Err(format!("no hunt of this article has a query in {}", dialect.label())),
        count => Ok((format!("{} as {}", counted(count, "hunt"), dialect.label()), queries.join("\n\n"), ids)),
    }
}

/// Returns the chosen indicators, or all of the first tier when none is chosen.
fn chosen(open: &Open) -> Result<Vec<&Indicator>, String> {
    let all = open.item.briefing.indicators.iter().enumerate();
    let some: Vec<&Indicator> = if open.chosen.is_empty() {
        all.filter(|(_, indicator)| indicator.tier == Tier::Indicator).map(|(_, indicator)| indicator).collect()
    } else {
        all.filter(|(index, _)| open.chosen.contains(index)).map(|(_, indicator)| indicator).collect()
    };
    if some.is_empty() { Err("this article has no high-fidelity indicator; m chooses others".into()) } else { Ok(some) }
}

fn indicators(open: &Open, write: impl Fn(&Indicator) -> String) -> Made {
    let chosen = chosen(open)?;
    let lines: Vec<String> = chosen.iter().map(|indicator| Safe::line(&write(indicator)).into_string()).collect();
    Ok((counted(chosen.len(), "indicator").to_string(), lines.join("\n"), Vec::new()))
}

/// Copies hunts with just the chosen indicators, which are rendered first.
fn as_hunt(app: &App, open: &Open) -> Result<Effect, String> {
    let values =
        chosen(open)?.into_iter().map(|indicator| Value { kind: indicator.kind, value: indicator.value.clone() });
    Ok(Effect::Write(Writing::Chosen(values.collect(), app.dialect, app.parameters.clone())))
}

fn csv(open: &Open) -> Made {
    let chosen = chosen(open)?;
    let (row, from) = (&open.item.row, open.id.to_string());
    let url = row.url.as_deref().unwrap_or_default();
    let set = IndicatorSet { from: &from, title: &row.title, url, indicators: &chosen };
    let options = IndicatorOptions { live: true, ..IndicatorOptions::default() };
    let text = [CSV.head, CSV.indicators(&set, options).trim_end()].concat();
    Ok((format!("{} as CSV", counted(chosen.len(), "indicator")), text, Vec::new()))
}

fn techniques(open: &Open) -> Made {
    let ids: Vec<String> = open.item.briefing.techniques.iter().map(|hit| hit.id.to_string()).collect();
    if ids.is_empty() {
        return Err("this article shows no technique".into());
    }
    Ok((counted(ids.len(), "technique").to_string(), ids.join("\n"), Vec::new()))
}

/// Copies the sentence around the evidence that is selected.
fn evidence(open: &Open) -> Made {
    let evidence = open.shown.current().ok_or("no finding with evidence is selected")?;
    let sentence = match evidence.part {
        Part::Text => sentence(&open.item.article.document.text, evidence.span),
        Part::Title => &open.item.article.title,
        Part::Field => &evidence.phrase,
    };
    Ok(("the evidence".into(), Safe::line(sentence).into_string(), Vec::new()))
}

/// Returns the sentence around a span; nothing if the span is not one of the text.
fn sentence(text: &str, span: Span) -> &str {
    if text.get(span.range()).is_none() {
        return "";
    }
    text[sentence_around(text, span, MAX_REACH_BYTES, MAX_REACH_BYTES).range()].trim()
}

fn link_of(open: &Open) -> Result<&str, String> {
    let url = open.item.row.url.as_deref().ok_or("the feed gave no link for this article")?;
    link::web(url).ok_or_else(|| "the link is no web address, so it is not handed on".into())
}

/// Opens the article in the browser.
pub(super) fn browse(app: &mut App) -> Vec<Effect> {
    let link = app.open.as_ref().ok_or("there is no article here".to_owned()).and_then(link_of);
    match link.map(ToOwned::to_owned) {
        Ok(link) => vec![Effect::Browse(link)],
        Err(why) => app.refuse(why),
    }
}

/// Opens the hunt where it runs.
pub(super) fn siem(app: &mut App, siem: Siem) -> Vec<Effect> {
    let made = app.open.as_ref().ok_or("there is no article here".to_owned()).and_then(|open| {
        let query = card(open)?.query(link::dialect(siem))?;
        link::hunt(&app.siem, siem, &query.text)
    });
    match made {
        Ok(link) => vec![Effect::Browse(link)],
        Err(why) => app.refuse(why),
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, sentence};

    #[test]
    fn the_sentence_is_cut_at_full_stops_and_line_breaks() {
        let text = "First. It beacons to evil[.]example every hour. Then it stops.\nNext line";
        let at = text.find("evil").unwrap();
        assert_eq!(sentence(text, Span::new(at, at + 4)), "It beacons to evil[.]example every hour.");
        let at = text.find("Next").unwrap();
        assert_eq!(sentence(text, Span::new(at, at + 4)), "Next line");
        assert_eq!(sentence("é", Span::new(1, 1)), "");
    }
}
