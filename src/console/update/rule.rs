use super::{article::selected, marks};
use crate::{
    console::{
        effect::Effect,
        pane::Pane,
        state::{App, Finding, Prompt, PromptKind},
    },
    triage::{ArticleId, Change},
};

/// Asks why the indicator under the cursor always is one, or never.
pub(super) fn ask(app: &mut App, allow: bool) -> Vec<Effect> {
    let Some((article, value)) = under_cursor(app) else { return app.refuse("the cursor is on no indicator") };
    app.prompt = Some(Prompt::new(PromptKind::Rule { article, value, allow }, ""));
    Vec::new()
}

/// Rules on a value, with a reason.
pub(super) fn rule(app: &mut App, article: ArticleId, value: String, allow: bool, reason: &str) -> Vec<Effect> {
    if reason.is_empty() {
        return app.refuse("nothing is ruled without a reason");
    }
    marks::change(app, vec![article], Change::Rule { value, allow: Some(allow), reason: reason.to_owned() })
}

/// Takes the ruling on the indicator under the cursor away.
pub(super) fn unrule(app: &mut App) -> Vec<Effect> {
    let Some((article, value)) = under_cursor(app) else { return app.refuse("the cursor is on no indicator") };
    marks::change(app, vec![article], Change::Rule { value, allow: None, reason: String::new() })
}

fn under_cursor(app: &App) -> Option<(ArticleId, String)> {
    let Some(Finding::Indicator(index)) = selected(app, Pane::Indicators) else { return None };
    let open = app.open.as_ref()?;
    Some((open.id, open.item.briefing.indicators.get(index)?.value.clone()))
}
