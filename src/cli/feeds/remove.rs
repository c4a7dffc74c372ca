use super::{known_as, named};
use crate::{
    cli::{
        Outcome,
        desk::Desk,
        output::{self, Output},
    },
    config::Removal,
    text::counted,
};

/// Removes feeds from the configuration, by name or address; what they brought stays.
pub(super) async fn run(desk: &Desk, feeds: &[String], output: &mut Output) -> anyhow::Result<Outcome> {
    let mut file = desk.config_to_change()?;
    let mut removed = Vec::new();
    for wanted in feeds {
        let settings = file.settings()?;
        let Some(feed) = named(&settings.feeds, wanted).or_else(|| known_as(&settings.feeds, wanted)) else {
            output::complain(&format!(
                "there is no feed {wanted:?}, so nothing was removed: `huntdeck feeds` lists them"
            ));
            return Ok(Outcome::Nothing);
        };
        removed.push((feed.name.clone(), file.remove_feed(&feed.name)));
    }
    file.save()?;
    let store = desk.store()?;
    let known = store.feeds().await?;
    for (name, removal) in removed {
        let articles = known.iter().find(|health| health.name == name).map_or(0, |health| health.articles);
        store.forget_feed(&name).await?;
        let how = match removal {
            Removal::SwitchedOff => "comes with huntdeck and is switched off",
            Removal::TakenOut | Removal::Unknown => "is removed",
        };
        output.line(format_args!("{name:?} {how}; what it brought stays: {}", counted(articles, "article")))?;
    }
    Ok(Outcome::Done)
}
