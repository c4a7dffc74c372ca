use jiff::Timestamp;
use serde::Serialize;

use super::{Change, State, Verdict};
use crate::text::one_line;

/// The most bytes that a note may have; a longer one is cut at a character.
pub const MAX_NOTE_BYTES: usize = 64 << 10;

/// Everything that an analyst decided about one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Where it stands.
    pub state: State,
    /// The verdict of a reviewed one.
    pub verdict: Option<Verdict>,
    /// When a snoozed one comes back.
    pub snoozed_until: Option<Timestamp>,
    /// Whether it is marked with a star.
    pub starred: bool,
    /// Who took it; empty for nobody.
    pub owner: String,
    /// The analyst's own tags, beside those of the briefing.
    pub own_tags: Vec<String>,
    /// The note; empty for none.
    pub note: String,
}

impl Standing {
    /// Returns the words for where the article stands: the verdict of a reviewed one, else the state.
    pub const fn words(&self) -> &'static str {
        match (self.state, self.verdict) {
            (State::Reviewed, Some(verdict)) => verdict.label(),
            (state, _) => state.name(),
        }
    }
}

/// Makes a change to where an article stands, and returns whether that changed anything.
///
/// This is the only rule of what a change does: the store, the console and the command line ask it. A copied hunt and a
/// ruling on a value are kept beside the standing of an article and never change it.
pub fn apply(standing: &mut Standing, change: &Change) -> bool {
    let before = standing.clone();
    match change {
        Change::Read if standing.state != State::New => {}
        Change::Read => standing.judge(State::Read, None),
        Change::Unread => standing.judge(State::New, None),
        Change::Review(verdict) => standing.judge(State::Reviewed, Some(*verdict)),
        Change::Dismiss => standing.judge(State::Dismissed, None),
        Change::Snooze(until) => {
            standing.judge(State::Snoozed, None);
            standing.snoozed_until = Timestamp::from_second(until.as_second()).ok();
        }
        Change::Tag(tag) => add_tag(&mut standing.own_tags, one_line(tag)),
        Change::Untag(tag) => {
            let tag = one_line(tag);
            standing.own_tags.retain(|known| !known.eq_ignore_ascii_case(&tag));
        }
        Change::Note(note) => note[..note.floor_char_boundary(MAX_NOTE_BYTES)].clone_into(&mut standing.note),
        Change::Owner(owner) => standing.owner = one_line(owner),
        Change::Star(starred) => standing.starred = *starred,
        Change::Copied(_) | Change::Rule { .. } => {}
    }
    *standing != before
}

impl Standing {
    fn judge(&mut self, state: State, verdict: Option<Verdict>) {
        (self.state, self.verdict, self.snoozed_until) = (state, verdict, None);
    }
}

fn add_tag(tags: &mut Vec<String>, tag: String) {
    if !tag.is_empty() && !tags.iter().any(|known| known.eq_ignore_ascii_case(&tag)) {
        tags.push(tag);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::{Standing, apply};
    use crate::triage::{Change, State, Verdict};

    fn after(standing: &Standing, change: &Change) -> (Standing, bool) {
        let mut standing = standing.clone();
        let changed = apply(&mut standing, change);
        (standing, changed)
    }

    #[test]
    fn opening_changes_only_what_is_new() {
        assert_eq!(after(&Standing::default(), &Change::Read).0.state, State::Read);
        let reviewed = after(&Standing::default(), &Change::Review(Verdict::Escalated)).0;
        assert_eq!(after(&reviewed, &Change::Read), (reviewed, false));
    }

    #[test]
    fn a_tag_is_one_tag_in_any_case_and_only_own_tags_come_off() {
        let tagged = after(&Standing::default(), &Change::Tag(" case\n17 ".into())).0;
        assert_eq!(tagged.own_tags, ["case 17"]);
        assert!(!after(&tagged, &Change::Tag("CASE 17".into())).1);
        assert!(!after(&tagged, &Change::Untag("demo".into())).1);
        assert_eq!(after(&tagged, &Change::Untag("Case 17".into())), (Standing::default(), true));
        assert!(!after(&Standing::default(), &Change::Tag("  ".into())).1);
    }

    #[test]
    fn a_judgement_ends_a_snooze_and_a_snooze_a_judgement() {
        let until = Timestamp::UNIX_EPOCH;
        let snoozed = after(&Standing::default(), &Change::Snooze(until)).0;
        assert_eq!((snoozed.state, snoozed.snoozed_until), (State::Snoozed, Some(until)));
        let dismissed = after(&snoozed, &Change::Dismiss).0;
        assert_eq!((dismissed.state, dismissed.snoozed_until), (State::Dismissed, None));
        let reviewed = after(&dismissed, &Change::Review(Verdict::Relevant)).0;
        assert_eq!(after(&reviewed, &Change::Snooze(until)).0.verdict, None);
    }

    #[test]
    fn what_is_kept_beside_the_standing_never_changes_it() {
        let rule = Change::Rule { value: "a.example".into(), allow: Some(true), reason: String::new() };
        for change in [Change::Copied("UC_PHISHING spl".into()), rule] {
            assert!(!after(&Standing::default(), &change).1);
        }
    }

    fn change() -> impl Strategy<Value = Change> {
        let text = || "[aA \n]{0,3}";
        prop_oneof![
            Just(Change::Read),
            Just(Change::Unread),
            prop::sample::select(&Verdict::ALL[..]).prop_map(Change::Review),
            Just(Change::Dismiss),
            (-9_i64..9).prop_map(|second| Change::Snooze(Timestamp::from_second(second).unwrap())),
            text().prop_map(Change::Tag),
            text().prop_map(Change::Untag),
            text().prop_map(Change::Note),
            text().prop_map(Change::Owner),
            any::<bool>().prop_map(Change::Star),
        ]
    }

    proptest! {
        #[test]
        fn a_change_made_twice_changes_nothing_the_second_time(
            before in prop::collection::vec(change(), 0..6), change in change(),
        ) {
            let mut standing = Standing::default();
            for change in &before {
                apply(&mut standing, change);
            }
            apply(&mut standing, &change);
            let once = standing.clone();
            prop_assert!(!apply(&mut standing, &change));
            prop_assert_eq!(once, standing);
        }
    }
}
