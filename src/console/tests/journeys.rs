//! What an analyst does, as keys pressed and what comes of them.

use jiff::SignedDuration;

use crate::{
    briefing::Severity,
    console::{
        message::Message,
        pane::{Overlay, Pane},
        rendering,
        sample::{HOSTILE, NOW, TestConsole, article, item},
        state::Card,
        theme::Theme,
    },
    hunt::{Catalogue, Dialect, HuntId, Parameters, Proposal, Value},
    indicator::Kind,
    intake::{FeedOutcome, Progress, Summary},
    triage::{ArticleId, Change, State, Verdict},
};

const SIZE: (u16, u16) = (120, 40);

/// Returns what the intake tells when articles have come.
fn came(new: Vec<ArticleId>) -> Progress {
    let outcome = FeedOutcome::Read { entries: new.len(), remark: None };
    Progress::Asked { feed: "Field Notes".into(), outcome, new, changed: vec![], touched: vec![] }
}

/// Returns the hunts of the first article, rendered.
fn first_cards() -> Vec<Card> {
    rendering::cards(Catalogue::shipped(), &item(1).briefing.hunts, &Parameters::default())
}

// newsboat#567: moving the cursor must not mark anything.
#[test]
fn moving_marks_nothing_and_opening_does() {
    let console = TestConsole::new(SIZE, 20).press("j j j G g g 5 j ctrl-d k");
    assert!(console.marks().is_empty());
    let console = console.press("g g enter");
    assert_eq!(console.marks(), [(vec![ArticleId(1)], Change::Read)]);
    assert_eq!(console.app.focus, Pane::Article);
}

// newsboat#1715: what was marked stays where it is until the view is left.
#[test]
fn reviewed_rows_stay_until_the_view_is_left() {
    let console = TestConsole::new(SIZE, 4).press("r r x");
    assert_eq!(console.states(), [State::Reviewed, State::Dismissed, State::New, State::New]);
    assert_eq!(console.app.list.cursor, 2, "the cursor goes on to what is next");
    assert_eq!(console.marks()[0].1, Change::Review(Verdict::Relevant));
    let console = console.press("R");
    assert_eq!(console.states(), [State::New, State::New]);
}

#[test]
fn undo_brings_a_row_back_also_when_it_has_left_the_list() {
    let console = TestConsole::new(SIZE, 4).press("x u");
    assert_eq!(console.states(), [State::New; 4]);
    assert!(console.said().starts_with("undone: dismissed"), "{}", console.said());
    let console = console.press("x R u");
    assert_eq!(console.states(), [State::New; 4]);
}

#[test]
fn a_selection_is_marked_at_once_and_undone_at_once() {
    let console = TestConsole::new(SIZE, 6).press("j v j j x");
    let three = vec![ArticleId(2), ArticleId(3), ArticleId(4)];
    assert_eq!(console.marks(), [(three, Change::Dismiss)]);
    assert_eq!(console.app.list.anchor, None);
    assert_eq!(console.press("u").states(), [State::New; 6]);
}

#[test]
fn every_article_of_a_list_is_marked_by_one_change() {
    let console = TestConsole::new(SIZE, 6).press("A x");
    assert_eq!(console.marks().len(), 1);
    assert_eq!(console.marks()[0].0.len(), 6);
}

#[test]
fn the_next_unreviewed_skips_what_is_judged() {
    let console = TestConsole::new(SIZE, 6);
    console.change(&[2], Change::Review(Verdict::Relevant));
    console.change(&[3], Change::Dismiss);
    let console = console.press("f . n");
    assert_eq!(console.app.list.cursor, 3);
    let console = console.press("p");
    assert_eq!(console.app.list.cursor, 0);
}

#[test]
fn what_is_copied_is_the_query_byte_for_byte_and_is_written_down() {
    let console = TestConsole::new(SIZE, 3).press("y");
    let query = first_cards()[0].query(Dialect::Spl).unwrap().text.clone();
    assert_eq!(console.copied, [query]);
    let said = "copied UC_POWERSHELL_ENCODED as Splunk SPL to the terminal clipboard (OSC 52) (8 lines";
    assert!(console.said().starts_with(said), "{}", console.said());
    assert_eq!(console.marks(), [(vec![ArticleId(1)], Change::Copied("UC_POWERSHELL_ENCODED spl".into()))]);
}

