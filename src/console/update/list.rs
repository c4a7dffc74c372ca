use super::{marks, moving, notify};
use crate::{
    console::{
        effect::Effect,
        layout::inside,
        read::Read,
        state::{App, JumpTarget, List, PageRequest, Tone},
    },
    store::{Page, PageIds},
    triage::ArticleId,
};

/// Keeps the cursor on the screen and asks for the pages that are missing.
pub(super) fn settle(app: &mut App) -> Vec<Effect> {
    let height = height(app);
    app.list.scroll(height);
    let wanted = app.list.ask(height.max(1));
    if wanted.is_empty() {
        return Vec::new();
    }
    let Ok(query) = app.list_filter() else { return Vec::new() };
    let (ticket, order) = (app.list.ticket, app.list.order);
    let effect = |want| {
        let query = query.clone();
        match want {
            PageRequest::Page(index, after) => Effect::Read(Read::Page { ticket, index, query, order, after }),
            PageRequest::Outline(index, after) => Effect::Read(Read::Outline { ticket, index, query, order, after }),
        }
    };
    wanted.into_iter().map(effect).collect()
}

/// Returns how many rows the list shows, also while it is not on the screen.
pub(super) fn height(app: &App) -> usize {
    let area = app.panes().list.map(inside);
    area.map_or(usize::from(app.size.1.saturating_sub(3)), |area| usize::from(area.height))
}

/// Takes in that articles came; the list is read again only where that disturbs nobody.
pub(super) fn arrived(app: &mut App, new: &[ArticleId], changed: &[ArticleId]) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(open) = app.open.as_ref().filter(|open| changed.contains(&open.id)) {
        effects.push(Effect::Read(Read::Item(open.id)));
    }
    effects.extend(marks::rows(app, changed));
    if new.is_empty() {
        return effects;
    }
    effects.extend(notify::ask(app, new));
    if app.list.is_empty() || is_undisturbed(app) {
        effects.extend(app.reload(None));
    } else {
        app.list.arrived += new.len();
    }
    effects
}

/// Takes in that another process wrote into the store: what is open is read again, and the list where that disturbs
/// nobody.
pub(super) fn written_elsewhere(app: &mut App) -> Vec<Effect> {
    let mut effects = vec![Effect::Read(Read::Feeds)];
    effects.extend(app.open.as_ref().map(|open| Effect::Read(Read::Item(open.id))));
    if app.list.is_empty() || is_undisturbed(app) {
        effects.extend(app.reload(None));
    } else {
        app.list.is_old = true;
        let held: Vec<ArticleId> = app.list.held().into_iter().collect();
        effects.extend(marks::rows(app, &held));
    }
    effects
}

/// Returns `true` if nobody would notice that the list is read anew, but for what is new in it.
fn is_undisturbed(app: &App) -> bool {
    let idle = app.prompt.is_none() && app.overlay.is_none() && app.list.anchor.is_none() && !app.list.all;
    idle && app.list.cursor == 0 && !app.list.is_touched() && app.focus == crate::console::pane::Pane::List
}

/// Takes in a page, or why there is none.
pub(super) fn page(app: &mut App, index: usize, page: Result<Page, String>) -> Vec<Effect> {
    took(app, page, |list, page| list.accept(index, page))
}

/// Takes in which articles the list has from a page on, or why that is not known.
pub(super) fn outline(app: &mut App, index: usize, outline: Result<Vec<PageIds>, String>) -> Vec<Effect> {
    took(app, outline, |list, outline| list.accept_outline(index, outline))
}

fn took<T>(app: &mut App, read: Result<T, String>, take: impl FnOnce(&mut List, T)) -> Vec<Effect> {
    let (goal, cursor) = (app.list.goal, app.list.cursor);
    match read {
        Ok(read) => take(&mut app.list, read),
        Err(why) => {
            app.list.fail(why.clone());
            app.say(Tone::Fault, why);
            return Vec::new();
        }
    }
    match goal {
        Some(JumpTarget::Unreviewed(forward)) if app.list.goal.is_none() && app.list.cursor == cursor => {
            moving::none_unreviewed(app, forward)
        }
        _ => Vec::new(),
    }
}
