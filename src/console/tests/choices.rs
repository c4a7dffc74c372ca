//! Which hunts, with what in them, and which indicators: what an analyst chooses before copying.

use crate::{
    console::{
        keymap::Key,
        message::Message,
        pane::Pane,
        sample::{NOW, TestConsole, article, half_a_year},
        state::{Finding, Tone, findings},
        update::update,
    },
    hunt::{Catalogue, HuntId, Parameters, Proposal},
    indicator::Tier,
    store::BriefedArticle,
    triage::{ArticleId, Change, Verdict},
};

const SIZE: (u16, u16) = (120, 40);

#[test]
fn a_copy_that_is_pressed_too_early_waits_and_later_keys_come_after_it() {
    let mut console = TestConsole::new(SIZE, 3);
    let mut effects = Vec::new();
    for key in ["j", "y", "x", "j"] {
        effects.extend(update(&mut console.app, Message::Key(Key::parse(key).unwrap())));
    }
    assert!(console.copied.is_empty() && console.marks().is_empty());
    console.perform(effects);
    assert_eq!(console.copied.len(), 1);
    let copied = Change::Copied("UC_POWERSHELL_ENCODED spl".into());
    assert_eq!(console.marks(), [(vec![ArticleId(2)], copied), (vec![ArticleId(2)], Change::Dismiss)]);
    assert_eq!(console.app.list.cursor, 2, "dismissing went on, and there is no further row");
}

#[test]
fn what_is_waited_for_can_be_given_up() {
    let mut console = TestConsole::new(SIZE, 3);
    let mut effects = Vec::new();
    for key in ["j", "y", "x", "esc"] {
        effects.extend(update(&mut console.app, Message::Key(Key::parse(key).unwrap())));
    }
    console.perform(effects);
    assert!(console.copied.is_empty() && console.marks().is_empty());
}

#[test]
fn the_best_hunts_are_listed_and_the_rest_is_a_key_away() {
    let takes_nothing = Catalogue::shipped().iter().filter(|hunt| hunt.takes().is_empty());
    let hunts: Vec<HuntId> = takes_nothing.map(|hunt| hunt.meta.id.clone()).take(12).collect();
    let mut one = article(1);
    one.briefing.hunts =
        (0..12).map(|number| Proposal { id: hunts[number].clone(), because: Vec::new(), values: Vec::new() }).collect();
    let console = TestConsole::with(SIZE, vec![one]).press("g h");
    assert!(console.screen().contains("+ 4 more"), "{}", console.screen());
    let console = console.press("G y");
    assert_eq!(console.said(), "this line is no hunt");
    let console = console.press("enter G y");
    assert!(console.said().starts_with(&format!("copied {}", hunts[11])), "{}", console.said());
    assert!(console.press("H").screen().contains("+ 4 more"));
}

#[test]
fn queries_are_shown_and_copied_as_they_were_tuned() {
    let console = TestConsole::new(SIZE, 2).press("g h d 3 0 P w");
    assert!(console.screen().contains("ago(30d)") && console.screen().contains("30 days"), "{}", console.screen());
    let console = console.press("y P s P e P p 'index=edr' enter 5 P c");
    assert!(console.copied[0].contains("ago(30d)"));
    let set = Parameters {
        window_days: 30,
        summaries_only: false,
        spl_prefix: Some("index=edr".into()),
        cap: 5,
        skip: 0,
        spl_earliest: true,
    };
    assert_eq!(console.app.parameters, set);
    let console = console.press("P n");
    assert_eq!(console.said(), "no list of values is cut");
    let console = console.press("P r");
    assert_eq!(console.app.parameters, Parameters::default());
    assert!(console.screen().contains("ago(7d)"));
    let console = console.press(": 'window 14' enter : 'cap x' enter");
    assert_eq!((console.app.parameters.window_days, console.said()), (14, "`x` is no number"));
}