#[test]
fn the_other_dialects_and_hunts_are_a_key_away() {
    let mut first = article(1);
    let value = Value { kind: Kind::Cve, value: "CVE-2026-11223".into() };
    first.briefing.hunts[1] = Proposal { id: HuntId("IOC_CVE".into()), because: Vec::new(), values: vec![value] };
    let hunts = rendering::cards(Catalogue::shipped(), &first.briefing.hunts, &Parameters::default());
    let kql = |index: usize| hunts[index].query(Dialect::Kql).unwrap().text.clone();
    let console = TestConsole::with(SIZE, vec![first]).press("Y k g h j d y Y g");
    assert_eq!(console.copied, [kql(0), kql(1)]);
    assert_eq!(console.said(), "IOC_CVE has no Sigma query");
}

#[test]
fn chosen_indicators_are_copied_defanged_unless_live_is_asked_for() {
    let console = TestConsole::new(SIZE, 3).press("g i j j j m m Y i Y I");
    assert_eq!(console.copied, ["evil[.]example\n203[.]0[.]113[.]77", "evil.example\n203.0.113.77"]);
    let all = TestConsole::new(SIZE, 3).press("Y i");
    assert_eq!(all.copied[0].lines().count(), 4, "the first tier, when none is chosen");
}

// opencti#14957: the evidence stands beside the entity.
#[test]
fn selecting_a_finding_highlights_its_evidence_and_enter_goes_there() {
    let console = TestConsole::new((80, 24), 3).press("g t");
    let phrase = |console: &TestConsole| {
        console.app.open.as_ref().unwrap().shown.current().map(|evidence| evidence.phrase.clone())
    };
    assert_eq!(phrase(&console).as_deref(), Some("encoded PowerShell commands"));
    let console = console.press("e");
    assert_eq!(phrase(&console).as_deref(), Some("powershell.exe -nop"));
    assert!(console.screen().contains("powershell.exe -nop"));
    let console = console.press("j enter");
    assert_eq!(console.app.focus, Pane::Article);
    assert_eq!(phrase(&console).as_deref(), Some("exploit CVE-2026-11223"));
    assert_eq!(console.press("g w j").app.open.unwrap().shown.current().unwrap().phrase, "ExampleGate appliance");
}

#[test]
fn the_first_tier_is_open_and_the_others_unfold() {
    let console = TestConsole::new((200, 60), 1).press("g i");
    assert!(console.screen().contains("evil[.]example"));
    assert!(!console.screen().contains("192[.]0[.]2[.]53"));
    let console = console.press("G enter j");
    assert!(console.screen().contains("192[.]0[.]2[.]53  text · the article"), "{}", console.screen());
    assert!(console.screen().contains(" the article calls it a resolver"), "the reason in full");
}

#[test]
fn a_search_is_live_and_esc_takes_it_back() {
    let console = TestConsole::new(SIZE, 6).press("/ 'npm'");
    assert_eq!(console.app.list.len(), 1);
    let console = console.press("esc");
    assert_eq!(console.app.list.len(), 6);
    let console = console.press("/ 'npm' enter");
    assert_eq!((console.app.list.len(), console.app.prompt.is_none()), (1, true));
    let console = console.press("/ ctrl-u up");
    assert_eq!(console.app.prompt.as_ref().unwrap().field.text(), "npm");
    let console = console.press("esc f f");
    assert_eq!(console.app.list.len(), 6);
}

#[test]
fn a_search_begins_at_its_first_article_and_esc_leads_back_to_the_row() {
    let mut console = TestConsole::new(SIZE, 600).press("5 0 1 G");
    let current = |console: &TestConsole| console.app.list.current().map(|row| row.id);
    let here = current(&console);
    assert_eq!((console.app.list.cursor, here.is_some()), (500, true));
    console.keys("/ 'npm'");
    assert_eq!((console.app.list.cursor, console.app.list.len()), (0, 100));
    let console = console.press("esc");
    assert_eq!((console.app.list.cursor, console.app.list.len(), current(&console)), (500, 600, here));
}

