//! Which hunts go into a briefing: the less an article asks for, the more reason it must give for a hunt.

use super::{
    Briefer, Severity,
    severity::{FoundBeside, Judgement},
};
use crate::{
    hunt::{Depth, Proposal},
    reading::Reading,
};

/// The kinds of article that mention attacks without telling one.
const TALK: [&str; 7] = ["contest", "law-enforcement", "opinion", "outage", "product-news", "promotional", "recap"];

/// Returns the hunts of an article that was judged without them, best first.
///
/// Hunts for its own indicators always stay, and so does everything where the article asks for action. Otherwise a
/// behaviour hunt stays where the article gives something concrete, where the sentence that speaks for the hunt tells
/// what an attacker did, or where the title names what it is for; where nothing is to be done about an article of a
/// kind that talks about attacks, it must be concrete or tell several things that the attacker did.
pub(super) fn hunts(
    reading: &Reading<'_>,
    briefer: &Briefer,
    found: &FoundBeside<'_>,
    judged: &Judgement,
) -> Vec<Proposal> {
    let mut hunts = briefer.hunts.propose(reading, found.indicators, found.techniques);
    if judged.severity >= Severity::High || hunts.is_empty() {
        return hunts;
    }
    let depth = Depth::of(reading, found.indicators, found.techniques);
    let talks = judged.severity == Severity::Low && judged.tags.iter().any(|tag| TALK.contains(&tag.as_str()));
    let several = || depth.tells_several(found.techniques);
    let stays = |hunt: &Proposal| match (talks, depth.tells(hunt)) {
        (true, told) => told && several(),
        (false, told) => told || briefer.hunts.is_topic(hunt),
    };
    hunts.retain(|hunt| !hunt.values.is_empty() || depth.is_concrete() || stays(hunt));
    hunts
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{super::Briefer, Severity};
    use crate::{
        article::{Article, Content, Entry},
        hunt::Catalogue,
    };

    fn hunts(title: &str, text: &str) -> (Severity, Vec<String>) {
        let briefer = Briefer::new(Catalogue::shipped());
        let entry = Entry { title: title.into(), content: Content::Plain(text.into()), ..Entry::default() };
        let briefing = briefer.brief(&Article::from_entry(entry, "Source", Timestamp::UNIX_EPOCH));
        (briefing.severity, briefing.hunts.into_iter().map(|hunt| hunt.id.0).collect())
    }

    #[test]
    fn what_asks_for_nothing_and_tells_nothing_gets_no_hunt() {
        for (title, text) in [
            (
                "Zero trust for Kubernetes",
                "Restrict privileged pods, limit kubectl exec and rotate service account tokens.",
            ),
            ("Contoso Shield 4.0", "The release of our product detects LSASS access, encoded commands and PowerShell."),
            ("A new browser", "The browser keeps a feature of the system from taking screenshots of windows."),
            ("Outage of a content network", "Cloudflare had an outage after a faulty update of its tunnels."),
        ] {
            assert_eq!(hunts(title, text), (Severity::Low, Vec::new()), "{title}");
        }
    }

    #[test]
    fn an_attack_that_is_told_gets_its_hunts() {
        let text = "The operators dumped LSASS with comsvcs.dll on a file server, and created a scheduled task that runs \
            an encoded PowerShell command.";
        let (_, told) = hunts("A look at an old loader", text);
        assert!(
            told.contains(&"UC_LSASS_DUMP".to_owned()) && told.contains(&"UC_SCHTASK_CREATE".to_owned()),
            "{told:?}"
        );
    }

    #[test]
    fn something_concrete_keeps_the_hunts_of_an_article_that_talks() {
        let title = "Opinion: what we learned from the Contoso breach";
        let text = "Attackers injected code into explorer.exe.";
        assert!(hunts(title, text).1.is_empty());
        let (_, told) = hunts(title, &format!("{text} It answered to evil[.]example."));
        assert!(told.contains(&"UC_PROCESS_INJECTION".to_owned()), "{told:?}");
    }

    #[test]
    fn several_things_that_were_done_are_more_than_talk() {
        let title = "Intruders lure ministries to a summit";
        let one = "The intruders created a scheduled task.";
        assert!(hunts(title, one).1.is_empty());
        let more = "They dumped LSASS with procdump, and the loader injected shellcode into explorer.exe.";
        let (_, told) = hunts(title, &format!("{one} {more}"));
        assert!(told.contains(&"UC_LSASS_DUMP".to_owned()), "{told:?}");
    }
}
