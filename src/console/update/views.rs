use jiff::Timestamp;

use super::{article::selected, ask};
use crate::{
    console::{
        effect::Effect,
        pane::Pane,
        state::{App, Finding, JumpTarget, ListFilter},
        terms::quoted,
    },
    indicator::Kind,
    triage::{SINCE_LAST_VISIT, View},
};

/// How many lists one can go back.
const MAX_LISTS_BACK: usize = 50;

/// Shows another list and remembers this one.
pub(super) fn enter(app: &mut App, narrow: ListFilter) -> Vec<Effect> {
    let before = std::mem::replace(&mut app.narrow, narrow);
    if app.before.len() == MAX_LISTS_BACK {
        app.before.remove(0);
    }
    let here = app.list.current().map(|row| row.id);
    app.before.push((before, here));
    app.focus = Pane::List;
    app.reload(None)
}

/// Adds the view of what came in since the last visit, and tells of it.
pub(super) fn visited(app: &mut App, visit: Option<Timestamp>) {
    let Some(visit) = visit.filter(|visit| *visit < app.now) else { return };
    app.last_visit = Some(visit);
    let hours = (app.now.as_second() - visit.as_second()) / 3_600 + 1;
    let view = View { name: SINCE_LAST_VISIT.into(), query: format!("unreviewed seen:{hours}h") };
    app.views.retain(|known| known.name != view.name);
    app.views.insert(1.min(app.views.len()), view);
}

/// Goes back to the list before.
pub(super) fn back(app: &mut App) -> Vec<Effect> {
    let Some((narrow, here)) = app.before.pop() else { return app.refuse("this is the first list") };
    app.narrow = narrow;
    app.focus = Pane::List;
    app.reload(here.map(|id| JumpTarget::Article { id, index: 0, far: true }))
}

/// Shows every article that has what the cursor is on.
pub(super) fn pivot(app: &mut App) -> Vec<Effect> {
    let Some((name, query)) = asked(app) else { return ask::pivot(app) };
    let view = View { name, query };
    enter(app, ListFilter::view(&view))
}

/// Shows every article that tells of the same as this one.
pub(super) fn story(app: &mut App) -> Vec<Effect> {
    let here = match (&app.open, app.focus) {
        (Some(open), focus) if focus != Pane::List => Some(&open.item.row),
        _ => app.list.current(),
    };
    let Some(row) = here else { return app.refuse("there is no article here") };
    if row.story.is_none() {
        return app.refuse("no other article tells of this");
    }
    let view = View { name: "One story".into(), query: format!("story:{}", row.id) };
    enter(app, ListFilter::view(&view))
}

fn asked(app: &App) -> Option<(String, String)> {
    let briefing = &app.open.as_ref()?.item.briefing;
    Some(match selected(app, app.focus)? {
        Finding::Indicator(index) => {
            let indicator = briefing.indicators.get(index)?;
            let field = if indicator.kind == Kind::Cve { "cve" } else { "ioc" };
            (format!("with {}", indicator.value), format!("{field}:{}", quoted(&indicator.value)))
        }
        Finding::Technique(index) => {
            let id = briefing.techniques.get(index)?.id;
            (format!("with {id}"), format!("t:{id}"))
        }
        Finding::Phase(index) => {
            let name = briefing.kill_chain.get(index)?.phase.name();
            (format!("with {name}"), format!("phase:{name}"))
        }
        Finding::Hunt(index) => {
            let id = &app.open.as_ref()?.proposal(index)?.id;
            (format!("with {id}"), format!("hunt:{id}"))
        }
        Finding::Tier(..) | Finding::KillChain | Finding::Signal(_) | Finding::MoreHunts(_) => return None,
    })
}