// flawz#110: an empty list says why it is empty.
#[test]
fn an_empty_list_says_why() {
    let console = TestConsole::new((80, 24), 6).press("/ 'zzz' enter");
    assert!(console.screen().contains("No article matches unreviewed zzz*."), "{}", console.screen());
    let mut console = TestConsole::new((80, 24), 0);
    assert!(console.screen().contains("Nothing is left in New."));
    console.app.narrow.base.clear();
    console.app.feeds.clear();
    assert!(console.screen().contains("Nothing has been fetched yet. g f"), "{}", console.screen());
    let mut failing = TestConsole::new((80, 24), 0);
    failing.app.narrow.base.clear();
    failing.app.feeds.retain(|feed| !feed.error.is_empty());
    assert!(failing.screen().contains("Example Research: the server"), "{}", failing.screen());
}

#[test]
fn a_note_has_lines_and_is_kept() {
    let console = TestConsole::new(SIZE, 2).press("N 'first' enter 'second' esc");
    assert_eq!(console.marks(), [(vec![ArticleId(1)], Change::Note("first\nsecond".into()))]);
    assert!(console.screen().contains("Note: first"));
    let console = console.press("N 'x' ctrl-c");
    assert_eq!(console.marks().len(), 1, "dropped");
}

#[test]
fn tags_come_and_go() {
    let console = TestConsole::new(SIZE, 2).press("t 'case-17 -research' enter");
    assert_eq!(console.marks()[0].1, Change::Tag("case-17".into()));
    assert_eq!(console.marks().len(), 1, "`research` is the briefing's own tag");
    let console = console.press("t '-case-17' enter");
    assert_eq!(console.marks()[1].1, Change::Untag("case-17".into()));
}

#[test]
fn a_change_that_changes_nothing_is_not_what_undo_takes_back() {
    for select in ["", "A "] {
        let console = TestConsole::fresh(SIZE).press("r e g g");
        let console = console.press(&format!("{select}t '-demo' enter"));
        assert!(console.said().starts_with("nothing to change"), "{}", console.said());
        assert_eq!(console.marks().len(), 1, "`demo` is the briefing's own tag");
        let console = console.press("u");
        assert!(console.said().starts_with("undone: escalated"), "{}", console.said());
        assert_eq!(console.states()[0], State::New);
    }
}

#[test]
fn the_palette_finds_actions_by_name_and_by_meaning() {
    let console = TestConsole::new(SIZE, 4).press(": 'dismiss' enter");
    assert_eq!(console.marks()[0].1, Change::Dismiss);
    let console = TestConsole::new(SIZE, 4).press(": 'how the feeds fare' enter");
    assert_eq!(console.app.overlay.unwrap().overlay, Overlay::Feeds);
    let console = TestConsole::new(SIZE, 4).press(": '3' enter");
    assert_eq!(console.app.list.cursor, 2);
}

#[test]
fn commands_take_a_word() {
    let console = TestConsole::new(SIZE, 4)
        .press(": 'snooze 2d' enter : 'owner kim' enter : 'tag apt old' enter : 'tag -old' enter");
    assert!(matches!(console.marks()[0].1, Change::Snooze(_)));
    assert_eq!(console.marks()[1].1, Change::Owner("kim".into()));
    assert_eq!(console.marks()[4].1, Change::Untag("old".into()));
    let console = console.press(": 'theme pa' tab enter : 'dialect k' enter : 'view al' enter");
    assert_eq!(console.app.theme, Theme::shipped("paper").unwrap());
    assert_eq!((console.app.dialect, console.app.narrow.view.as_str()), (Dialect::Kql, "All"));
    assert!(console.press(": 'snooze x' enter").said().starts_with("write how long"));
}

