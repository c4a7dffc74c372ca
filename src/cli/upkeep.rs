use jiff::Timestamp;

use super::{
    Outcome,
    desk::Desk,
    output::{Output, megabytes},
};
use crate::text::counted;

/// The most rounds of tidying: each frees some megabytes.
const MAX_ROUNDS: usize = 1_000;

/// Drops old articles and tidies the database; says what was dropped, and the size before and after.
pub(super) async fn run(desk: &Desk, output: &mut Output) -> anyhow::Result<Outcome> {
    let store = desk.store()?;
    let (keep, now) = (desk.settings.fetch.keep, Timestamp::now());
    let first = store.upkeep(keep, now).await?;
    let mut last = first;
    for _ in 0..MAX_ROUNDS {
        if last.bytes_after == last.bytes_before {
            break;
        }
        last = store.upkeep(keep, now).await?;
    }
    output.line(format_args!(
        "{} dropped; {} before, {} after",
        counted(usize::try_from(first.dropped)?, "article"),
        megabytes(first.bytes_before),
        megabytes(last.bytes_after)
    ))?;
    Ok(Outcome::Done)
}
