//! How large the database is, how fast it grows, and how long the disk will do.

use jiff::{SignedDuration, Timestamp};

use super::{
    Finding::{self, Good, Note},
    machine,
};
use crate::{
    cli::{desk::Desk, output::megabytes},
    query,
    store::Store,
};

/// The days over which growth is measured.
const MONTH_DAYS: u64 = 30;

/// A disk that will be full within so many months is told of.
const SOON_MONTHS: u64 = 6;

/// Says the size, the growth and when the disk will be full.
pub(super) async fn finding(desk: &Desk, store: &Store, now: Timestamp) -> anyhow::Result<Finding> {
    let stats = store.stats().await?;
    let came = store.count(&query::parse(&format!("seen:{MONTH_DAYS}d"), now)?).await?;
    let size = megabytes(stats.bytes);
    let Some(monthly) = monthly(stats.bytes - stats.free_bytes.min(stats.bytes), came, stats.articles) else {
        return Ok(Good(format!("{size}; nothing came in this month")));
    };
    let text = format!("{size}, about {} more a month", megabytes(monthly));
    let months = desk.store_file.as_deref().and_then(machine::free).map(|free| free / monthly.max(1));
    Ok(match months {
        None => Good(text),
        Some(months) if months < SOON_MONTHS => {
            Note(format!("{text}: the disk is full {}; set fetch.keep lower, or make room", at(now, months)?))
        }
        Some(months) if months > 120 => Good(format!("{text}: the disk lasts for more than ten years")),
        Some(months) => Good(format!("{text}: the disk is full {}", at(now, months)?)),
    })
}

/// Returns the bytes that a month brings, if articles are alike; `None` if none came in.
fn monthly(bytes: u64, came: u64, articles: u64) -> Option<u64> {
    (came > 0 && articles > 0).then(|| bytes.saturating_mul(came) / articles)
}

fn at(now: Timestamp, months: u64) -> anyhow::Result<String> {
    let hours = i64::try_from(months * MONTH_DAYS * 24)?;
    let then = now.saturating_add(SignedDuration::from_hours(hours))?;
    Ok(format!("about {}", then.strftime("%B %Y")))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{at, monthly};

    #[test]
    fn growth_is_the_part_that_came_in_this_month() {
        assert_eq!(monthly(1_000, 10, 100), Some(100));
        assert_eq!(monthly(1_000, 0, 100), None);
        assert_eq!(monthly(1_000, 0, 0), None);
    }

    #[test]
    fn the_month_of_a_full_disk_is_named() {
        assert_eq!(at(Timestamp::UNIX_EPOCH, 3).unwrap(), "about April 1970");
    }
}