#[test]
fn a_pivot_opens_a_list_and_the_way_back_is_known() {
    let console = TestConsole::new(SIZE, 4).press("j g t *");
    assert_eq!(console.app.narrow.base, "t:T1059.001");
    assert_eq!(console.app.focus, Pane::List);
    let console = console.press("ctrl-o");
    assert_eq!((console.app.narrow.view.as_str(), console.app.list.cursor), ("New", 1));
    let console = console.press("g i j j j *");
    assert_eq!(console.app.narrow.base, "ioc:\"evil.example\"");
}

#[test]
fn a_view_is_chosen_from_the_overlay() {
    let console = TestConsole::new(SIZE, 4).press("V G enter");
    assert_eq!((console.app.narrow.view.as_str(), console.app.narrow.base.as_str()), ("All", ""));
}

#[test]
fn what_came_in_since_the_last_visit_is_a_view_of_its_own() {
    let console = TestConsole::new(SIZE, 4).press("V");
    assert!(console.screen().contains("Since last visit"), "{}", console.screen());
    assert!(console.screen().contains("Since last visit       4     1C     2H"), "views are counted");
    assert_eq!(console.press("j enter").app.narrow.base, "unreviewed seen:10h");
}

#[test]
fn the_matrix_leads_to_the_articles_of_a_technique() {
    let mut articles: Vec<_> = (1..5).map(article).collect();
    let mut another = articles[1].briefing.techniques[0].clone();
    another.id = "T1059.003".parse().unwrap();
    articles[1].briefing.techniques.push(another);
    let console = TestConsole::with(SIZE, articles).press("M l");
    assert!(console.screen().contains("T1059 5"), "sub-techniques count for their technique: {}", console.screen());
    assert!(console.screen().contains("T1059 Command and Scripting Interpreter  T1059.001 4, T1059.003 1"));
    assert_eq!(console.press("enter").app.narrow.base, "t:T1059");
}

#[test]
fn the_trend_tells_the_days_and_what_was_done() {
    let console = TestConsole::new(SIZE, 4).press("r e r r x T");
    assert!(
        console.screen().contains("Today: 4 came in, 2 reviewed, 1 escalated, 1 dismissed"),
        "{}",
        console.screen()
    );
    assert!(console.screen().contains("2026-11-23 Mon"), "{}", console.screen());
}

#[test]
fn an_article_that_is_gone_is_asked_for_once() {
    let console = TestConsole::new(SIZE, 3);
    console.remove_demo();
    let mut console = console.press("j");
    assert_eq!(console.app.unreadable, Some(ArticleId(2)), "every second article is of the demo set");
    console.keys("j");
    assert_eq!(console.app.open.as_ref().unwrap().id, ArticleId(3));
}

#[test]
fn reports_are_written_and_copied() {
    let console = TestConsole::new(SIZE, 2).press("Y b Y r g i j j j m Y h");
    assert!(console.copied[1].starts_with("# Hand-over 2026-11-24"), "{}", console.copied[1]);
    assert!(console.copied[2].contains("DNS.query IN (\"evil.example\""), "{}", console.copied[2]);
    assert!(console.copied[0].contains("ShinyRook ransomware gang"), "{}", console.copied[0]);
}

#[test]
fn articles_that_come_in_do_not_move_the_list_under_a_reader() {
    let arrive = |console: &mut TestConsole| {
        console.save(vec![article(7)]);
        console.message(Message::Progress(came(vec![ArticleId(7)])));
    };
    let mut idle = TestConsole::new(SIZE, 6);
    arrive(&mut idle);
    assert_eq!(idle.app.list.len(), 7);
    let mut busy = TestConsole::new(SIZE, 6).press("j");
    arrive(&mut busy);
    assert_eq!((busy.app.list.len(), busy.app.list.arrived), (6, 1));
    assert!(busy.screen().contains("+1 new (R)"));
    let busy = busy.press("R");
    let here = busy.app.list.current().map(|row| row.id);
    assert_eq!((busy.app.list.len(), here), (7, Some(ArticleId(2))), "the cursor stays on its article");
}