/// Moves to the indicators, onto the one with this value.
fn on_indicator(mut console: TestConsole, value: &str) -> TestConsole {
    console.keys("g i");
    for _ in 0..20 {
        let open = console.app.open.as_ref().unwrap();
        let here = findings(open, Pane::Indicators).get(open.cursor(Pane::Indicators).at).copied();
        if let Some(Finding::Indicator(index)) = here
            && open.item.briefing.indicators[index].value == value
        {
            return console;
        }
        console.keys("j");
    }
    panic!("{value} is not listed");
}

/// Returns the tier of a value in the open article.
fn tier(console: &TestConsole, value: &str) -> Option<Tier> {
    let indicators = &console.app.open.as_ref().unwrap().item.briefing.indicators;
    indicators.iter().find(|indicator| indicator.value == value).map(|indicator| indicator.tier)
}

#[test]
fn an_indicator_is_ruled_on_with_a_reason() {
    const VALUE: &str = "evil.example";
    let console = on_indicator(TestConsole::new(SIZE, 2), VALUE).press("- enter");
    assert_eq!(console.said(), "nothing is ruled without a reason");
    let console = console.press("- 'our own' enter");
    let ruled = |allow, reason: &str| Change::Rule { value: VALUE.into(), allow, reason: reason.into() };
    assert_eq!(console.marks(), [(vec![ArticleId(1)], ruled(Some(false), "our own"))]);
    assert!(console.said().starts_with("never an indicator: evil[.]example (our own)"), "{}", console.said());
    assert_ne!(tier(&console, VALUE), Some(Tier::Indicator), "the article was read anew");
    let console = console.press("u");
    assert!(console.said().starts_with("undone: never an indicator"), "{}", console.said());
    assert_eq!(tier(&console, VALUE), Some(Tier::Indicator));
    let console = on_indicator(on_indicator(console, VALUE).press("+ 'seen in case 17' enter"), VALUE).press(".");
    assert_eq!(console.marks()[0].1, ruled(Some(true), "seen in case 17"));
    assert_eq!(console.marks()[1].1, ruled(None, ""));
    assert!(console.press("u").said().starts_with("undone: no longer ruled on"));
    assert_eq!(TestConsole::new(SIZE, 2).press("g i -").said(), "the cursor is on no indicator");
}

#[test]
fn the_users_own_themes_are_offered_and_an_unknown_one_is_said() {
    let console = TestConsole::new(SIZE, 1);
    console.write_config("themes/mine.toml", "");
    let console = console.press(": 'theme m'");
    let offered = format!("{:?}", console.app.prompt.as_ref().unwrap().candidates);
    assert!(offered.contains("theme mine") && offered.contains("theme mono"), "{offered}");
    let console = console.press("ctrl-u 'theme nosuch' enter");
    assert!(console.said().starts_with("there is no theme `nosuch`"), "{}", console.said());
    assert_eq!(console.app.toast.as_ref().map(|toast| toast.tone), Some(Tone::Fault));
}

#[test]
fn the_trend_is_of_seven_thirty_or_ninety_days() {
    let articles = half_a_year(200);
    let said = |days: i64| {
        let ago = |filed: &&BriefedArticle| (NOW.as_second() - filed.article.published.as_second()) / 86_400;
        let of_source = || articles.iter().filter(|filed| filed.article.source == "The Example News");
        let now = of_source().filter(|filed| ago(filed) < days).count();
        let before = of_source().filter(|filed| (days..2 * days).contains(&ago(filed))).count();
        format!(" {now} ({before})")
    };
    let console = TestConsole::with(SIZE, articles.clone()).press("T");
    let shows = |console: &TestConsole, days| {
        let screen = console.screen();
        let line = screen.lines().find(|line| line.contains("The Example News  ")).unwrap().trim_end().to_owned();
        assert!(line.contains(&said(days)), "{:?} in {line}", said(days));
    };
    shows(&console, 30);
    let console = console.press("h");
    shows(&console, 7);
    shows(&console.press("l l l"), 90);
}

