//! Which hunts, with what in them, and which indicators: what an analyst chooses before copying.

use crate::{
    console::{
        keymap::Key,
        message::Message,
        sample::{Desk, item},
        state::Tone,
        update::update,
    },
    hunt::{HuntId, Parameters, Proposal},
    triage::{ArticleId, Change, StoryId, Verdict},
};

const SIZE: (u16, u16) = (120, 40);

#[test]
fn a_copy_that_is_pressed_too_early_waits_and_later_keys_come_after_it() {
    let mut desk = Desk::new(SIZE, 3);
    let mut effects = Vec::new();
    for key in ["j", "y", "x", "j"] {
        effects.extend(update(&mut desk.app, Message::Key(Key::parse(key).unwrap())));
    }
    assert!(desk.copied.is_empty() && desk.marks.is_empty());
    desk.perform(effects);
    assert_eq!(desk.copied.len(), 1);
    let copied = Change::Copied("UC_ENCODED_POWERSHELL spl".into());
    assert_eq!(desk.marks, [(vec![ArticleId(2)], copied), (vec![ArticleId(2)], Change::Dismiss)]);
    assert_eq!(desk.app.list.cursor, 2, "dismissing went on, and there is no further row");
}

#[test]
fn what_is_waited_for_can_be_given_up() {
    let mut desk = Desk::new(SIZE, 3);
    let mut effects = Vec::new();
    for key in ["j", "y", "x", "esc"] {
        effects.extend(update(&mut desk.app, Message::Key(Key::parse(key).unwrap())));
    }
    desk.perform(effects);
    assert!(desk.copied.is_empty() && desk.marks.is_empty());
}

#[test]
fn the_best_hunts_are_listed_and_the_rest_is_a_key_away() {
    let mut one = item(1);
    one.briefing.hunts = (0..12)
        .map(|number| Proposal { id: HuntId(format!("UC_{number:02}")), because: Vec::new(), values: Vec::new() })
        .collect();
    let desk = Desk::with(SIZE, vec![one]).press("g h");
    assert!(desk.screen().contains("+ 4 more"), "{}", desk.screen());
    let desk = desk.press("G y");
    assert_eq!(desk.said(), "this line is no hunt");
    let desk = desk.press("enter G y");
    assert!(desk.said().starts_with("copied UC_11"), "{}", desk.said());
    assert!(desk.press("H").screen().contains("+ 4 more"));
}

#[test]
fn queries_are_shown_and_copied_as_they_were_tuned() {
    let desk = Desk::new(SIZE, 2).press("g h d 3 0 P w");
    assert!(desk.screen().contains("ago(30d)") && desk.screen().contains("30 days"), "{}", desk.screen());
    let desk = desk.press("y P s P e P p 'index=edr' enter 5 P c");
    assert!(desk.copied[0].contains("ago(30d)"));
    let set = Parameters {
        window_days: 30,
        summaries_only: false,
        spl_prefix: Some("index=edr".into()),
        cap: 5,
        skip: 0,
        spl_earliest: true,
    };
    assert_eq!(desk.app.parameters, set);
    let desk = desk.press("P n");
    assert_eq!(desk.said(), "no list of values is cut");
    let desk = desk.press("P r");
    assert_eq!(desk.app.parameters, Parameters::default());
    assert!(desk.screen().contains("ago(7d)"));
    let desk = desk.press(": 'window 14' enter : 'cap x' enter");
    assert_eq!((desk.app.parameters.window_days, desk.said()), (14, "`x` is no number"));
}

#[test]
fn an_indicator_is_ruled_on_with_a_reason() {
    let desk = Desk::new(SIZE, 2).press("g i j j j - enter");
    assert_eq!(desk.said(), "nothing is ruled without a reason");
    let desk = desk.press("- 'our own' enter");
    let ruled = |allow, reason: &str| Change::Rule { value: "evil.example".into(), allow, reason: reason.into() };
    assert_eq!(desk.marks, [(vec![ArticleId(1)], ruled(Some(false), "our own"))]);
    assert!(desk.said().starts_with("never an indicator: evil[.]example (our own)"), "{}", desk.said());
    let desk = desk.press("+ 'seen in case 17' enter .");
    assert_eq!(desk.marks[1].1, ruled(Some(true), "seen in case 17"));
    assert_eq!(desk.marks[2].1, ruled(None, ""));
    assert!(desk.press("u").said().starts_with("undone: no longer ruled on"));
    assert_eq!(Desk::new(SIZE, 2).press("g i -").said(), "the cursor is on no indicator");
}

#[test]
fn the_users_own_themes_are_offered_and_an_unknown_one_is_said() {
    let desk = Desk::new(SIZE, 1).press(": 'theme m'");
    let offered = format!("{:?}", desk.app.prompt.as_ref().unwrap().candidates);
    assert!(offered.contains("theme mine") && offered.contains("theme mono"), "{offered}");
    let desk = desk.press("ctrl-u 'theme nosuch' enter");
    assert!(desk.said().starts_with("there is no theme `nosuch`"), "{}", desk.said());
    assert_eq!(desk.app.toast.as_ref().map(|toast| toast.tone), Some(Tone::Fault));
}