#[test]
fn what_the_intake_tells_is_counted_and_kept_in_the_log() {
    let mut console = TestConsole::new((120, 40), 2);
    console.message(Message::Progress(Progress::Started { feeds: 2 }));
    let failed = FeedOutcome::Failed("the server is gone".into());
    let failed =
        Progress::Asked { feed: "Gone".into(), outcome: failed, new: vec![], changed: vec![], touched: vec![] };
    console.message(Message::Progress(failed));
    let new = console.save(vec![article(7)]).new;
    console.message(Message::Progress(came(new)));
    console.message(Message::Progress(Progress::Finished(Summary::default())));
    assert_eq!(console.said(), "1 new articles, 1 feeds failed");
    let log: Vec<&str> = console.app.log.iter().map(|line| line.text.as_str()).collect();
    assert!(log.contains(&"Gone: the server is gone") && log.contains(&"Field Notes: 1 entry, 1 new"), "{log:?}");
}

#[test]
fn a_woken_article_is_new_again_on_the_screen() {
    let mut console = TestConsole::new(SIZE, 3).press("z d");
    assert_eq!(console.states()[0], State::Snoozed);
    let woken = console.wake(NOW + SignedDuration::from_hours(25));
    assert_eq!(woken, [ArticleId(1)]);
    console.message(Message::Progress(Progress::Woken(woken)));
    assert_eq!(console.states(), [State::New; 3]);
}

#[test]
fn the_chosen_severities_are_told_of() {
    let mut console = TestConsole::new(SIZE, 1);
    let new = console.save(vec![article(3), article(5), article(7)]).new;
    let arrived = || came(new.clone());
    console.message(Message::Progress(arrived()));
    assert!(console.notified.is_empty(), "nobody is told unless it is wanted");
    console.app.notify.severity = Some(Severity::High);
    console.app.notify.bell = true;
    console.message(Message::Progress(arrived()));
    assert_eq!(console.notified, [new[0], new[2]]);
}

#[test]
fn the_articles_of_a_chosen_view_are_told_of() {
    let mut console = TestConsole::new(SIZE, 1);
    let mut exploited = article(5);
    exploited.briefing.tags.push("exploited".into());
    let new = console.save(vec![article(3), exploited]).new;
    let arrived = || came(new.clone());
    console.app.notify.bell = true;
    console.app.notify.views = vec!["no such view".into()];
    console.message(Message::Progress(arrived()));
    assert!(console.notified.is_empty());
    console.app.notify.views = vec!["exploited".into()];
    console.message(Message::Progress(arrived()));
    assert_eq!(console.notified, [new[1]]);
}

#[test]
fn the_footer_counts_failing_feeds_and_the_overlay_names_them() {
    let console = TestConsole::new((100, 30), 3);
    assert!(console.screen().contains("1 failing (F)"));
    let console = console.press("F");
    assert!(
        console.screen().contains("503  good never                      1 articles · the server"),
        "{}",
        console.screen()
    );
}

#[test]
fn a_run_over_feeds_that_all_fail_makes_the_data_no_newer() {
    let mut console = TestConsole::new((100, 30), 3);
    assert!(console.screen().contains("data 12m"), "{}", console.screen());
    let failed = Progress::Asked {
        feed: "Field Notes".into(),
        outcome: FeedOutcome::Failed("503".into()),
        new: Vec::new(),
        changed: Vec::new(),
        touched: Vec::new(),
    };
    for progress in [Progress::Started { feeds: 1 }, failed, Progress::Finished(Summary::default())] {
        console.message(Message::Progress(progress));
    }
    assert!(console.screen().contains("data 12m"), "{}", console.screen());
}

#[test]
fn what_another_process_writes_is_seen_and_moves_nothing_under_a_reader() {
    let mut idle = TestConsole::new(SIZE, 3);
    idle.save(vec![article(4)]);
    idle.message(Message::Progress(Progress::WrittenElsewhere));
    assert_eq!(idle.app.list.len(), 4);
    let mut busy = TestConsole::new(SIZE, 3).press("j");
    busy.save(vec![article(4)]);
    busy.message(Message::Progress(Progress::WrittenElsewhere));
    assert_eq!(busy.app.list.len(), 3);
    assert!(busy.screen().contains("changed elsewhere (R)"), "{}", busy.screen());
    assert_eq!(busy.press("R").app.list.len(), 4);
}

