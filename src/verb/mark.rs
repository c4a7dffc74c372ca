use jiff::{SignedDuration, Timestamp};

use crate::triage::{Change, Verdict};

/// What `mark` does, and to which articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct MarkArgs {
    /// The articles: numbers, ids of advisories, or addresses.
    pub articles: Vec<String>,
    /// Every article that this query finds.
    #[arg(short, long, conflicts_with = "articles")]
    pub query: Option<String>,
    /// Opened, not judged.
    #[arg(long)]
    read: bool,
    /// New again.
    #[arg(long, conflicts_with = "read")]
    unread: bool,
    /// Judged: relevant, not-relevant or escalated.
    #[arg(
        long,
        value_name = "VERDICT",
        num_args = 0..=1,
        default_missing_value = "relevant",
        value_parser = clap::builder::PossibleValuesParser::new(Verdict::ALL.map(Verdict::name)),
    )]
    reviewed: Option<String>,
    /// Put away unjudged.
    #[arg(long, conflicts_with = "reviewed")]
    dismissed: bool,
    /// Put away for this many hours.
    #[arg(
        long,
        value_name = "HOURS",
        conflicts_with_all = ["reviewed", "dismissed"],
        value_parser = clap::value_parser!(u32).range(1..=MAX_SNOOZE_HOURS),
    )]
    snooze: Option<u32>,
    /// Marked with a star.
    #[arg(long)]
    star: bool,
    /// Without a star.
    #[arg(long, conflicts_with = "star")]
    unstar: bool,
    /// With this tag.
    #[arg(long)]
    tag: Vec<String>,
    /// Without this tag.
    #[arg(long)]
    untag: Vec<String>,
    /// With this note; an empty one removes it.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Taken by this person; an empty name gives it back.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Take the last decision back.
    #[arg(long, exclusive = true)]
    pub undo: bool,
    /// Make the decision again that was taken back last.
    #[arg(long, exclusive = true)]
    pub redo: bool,
}

/// The longest time for which an article is put away, in hours: ten years.
const MAX_SNOOZE_HOURS: i64 = 10 * 365 * 24;

impl MarkArgs {
    /// Returns the changes that were asked for, in the order in which they are made.
    ///
    /// # Errors
    /// Says that nothing was asked for.
    pub fn changes(&self, now: Timestamp) -> Result<Vec<Change>, String> {
        let mut changes = Vec::new();
        changes.extend(self.read.then_some(Change::Read));
        changes.extend(self.unread.then_some(Change::Unread));
        changes.extend(self.reviewed.as_deref().and_then(Verdict::from_name).map(Change::Review));
        changes.extend(self.dismissed.then_some(Change::Dismiss));
        if let Some(hours) = self.snooze {
            let until = now.saturating_add(SignedDuration::from_hours(i64::from(hours)));
            changes.push(Change::Snooze(until.map_err(|error| error.to_string())?));
        }
        changes.extend((self.star || self.unstar).then_some(Change::Star(self.star)));
        changes.extend(self.tag.iter().cloned().map(Change::Tag));
        changes.extend(self.untag.iter().cloned().map(Change::Untag));
        changes.extend(self.note.clone().map(Change::Note));
        changes.extend(self.owner.clone().map(Change::Owner));
        if changes.is_empty() {
            return Err("say what to mark them as: --reviewed, --dismissed, --read, --tag TAG, --note TEXT …".into());
        }
        Ok(changes)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::MarkArgs;
    use crate::{
        triage::{Change, Verdict},
        verb::{flags, parse},
    };

    fn changes(line: &str) -> Result<Vec<Change>, String> {
        parse::<MarkArgs>("mark", line)?.changes(Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn the_words_of_the_command_line_are_understood_in_a_line() {
        assert_eq!(
            changes(r#"--reviewed escalated --note "case 17""#).unwrap(),
            [Change::Review(Verdict::Escalated), Change::Note("case 17".into())]
        );
        assert_eq!(changes("--reviewed --star").unwrap(), [Change::Review(Verdict::Relevant), Change::Star(true)]);
        assert_eq!(changes("--owner '' --tag a --tag b").unwrap().len(), 3);
        let queried: MarkArgs = parse("mark", "--query 'sev:low \"two words\"' --dismissed").unwrap();
        assert_eq!(queried.query.as_deref(), Some("sev:low \"two words\""));
    }

    #[test]
    fn what_is_wrong_is_said_in_a_sentence() {
        let cases = [
            ("", "say what to mark them as"),
            ("--nosuch", "mark: unexpected argument '--nosuch' found"),
            ("--reviewed maybe", "mark: invalid value 'maybe' for '--reviewed"),
            ("--snooze 0", "mark: invalid value '0' for '--snooze"),
            ("--dismissed --reviewed", "mark: the argument '--dismissed' cannot be used with"),
            ("--note \"open", "a quote is never closed"),
            ("--undo --star", "mark: the argument '--undo' cannot be used with"),
        ];
        for (line, begun) in cases {
            let said = changes(line).unwrap_err();
            assert!(said.starts_with(begun) && !said.contains('\n'), "{line}: {said}");
        }
    }

    #[test]
    fn every_flag_is_offered_with_what_it_does() {
        let flags = flags::<MarkArgs>("mark");
        assert!(flags.iter().all(|flag| !flag.about.is_empty()), "{flags:?}");
        let star = flags.iter().find(|flag| flag.name == "--star").unwrap();
        assert!(!star.takes_value && flags.iter().any(|flag| flag.name == "--tag" && flag.takes_value));
    }
}