#[test]
fn the_trend_is_of_seven_thirty_or_ninety_days() {
    let desk = Desk::new(SIZE, 2).press("T");
    assert!(desk.screen().contains("The Example News         85 (89)"), "{}", desk.screen());
    let desk = desk.press("h");
    assert!(desk.screen().contains("The Example News         21 (21)"), "{}", desk.screen());
    assert!(desk.press("l l l").screen().contains("The Example News        267 (268)"));
}

#[test]
fn the_other_articles_of_a_story_are_a_key_away() {
    let mut items: Vec<_> = (1..4).map(item).collect();
    for item in &mut items {
        item.row.story = Some(StoryId(1));
    }
    items[0].row.others = 2;
    items[1].row.story = None;
    let desk = Desk::with(SIZE, items);
    let screen = desk.screen();
    assert!(screen.lines().nth(2).unwrap().contains(" +2│"), "the row says so: {screen}");
    assert!(screen.contains("+2 sources") && screen.contains("The same story elsewhere"), "{screen}");
    assert!(screen.contains("▲ HIGH 21h The Example News Phishing"), "{screen}");
    let desk = desk.press("g s");
    assert_eq!((desk.app.narrow.view.as_str(), desk.app.narrow.base.as_str()), ("One story", "story:1"));
    assert_eq!(desk.press("ctrl-o j g s").said(), "no other article tells of this");
}

#[test]
fn the_verbs_of_the_command_line_work_in_the_console() {
    let desk = Desk::new(SIZE, 4).press(": 'mark --reviewed escalated --note \"case 17\"' enter");
    let marked: Vec<_> = desk.marks.iter().map(|(articles, change)| (articles.len(), change.clone())).collect();
    assert_eq!(marked, [(1, Change::Review(Verdict::Escalated)), (1, Change::Note("case 17".into()))]);
    let desk = desk.press(": 'mark --query sev:low --tag old --dismissed' enter");
    assert!(desk.said().ends_with("articles tagged old, dismissed (u undoes it)"), "{}", desk.said());
    let desk = desk.press(": 'list sev>=high or x' enter");
    assert_eq!(desk.app.narrow.query(), "(unreviewed (sev>=high or x))");
    let desk = desk.press(": 'list --all' enter");
    assert_eq!(desk.app.narrow.query(), "");
    assert_eq!(desk.press(": 'show 3' enter").app.narrow.query(), "id:3");
    assert_eq!(
        Desk::new(SIZE, 1).press(": 'mark --maybe' enter").said().split(':').next(),
        Some("mark knows no `--maybe`")
    );
    let offered = format!("{:?}", Desk::new(SIZE, 1).press(": 'mark --st'").app.prompt.unwrap().candidates);
    assert!(offered.contains("mark --star"), "{offered}");
}

#[test]
fn every_change_of_a_bulk_is_made_to_all_that_was_selected() {
    let desk = Desk::new(SIZE, 4).press("A t 'apt old' enter");
    let marked: Vec<_> = desk.marks.iter().map(|(articles, _)| articles.len()).collect();
    assert_eq!(marked, [4, 4]);
}

#[test]
fn in_an_article_the_names_that_are_in_it_are_offered_to_pivot_on() {
    let desk = Desk::new(SIZE, 2).press("enter *");
    let screen = desk.screen();
    assert!(screen.contains("CVE-2026-11223") && screen.contains("ExampleGate"), "{screen}");
    let desk = desk.press("'gate' enter");
    assert_eq!(
        (desk.app.narrow.view.as_str(), desk.app.narrow.query().as_str()),
        ("with ExampleGate", "\"ExampleGate\"")
    );
    let desk = desk.press("ctrl-o enter * enter");
    assert_eq!(desk.app.narrow.query(), "cve:\"CVE-2026-11223\"");
}

#[test]
fn each_of_all_hunts_is_marked_as_copied_with_its_time() {
    let desk = Desk::new(SIZE, 2).press("g h Y a");
    let copied: Vec<_> = desk.marks.iter().map(|(_, change)| change.clone()).collect();
    assert_eq!(copied, ["UC_ENCODED_POWERSHELL spl", "UC_DOMAIN spl"].map(|hunt| Change::Copied(hunt.into())));
    assert!(desk.said().starts_with("copied 2 hunts as Splunk SPL"), "{}", desk.said());
    assert!(desk.screen().contains("copied as spl just now"), "{}", desk.screen());
}

#[test]
fn undo_takes_back_what_was_decided_and_not_what_was_opened_or_copied_since() {
    let desk = Desk::new(SIZE, 3).press("x enter y u");
    assert!(desk.said().starts_with("undone: dismissed"), "{}", desk.said());
    assert_eq!(desk.press("esc u").said(), "there is nothing to be undone");
}