#[test]
fn a_store_that_fails_is_said_and_tried_again() {
    let mut console = TestConsole::new(SIZE, 3);
    let rest = std::time::Duration::from_secs(5);
    console.message(Message::Progress(Progress::StoreFailed { why: "the disk is full".into(), rest }));
    assert_eq!(console.said(), "the disk is full; trying again in 5 s");
}

#[test]
fn only_a_web_link_reaches_the_browser() {
    assert_eq!(TestConsole::new(SIZE, 2).press("o").browsed, ["https://news.example/1"]);
    let mut bad = article(1);
    bad.article.url = Some(format!("file:///{HOSTILE}"));
    let console = TestConsole::with(SIZE, vec![bad]).press("o");
    assert!(console.browsed.is_empty());
    assert!(console.said().contains("no web address"));
}

#[test]
fn a_sequence_shows_what_may_follow_and_esc_leaves_it() {
    let console = TestConsole::new(SIZE, 2).press("z");
    assert!(console.screen().contains("Put it away for a week"));
    let console = console.press("esc");
    assert!(console.app.keys.is_empty() && console.said().is_empty());
    assert!(console.press("z q").said().starts_with("`z q` does nothing here"));
}

#[test]
fn a_count_goes_before_a_step() {
    let console = TestConsole::new(SIZE, 30).press("1 2 j");
    assert_eq!(console.app.list.cursor, 12);
    assert_eq!(console.press("5 G").app.list.cursor, 4);
}

#[test]
fn escape_leaves_one_level_at_a_time() {
    let console = TestConsole::new((80, 24), 3).press("enter g h =");
    assert!(console.app.zoomed);
    let console = console.press("esc");
    assert_eq!((console.app.zoomed, console.app.focus), (false, Pane::Hunts));
    let console = console.press("esc esc");
    assert_eq!(console.app.focus, Pane::List);
}

#[test]
fn a_title_has_its_room_before_everything_else_of_a_row() {
    for (size, least) in [((80, 24), 24), ((120, 40), 28), ((160, 50), 42), ((200, 60), 36), ((40, 12), 26)] {
        let console = TestConsole::new(size, 3);
        let row = console.screen().lines().nth(2).unwrap().to_owned();
        let shown = row.find("ShinyRook").map(|at| row[at..].split(['│', '…']).next().unwrap().trim_end().len());
        assert!(shown >= Some(least), "{shown:?} at {size:?}: {row}");
    }
}

#[test]
fn the_changes_name_their_articles_and_lead_to_them() {
    let console = TestConsole::new((120, 24), 4).press("x j v j x U");
    let screen = console.screen();
    assert!(screen.contains("dismissed (u undoes it) 2 articles"), "{screen}");
    assert!(screen.contains("dismissed “ShinyRook ransomware gang"), "{screen}");
    assert_eq!(console.press("j enter").app.narrow.words(), "id:1");
}

#[test]
fn what_is_counted_leads_to_what_was_counted() {
    let list = |keys: &str| TestConsole::new((120, 40), 4).press(keys).app.narrow.words();
    assert_eq!(list("F enter"), "feed:\"Example Research\"");
    assert_eq!(list("T j j j j enter"), "sev:crit newer:30d");
    assert_eq!(list("T / '2026-11-23' enter enter"), "newer:2026-11-23 older:2026-11-24");
    assert_eq!(list("T / 'field notes' enter enter"), "source:\"Field Notes\" newer:30d");
}

#[test]
fn help_is_in_parts_and_the_keys_of_an_overlay_are_its_own() {
    let console = TestConsole::new((100, 30), 2).press("? esc ?");
    let screen = console.screen();
    assert!(screen.contains("\n Moving\n"), "{screen}");
    assert!(
        TestConsole::new((100, 30), 2)
            .press("U")
            .screen()
            .contains("esc close  / search  enter show its articles  u undo")
    );
}

