use crate::{
    console::{
        article_layout::{ArticleLayout, LayoutOptions},
        effect::Effect,
        layout::{inside, listed, reading},
        pane::Pane,
        read::Read,
        state::{App, Finding, Open, Shown, evidence_of, findings},
    },
    triage::{Change, State},
};

/// Opens what the cursor is on.
pub(super) fn open(app: &mut App) -> Vec<Effect> {
    match app.focus {
        Pane::List => {
            let Some(row) = app.list.current() else { return Vec::new() };
            let (id, new) = (row.id, row.standing.state == State::New);
            app.focus = Pane::Article;
            if new { super::marks::change(app, vec![id], Change::Read) } else { Vec::new() }
        }
        Pane::Article => Vec::new(),
        pane => match selected(app, pane) {
            Some(Finding::Tier(tier, _)) => {
                if let Some(open) = &mut app.open
                    && !open.unfolded.remove(&tier)
                {
                    open.unfolded.insert(tier);
                }
                Vec::new()
            }
            Some(Finding::MoreHunts(_)) => more_hunts(app),
            Some(_) => to_evidence(app),
            None => Vec::new(),
        },
    }
}

/// Lists every hunt, or the best ones only.
pub(super) fn more_hunts(app: &mut App) -> Vec<Effect> {
    let few = app.hunts_shown.max(1);
    let Some(open) = &mut app.open else { return app.refuse("there is no article here") };
    if open.item.briefing.hunts.len() <= few {
        return app.refuse("all its hunts are listed");
    }
    open.hunts_shown = if open.hunts_shown == few { usize::MAX } else { few };
    Vec::new()
}

/// Goes from a finding to its evidence in the article.
fn to_evidence(app: &mut App) -> Vec<Effect> {
    show(app);
    if app.open.as_ref().is_some_and(|open| open.shown.evidence.is_empty()) {
        return app.refuse("this has no place in the text: it comes from counts or fields");
    }
    app.finding = Some(app.focus);
    app.focus = Pane::Article;
    Vec::new()
}

/// Returns the finding under the cursor of a pane.
pub(super) fn selected(app: &App, pane: Pane) -> Option<Finding> {
    let open = app.open.as_ref()?;
    findings(open, pane).get(open.cursor(pane).at).copied()
}

/// Shows the evidence of the finding under the cursor.
pub(super) fn show(app: &mut App) {
    let finding = selected(app, app.focus);
    let height = height(app);
    let Some(open) = &mut app.open else { return };
    let mut evidence = finding.map(|finding| evidence_of(open, finding)).unwrap_or_default();
    // What comes from a field or a count stands nowhere in the text.
    evidence.retain(|evidence| !evidence.span.is_empty());
    if evidence != open.shown.evidence {
        open.shown = Shown { evidence, at: 0 };
    }
    scroll_to_shown(open, height);
}

/// Goes to the next evidence of the finding.
pub(super) fn next_evidence(app: &mut App) -> Vec<Effect> {
    let height = height(app);
    let Some(open) = &mut app.open else { return Vec::new() };
    let count = open.shown.evidence.len();
    if count == 0 {
        return app.refuse("no finding with evidence is selected; g i, g t, g h and g w list them");
    }
    open.shown.at = (open.shown.at + 1) % count;
    scroll_to_shown(open, height);
    Vec::new()
}

fn scroll_to_shown(open: &mut Open, height: usize) {
    let Some(evidence) = open.shown.current() else { return };
    if let Some(line) = open.layout.line_of(evidence.part, evidence.span.start) {
        // A line that is on the screen already stays where it is, unless it is at the very edge.
        let seen = open.scroll + 1..(open.scroll + height).saturating_sub(1);
        if !seen.contains(&line) {
            open.scroll = line.saturating_sub(height / 3);
        }
    }
}

/// Takes an indicator into the choice, or out of it.
pub(super) fn choose(app: &mut App) -> Vec<Effect> {
    let Some(Finding::Indicator(index)) = selected(app, Pane::Indicators) else {
        return app.refuse("the cursor is on no indicator");
    };
    if let Some(open) = &mut app.open {
        if !open.chosen.remove(&index) {
            open.chosen.insert(index);
        }
        open.cursor_mut(Pane::Indicators).at += 1;
    }
    Vec::new()
}

/// Returns how many lines of the article are on the screen.
pub(super) fn height(app: &App) -> usize {
    app.panes().article.map_or(1, |area| usize::from(inside(area).height))
}

/// Reads the article under the cursor, lays it out, and keeps the cursors in their panes.
pub(super) fn settle(app: &mut App) -> Vec<Effect> {
    let mut effects = follow(app);
    effects.extend(render(app));
    let panes = app.panes();
    let findings_height = panes.findings.map_or(1, |area| usize::from(listed(area).0.height));
    let (now, plain) = (app.now, app.plain);
    let width = panes.article.map(|area| reading(area).width);
    let height = height(app);
    let Some(open) = &mut app.open else { return effects };
    if let Some(width) = width
        && open.layout.width != width
    {
        let first = open.layout.width == 0;
        open.layout = ArticleLayout::new(&open.item, &open.story, &LayoutOptions { width, now, plain });
        if !first {
            scroll_to_shown(open, height);
        }
    }
    open.scroll = open.scroll.min(open.layout.lines.len().saturating_sub(height));
    for pane in Pane::FINDINGS {
        let length = findings(open, pane).len();
        open.cursor_mut(pane).settle(length, findings_height);
    }
    effects
}

/// Has the hunts rendered when they are to be seen, or when something waits for them.
fn render(app: &mut App) -> Option<Effect> {
    let wanted = app.shows_hunts() || app.waiting.is_some();
    let open = app.open.as_mut().filter(|open| wanted && open.cards.is_none() && !open.rendering)?;
    if open.item.briefing.hunts.is_empty() {
        return None;
    }
    open.rendering = true;
    Some(Effect::Cards(open.item.clone(), app.parameters.clone()))
}

/// Follows the cursor of the list: at most one article is on its way, so that holding a key asks for few.
fn follow(app: &mut App) -> Vec<Effect> {
    let Some(id) = app.list.current().map(|row| row.id) else {
        if app.list.is_loaded() && app.list.is_empty() {
            app.open = None;
        }
        return Vec::new();
    };
    if app.open.as_ref().is_some_and(|open| open.id == id) || app.reading.is_some() {
        return Vec::new();
    }
    if app.unreadable == Some(id) {
        return Vec::new();
    }
    app.unreadable = None;
    app.reading = Some(id);
    vec![Effect::Read(Read::Item(id))]
}