#[test]
fn the_other_articles_of_a_story_are_a_key_away() {
    // The first and the third are about one vulnerability, under titles of their own.
    let (first, mut third) = (article(1), article(3));
    third.article.document = first.article.document.clone();
    third.briefing.indicators.clone_from(&first.briefing.indicators);
    let console = TestConsole::with(SIZE, vec![first, article(2), third]);
    let screen = console.screen();
    assert!(screen.lines().nth(2).unwrap().contains(" +1│"), "the row says so: {screen}");
    assert!(screen.contains("+1 source") && screen.contains("The same story elsewhere"), "{screen}");
    assert!(screen.contains("▲ HIGH 21h The Example News Phishing"), "{screen}");
    let console = console.press("g s");
    assert_eq!((console.app.narrow.view.as_str(), console.app.narrow.base.as_str()), ("One story", "story:1"));
    assert_eq!(console.press("ctrl-o j g s").said(), "no other article tells of this");
}

#[test]
fn the_verbs_of_the_command_line_work_in_the_console() {
    let console = TestConsole::new(SIZE, 6).press(": 'mark --reviewed escalated --note \"case 17\"' enter");
    let marked: Vec<_> = console.marks().iter().map(|(articles, change)| (articles.len(), change.clone())).collect();
    assert_eq!(marked, [(1, Change::Review(Verdict::Escalated)), (1, Change::Note("case 17".into()))]);
    let console = console.press(": 'mark --query sev:low --tag old --dismissed' enter");
    assert!(console.said().ends_with("articles dismissed, tagged old (u undoes it)"), "{}", console.said());
    let console = console.press(": 'list sev>=high or x' enter");
    assert_eq!(console.app.narrow.words(), "unreviewed sev>=high or x");
    let console = console.press(": 'list --all' enter");
    assert_eq!(console.app.narrow.words(), "");
    assert_eq!(console.press(": 'show 3' enter").app.narrow.words(), "id:3");
    assert_eq!(TestConsole::new(SIZE, 1).press(": 'mark --maybe' enter").said().split(':').next(), Some("mark"));
    let offered = format!("{:?}", TestConsole::new(SIZE, 1).press(": 'mark --st'").app.prompt.unwrap().candidates);
    assert!(offered.contains("mark --star"), "{offered}");
}

#[test]
fn every_change_of_a_bulk_is_made_to_all_that_was_selected() {
    let console = TestConsole::new(SIZE, 4).press("A t 'apt old' enter");
    let marked: Vec<_> = console.marks().iter().map(|(articles, _)| articles.len()).collect();
    assert_eq!(marked, [4, 4]);
}

#[test]
fn in_an_article_the_names_that_are_in_it_are_offered_to_pivot_on() {
    let console = TestConsole::new(SIZE, 2).press("enter *");
    let screen = console.screen();
    assert!(screen.contains("CVE-2026-11223") && screen.contains("ExampleGate"), "{screen}");
    let console = console.press("'gate' enter");
    assert_eq!(
        (console.app.narrow.view.as_str(), console.app.narrow.words().as_str()),
        ("with ExampleGate", "\"ExampleGate\"")
    );
    let console = console.press("ctrl-o enter * enter");
    assert_eq!(console.app.narrow.words(), "cve:\"CVE-2026-11223\"");
}

#[test]
fn each_of_all_hunts_is_marked_as_copied_with_its_time() {
    let console = TestConsole::new(SIZE, 2).press("g h Y a");
    let copied: Vec<_> = console.marks().iter().map(|(_, change)| change.clone()).collect();
    assert_eq!(copied, ["UC_POWERSHELL_ENCODED spl", "IOC_DOMAIN spl"].map(|hunt| Change::Copied(hunt.into())));
    assert!(console.said().starts_with("copied 2 hunts as Splunk SPL"), "{}", console.said());
    assert!(console.screen().contains("copied as spl just now"), "{}", console.screen());
}

#[test]
fn undo_takes_back_what_was_decided_and_not_what_was_opened_or_copied_since() {
    let console = TestConsole::new(SIZE, 3).press("x enter y u");
    assert!(console.said().starts_with("undone: dismissed"), "{}", console.said());
    assert_eq!(console.press("esc u").said(), "there is nothing to be undone");
}