#[test]
fn in_plain_mode_what_is_on_top_and_what_is_selected_is_said() {
    let mut console = TestConsole::new((80, 24), 4).press("v j");
    console.app.plain = true;
    let screen = console.screen();
    assert!(screen.contains("[Articles]") && screen.contains("selected ShinyRook"), "{screen}");
    let screen = console.press("esc g h").screen();
    assert!(screen.contains("[Hunts 2]") && screen.contains("[Splunk SPL]"), "{screen}");
}

#[test]
fn a_value_that_is_begun_is_offered_and_no_fault_yet() {
    let console = TestConsole::new(SIZE, 4).press("/ 'sev>='");
    let lines: Vec<String> = console.screen().lines().rev().take(5).map(str::to_owned).collect();
    assert_eq!(
        lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>(),
        ["/sev>=", " sev>=low", " sev>=med", " sev>=high", " sev>=crit"]
    );
    let console = console.press("down tab");
    assert_eq!(console.app.prompt.as_ref().unwrap().field.text(), "sev>=high ");
    let console = console.press("'newer:soon '");
    assert!(console.screen().contains("▼ "), "{}", console.screen());
}

#[test]
fn searches_of_before_are_called_back_also_those_of_another_day() {
    let console = TestConsole::new(SIZE, 4).press("/ up");
    assert_eq!(console.app.prompt.as_ref().unwrap().field.text(), "sev:crit vpn");
    let console = console.press("esc / 'npm' enter / ctrl-u up up");
    assert_eq!(console.app.prompt.as_ref().unwrap().field.text(), "sev:crit vpn");
    assert_eq!(console.app.searches, ["sev:crit vpn", "npm"]);
}

#[test]
fn the_evidence_leads_back_to_its_finding() {
    let console = TestConsole::new((80, 24), 3).press("g t j enter");
    assert_eq!(console.app.focus, Pane::Article);
    let console = console.press("j esc");
    assert_eq!(console.app.focus, Pane::Techniques);
    assert_eq!(console.press("esc esc").app.focus, Pane::List);
    assert_eq!(
        TestConsole::new((80, 24), 3).press("g t enter g l g a esc").app.focus,
        Pane::List,
        "after another way there"
    );
}

#[test]
fn a_query_that_is_longer_than_its_pane_is_read_to_its_end() {
    let console = TestConsole::new((80, 14), 3).press("g h");
    assert!(console.screen().contains("more lines, ctrl-d shows them"), "{}", console.screen());
    let console = console.press("2 0 ctrl-d");
    assert!(console.screen().contains("-EncodedCommand"), "{}", console.screen());
    assert!(!console.screen().contains("more lines"));
    let end = console.app.open.as_ref().unwrap().preview;
    let console = console.press("ctrl-d");
    assert_eq!(console.app.open.as_ref().unwrap().preview, end);
    assert_eq!(console.press("2 0 ctrl-u").app.open.unwrap().preview, 0);
}

#[test]
fn the_mouse_reaches_tabs_panes_lines_and_overlays() {
    let mut console = TestConsole::new(SIZE, 6);
    console.message(Message::Click(3, 4));
    assert_eq!((console.app.list.cursor, console.app.focus), (2, Pane::List));
    console.message(Message::Click(3, 4));
    assert_eq!(console.app.focus, Pane::Article, "a second click opens");
    let head = console.screen().lines().nth(1).unwrap().to_owned();
    let column = head.chars().collect::<String>().split("Hunts").next().unwrap().chars().count() as u16;
    console.message(Message::Click(column, 1));
    assert_eq!((console.app.focus, console.app.tab), (Pane::Hunts, Pane::Hunts));
    console.message(Message::Wheel(3, 3, 8));
    assert_eq!((console.app.list.cursor, console.app.focus), (5, Pane::Hunts), "the wheel is for what it is over");
    let mut console = console.press("V");
    console.message(Message::Click(3, 4));
    console.message(Message::Click(3, 4));
    assert_eq!(console.app.narrow.view, "Changed");
}

#[test]
fn at_40_columns_every_tab_is_in_sight() {
    let console = TestConsole::new((40, 12), 3).press("g w");
    assert!(console.screen().contains(" List  Article  IOCs  TTPs  Hunts  Why"), "{}", console.screen());
}
