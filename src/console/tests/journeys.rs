//! What an analyst does, as keys pressed and what comes of them.

use crate::{
    console::{
        message::{Message, Progress},
        pane::{Pane, Sheet},
        sample::{Desk, HOSTILE, cards, item},
        theme::Theme,
    },
    hunt::{Dialect, Parameters},
    triage::{ArticleId, Change, State, Verdict},
};

const SIZE: (u16, u16) = (120, 40);

// newsboat#567: moving the cursor must not mark anything.
#[test]
fn moving_marks_nothing_and_opening_does() {
    let desk = Desk::new(SIZE, 20).press("j j j G g g 5 j ctrl-d k");
    assert!(desk.marks.is_empty());
    let desk = desk.press("g g enter");
    assert_eq!(desk.marks, [(vec![ArticleId(1)], Change::Read)]);
    assert_eq!(desk.app.focus, Pane::Article);
}

// newsboat#1715: what was marked stays where it is until the view is left.
#[test]
fn reviewed_rows_stay_until_the_view_is_left() {
    let desk = Desk::new(SIZE, 4).press("r r x");
    assert_eq!(desk.states(), [State::Reviewed, State::Dismissed, State::New, State::New]);
    assert_eq!(desk.app.list.cursor, 2, "the cursor goes on to what is next");
    assert_eq!(desk.marks[0].1, Change::Review(Verdict::Relevant));
    let desk = desk.press("R");
    assert_eq!(desk.states(), [State::New, State::New]);
}

#[test]
fn undo_brings_a_row_back_also_when_it_has_left_the_list() {
    let desk = Desk::new(SIZE, 4).press("x u");
    assert_eq!(desk.states(), [State::New; 4]);
    assert!(desk.said().starts_with("undone: dismissed"), "{}", desk.said());
    let desk = desk.press("x R u");
    assert_eq!(desk.states(), [State::New; 4]);
}

#[test]
fn a_selection_is_marked_at_once_and_undone_at_once() {
    let desk = Desk::new(SIZE, 6).press("j v j j x");
    let three = vec![ArticleId(2), ArticleId(3), ArticleId(4)];
    assert_eq!(desk.marks, [(three, Change::Dismiss)]);
    assert_eq!(desk.app.list.anchor, None);
    assert_eq!(desk.press("u").states(), [State::New; 6]);
}

#[test]
fn every_article_of_a_list_is_marked_by_one_change() {
    let desk = Desk::new(SIZE, 6).press("A x");
    assert_eq!(desk.marks.len(), 1);
    assert_eq!(desk.marks[0].0.len(), 6);
}

#[test]
fn the_next_unreviewed_skips_what_is_judged() {
    let mut desk = Desk::new(SIZE, 6);
    desk.items[1].row.standing.state = State::Reviewed;
    desk.items[2].row.standing.state = State::Dismissed;
    let desk = desk.press("f . n");
    assert_eq!(desk.app.list.cursor, 3);
    let desk = desk.press("p");
    assert_eq!(desk.app.list.cursor, 0);
}

#[test]
fn what_is_copied_is_the_query_byte_for_byte_and_is_written_down() {
    let desk = Desk::new(SIZE, 3).press("y");
    let query = cards(&item(1), &Parameters::default())[0].query(Dialect::Spl).unwrap().text.clone();
    assert_eq!(desk.copied, [query]);
    let said = "copied UC_ENCODED_POWERSHELL as Splunk SPL to the tmux buffer (3 lines";
    assert!(desk.said().starts_with(said), "{}", desk.said());
    assert_eq!(desk.marks, [(vec![ArticleId(1)], Change::Copied("UC_ENCODED_POWERSHELL spl".into()))]);
}

#[test]
fn the_other_dialects_and_hunts_are_a_key_away() {
    let hunts = cards(&item(1), &Parameters::default());
    let kql = |index: usize| hunts[index].query(Dialect::Kql).unwrap().text.clone();
    let desk = Desk::new(SIZE, 3).press("Y k g h j d y Y g");
    assert_eq!(desk.copied, [kql(0), kql(1)]);
    assert_eq!(desk.said(), "UC_DOMAIN has no Sigma query");
}

#[test]
fn chosen_indicators_are_copied_defanged_unless_live_is_asked_for() {
    let desk = Desk::new(SIZE, 3).press("g i j j j m m Y i Y I");
    assert_eq!(desk.copied, ["evil[.]example\n203[.]0[.]113[.]77", "evil.example\n203.0.113.77"]);
    let all = Desk::new(SIZE, 3).press("Y i");
    assert_eq!(all.copied[0].lines().count(), 4, "the first tier, when none is chosen");
}

// opencti#14957: the evidence stands beside the entity.
#[test]
fn selecting_a_finding_highlights_its_evidence_and_enter_goes_there() {
    let desk = Desk::new((80, 24), 3).press("g t");
    let phrase = |desk: &Desk| desk.app.open.as_ref().unwrap().shown.current().map(|evidence| evidence.phrase.clone());
    assert_eq!(phrase(&desk).as_deref(), Some("encoded PowerShell commands"));
    let desk = desk.press("e");
    assert_eq!(phrase(&desk).as_deref(), Some("powershell.exe -nop"));
    assert!(desk.screen().contains("powershell.exe -nop"));
    let desk = desk.press("j enter");
    assert_eq!(desk.app.focus, Pane::Article);
    assert_eq!(phrase(&desk).as_deref(), Some("exploit CVE-2026-11223"));
    assert_eq!(desk.press("g w j").app.open.unwrap().shown.current().unwrap().phrase, "ExampleGate appliance");
}

#[test]
fn the_first_tier_is_open_and_the_others_unfold() {
    let desk = Desk::new((200, 60), 1).press("g i");
    assert!(desk.screen().contains("evil[.]example"));
    assert!(!desk.screen().contains("192[.]0[.]2[.]53"));
    let desk = desk.press("G enter j");
    assert!(desk.screen().contains("192[.]0[.]2[.]53  text · the article"), "{}", desk.screen());
    assert!(desk.screen().contains(" the article calls it a resolver"), "the reason in full");
}

#[test]
fn a_search_is_live_and_esc_takes_it_back() {
    let desk = Desk::new(SIZE, 6).press("/ 'npm'");
    assert_eq!(desk.app.list.len(), 1);
    let desk = desk.press("esc");
    assert_eq!(desk.app.list.len(), 6);
    let desk = desk.press("/ 'npm' enter");
    assert_eq!((desk.app.list.len(), desk.app.prompt.is_none()), (1, true));
    let desk = desk.press("/ ctrl-u up");
    assert_eq!(desk.app.prompt.as_ref().unwrap().field.text(), "npm");
    let desk = desk.press("esc f f");
    assert_eq!(desk.app.list.len(), 6);
}

#[test]
fn a_search_begins_at_its_first_article_and_esc_leads_back_to_the_row() {
    let mut desk = Desk::new(SIZE, 600).press("5 0 1 G");
    assert_eq!((desk.app.list.cursor, desk.app.list.current().map(|row| row.id)), (500, Some(ArticleId(501))));
    desk.keys("/ 'npm'");
    assert_eq!((desk.app.list.cursor, desk.app.list.len()), (0, 100));
    let desk = desk.press("esc");
    assert_eq!((desk.app.list.cursor, desk.app.list.len()), (500, 600));
}

// flawz#110: an empty list says why it is empty.
#[test]
fn an_empty_list_says_why() {
    let desk = Desk::new((80, 24), 6).press("/ 'zzz' enter");
    assert!(desk.screen().contains("No article matches unreviewed zzz*."), "{}", desk.screen());
    let mut desk = Desk::new((80, 24), 0);
    assert!(desk.screen().contains("Nothing is left in New."));
    desk.app.narrow.base.clear();
    desk.app.feeds.clear();
    assert!(desk.screen().contains("Nothing has been fetched yet. g f"), "{}", desk.screen());
    let mut failing = Desk::new((80, 24), 0);
    failing.app.narrow.base.clear();
    failing.app.feeds.retain(|feed| !feed.error.is_empty());
    assert!(failing.screen().contains("Example Research: the server"), "{}", failing.screen());
}

#[test]
fn a_note_has_lines_and_is_kept() {
    let desk = Desk::new(SIZE, 2).press("N 'first' enter 'second' esc");
    assert_eq!(desk.marks, [(vec![ArticleId(1)], Change::Note("first\nsecond".into()))]);
    assert!(desk.screen().contains("Note: first"));
    let desk = desk.press("N 'x' ctrl-c");
    assert_eq!(desk.marks.len(), 1, "dropped");
}

#[test]
fn tags_come_and_go() {
    let desk = Desk::new(SIZE, 2).press("t 'case-17 -research' enter");
    assert_eq!(desk.marks[0].1, Change::Tag("case-17".into()));
    assert_eq!(desk.marks[1].1, Change::Untag("research".into()));
}

#[test]
fn the_palette_finds_actions_by_name_and_by_meaning() {
    let desk = Desk::new(SIZE, 4).press(": 'dismiss' enter");
    assert_eq!(desk.marks[0].1, Change::Dismiss);
    let desk = Desk::new(SIZE, 4).press(": 'how the feeds fare' enter");
    assert_eq!(desk.app.sheet.unwrap().sheet, Sheet::Feeds);
    let desk = Desk::new(SIZE, 4).press(": '3' enter");
    assert_eq!(desk.app.list.cursor, 2);
}

#[test]
fn commands_take_a_word() {
    let desk = Desk::new(SIZE, 4).press(": 'snooze 2d' enter : 'owner kim' enter : 'tag apt -old' enter");
    assert!(matches!(desk.marks[0].1, Change::Snooze(_)));
    assert_eq!(desk.marks[1].1, Change::Owner("kim".into()));
    assert_eq!(desk.marks[3].1, Change::Untag("old".into()));
    let desk = desk.press(": 'theme pa' tab enter : 'dialect k' enter : 'view al' enter");
    assert_eq!(desk.app.theme, Theme::shipped("paper").unwrap());
    assert_eq!((desk.app.dialect, desk.app.narrow.view.as_str()), (Dialect::Kql, "All"));
    assert!(desk.press(": 'snooze x' enter").said().starts_with("write how long"));
}

#[test]
fn a_pivot_opens_a_list_and_the_way_back_is_known() {
    let desk = Desk::new(SIZE, 4).press("j g t *");
    assert_eq!(desk.app.narrow.base, "t:T1059.001");
    assert_eq!(desk.app.focus, Pane::List);
    let desk = desk.press("ctrl-o");
    assert_eq!((desk.app.narrow.view.as_str(), desk.app.list.cursor), ("New", 1));
    let desk = desk.press("g i j j j *");
    assert_eq!(desk.app.narrow.base, "ioc:\"evil.example\"");
}

#[test]
fn a_view_is_chosen_from_the_sheet() {
    let desk = Desk::new(SIZE, 4).press("V G enter");
    assert_eq!((desk.app.narrow.view.as_str(), desk.app.narrow.base.as_str()), ("All", ""));
}

#[test]
fn what_came_in_since_the_last_visit_is_a_view_of_its_own() {
    let desk = Desk::new(SIZE, 4).press("V");
    assert!(desk.screen().contains("Since last visit"), "{}", desk.screen());
    assert!(desk.screen().contains("6     1C     2H"), "views are counted");
    assert_eq!(desk.press("j enter").app.narrow.base, "unreviewed seen:10h");
}

#[test]
fn the_matrix_leads_to_the_articles_of_a_technique() {
    let desk = Desk::new(SIZE, 4).press("M l");
    assert!(desk.screen().contains("T1059 13"), "sub-techniques count for their technique: {}", desk.screen());
    assert!(desk.screen().contains("T1059 Command and Scripting Interpreter  T1059.001 9, T1059.003 4"));
    assert_eq!(desk.press("enter").app.narrow.base, "t:T1059");
}

#[test]
fn the_trend_tells_the_days_and_what_was_done() {
    let desk = Desk::new(SIZE, 4).press("T");
    assert!(desk.screen().contains("Today: 6 came in, 6 reviewed, 6 escalated, 6 dismissed"), "{}", desk.screen());
    assert!(desk.screen().contains("2026-11-23 Mon"), "{}", desk.screen());
}

#[test]
fn an_article_that_is_gone_is_asked_for_once() {
    let mut desk = Desk::new(SIZE, 3);
    let gone = desk.items.remove(1);
    let mut desk = desk.press("j");
    assert_eq!(desk.app.unreadable, Some(gone.row.id));
    desk.keys("j");
    assert_eq!(desk.app.open.as_ref().unwrap().id, ArticleId(3));
}

#[test]
fn reports_are_written_and_copied() {
    let desk = Desk::new(SIZE, 2).press("Y b Y r g i j j j m Y h");
    assert_eq!(desk.copied[1..], ["report".to_owned(), "spl: evil.example".to_owned()]);
    assert!(desk.copied[0].starts_with("# ShinyRook"));
}

#[test]
fn articles_that_come_in_do_not_move_the_list_under_a_reader() {
    let arrive = |desk: &mut Desk| {
        desk.items.push(item(7));
        desk.message(Message::Progress(Progress::Saved { new: vec![ArticleId(7)], changed: vec![] }));
    };
    let mut idle = Desk::new(SIZE, 6);
    arrive(&mut idle);
    assert_eq!(idle.app.list.len(), 7);
    let mut busy = Desk::new(SIZE, 6).press("j");
    arrive(&mut busy);
    assert_eq!((busy.app.list.len(), busy.app.list.arrived), (6, 1));
    assert!(busy.screen().contains("+1 new (R)"));
    let busy = busy.press("R");
    assert_eq!((busy.app.list.len(), busy.app.list.cursor), (7, 1));
}

#[test]
fn the_chosen_severities_are_told_of() {
    let mut desk = Desk::new(SIZE, 1);
    desk.items.extend([item(3), item(4), item(7)]);
    let arrived = || Progress::Saved { new: [3, 4, 7].map(ArticleId).to_vec(), changed: vec![] };
    desk.message(Message::Progress(arrived()));
    assert!(desk.notified.is_empty(), "nobody is told unless it is wanted");
    desk.app.notify.severity = "high".into();
    desk.app.notify.bell = true;
    desk.message(Message::Progress(arrived()));
    assert_eq!(desk.notified, [ArticleId(3), ArticleId(7)]);
}

#[test]
fn the_articles_of_a_chosen_view_are_told_of() {
    let mut desk = Desk::new(SIZE, 1);
    desk.items.extend([item(3), item(5)]);
    let arrived = || Progress::Saved { new: [3, 5].map(ArticleId).to_vec(), changed: vec![] };
    desk.app.notify.bell = true;
    desk.app.notify.views = vec!["no such view".into()];
    desk.message(Message::Progress(arrived()));
    assert!(desk.notified.is_empty());
    desk.app.notify.views = vec!["exploited".into()];
    desk.message(Message::Progress(arrived()));
    assert_eq!(desk.notified, [ArticleId(5)]);
}

#[test]
fn the_footer_counts_failing_feeds_and_the_sheet_names_them() {
    let desk = Desk::new((100, 30), 3);
    assert!(desk.screen().contains("1 failing (F)"));
    let desk = desk.press("F");
    assert!(
        desk.screen().contains("503  good never                      0 articles · the server"),
        "{}",
        desk.screen()
    );
}

#[test]
fn only_a_web_link_reaches_the_browser() {
    assert_eq!(Desk::new(SIZE, 2).press("o").browsed, ["https://news.example/1"]);
    let mut desk = Desk::new(SIZE, 0);
    let mut bad = item(1);
    bad.row.url = Some(format!("file:///{HOSTILE}"));
    desk.items.push(bad);
    let desk = desk.press("R o");
    assert!(desk.browsed.is_empty());
    assert!(desk.said().contains("no web address"));
}

#[test]
fn a_sequence_shows_what_may_follow_and_esc_leaves_it() {
    let desk = Desk::new(SIZE, 2).press("z");
    assert!(desk.screen().contains("Put it away for a week"));
    let desk = desk.press("esc");
    assert!(desk.app.keys.is_empty() && desk.said().is_empty());
    assert!(desk.press("z q").said().starts_with("`z q` does nothing here"));
}

#[test]
fn a_count_goes_before_a_step() {
    let desk = Desk::new(SIZE, 30).press("1 2 j");
    assert_eq!(desk.app.list.cursor, 12);
    assert_eq!(desk.press("5 G").app.list.cursor, 4);
}

#[test]
fn escape_leaves_one_level_at_a_time() {
    let desk = Desk::new((80, 24), 3).press("enter g h =");
    assert!(desk.app.zoomed);
    let desk = desk.press("esc");
    assert_eq!((desk.app.zoomed, desk.app.focus), (false, Pane::Hunts));
    let desk = desk.press("esc esc");
    assert_eq!(desk.app.focus, Pane::List);
}

#[test]
fn a_title_has_its_room_before_everything_else_of_a_row() {
    for (size, least) in [((80, 24), 24), ((120, 40), 28), ((160, 50), 42), ((200, 60), 36), ((40, 12), 26)] {
        let desk = Desk::new(size, 3);
        let row = desk.screen().lines().nth(2).unwrap().to_owned();
        let shown = row.find("ShinyRook").map(|at| row[at..].split(['│', '…']).next().unwrap().trim_end().len());
        assert!(shown >= Some(least), "{shown:?} at {size:?}: {row}");
    }
}

#[test]
fn the_changes_name_their_articles_and_lead_to_them() {
    let desk = Desk::new((120, 24), 4).press("x j v j x U");
    let screen = desk.screen();
    assert!(screen.contains("dismissed (u undoes it) 2 articles"), "{screen}");
    assert!(screen.contains("dismissed “ShinyRook ransomware gang"), "{screen}");
    assert_eq!(desk.press("j enter").app.narrow.query(), "id:1");
}

#[test]
fn what_is_counted_leads_to_what_was_counted() {
    let list = |keys: &str| Desk::new((120, 40), 4).press(keys).app.narrow.query();
    assert_eq!(list("F enter"), "feed:\"Example Research\"");
    assert_eq!(list("T j j j j enter"), "sev:crit newer:30d");
    assert_eq!(list("T / '2026-11-23' enter enter"), "newer:2026-11-23 older:2026-11-24");
    assert_eq!(list("T / 'field notes' enter enter"), "source:\"Field Notes\" newer:30d");
}

#[test]
fn help_is_in_parts_and_the_keys_of_a_sheet_are_its_own() {
    let desk = Desk::new((100, 30), 2).press("? esc ?");
    let screen = desk.screen();
    assert!(screen.contains("\n Moving\n"), "{screen}");
    assert!(
        Desk::new((100, 30), 2).press("U").screen().contains("esc close  / search  enter show its articles  u undo")
    );
}

#[test]
fn in_plain_mode_what_is_on_top_and_what_is_selected_is_said() {
    let mut desk = Desk::new((80, 24), 4).press("v j");
    desk.app.plain = true;
    let screen = desk.screen();
    assert!(screen.contains("[Articles]") && screen.contains("selected ShinyRook"), "{screen}");
    let screen = desk.press("esc g h").screen();
    assert!(screen.contains("[Hunts 2]") && screen.contains("[Splunk SPL]"), "{screen}");
}

#[test]
fn a_value_that_is_begun_is_offered_and_no_fault_yet() {
    let desk = Desk::new(SIZE, 4).press("/ 'sev>='");
    let lines: Vec<String> = desk.screen().lines().rev().take(5).map(str::to_owned).collect();
    assert_eq!(
        lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>(),
        ["/sev>=", " sev>=low", " sev>=med", " sev>=high", " sev>=crit"]
    );
    let desk = desk.press("down tab");
    assert_eq!(desk.app.prompt.as_ref().unwrap().field.text(), "sev>=high ");
    let desk = desk.press("'newer:soon '");
    assert!(desk.screen().contains("▼ "), "{}", desk.screen());
}

#[test]
fn searches_of_before_are_called_back_also_those_of_another_day() {
    let desk = Desk::new(SIZE, 4).press("/ up");
    assert_eq!(desk.app.prompt.as_ref().unwrap().field.text(), "sev:crit vpn");
    let desk = desk.press("esc / 'npm' enter / ctrl-u up up");
    assert_eq!(desk.app.prompt.as_ref().unwrap().field.text(), "sev:crit vpn");
    assert_eq!(desk.app.searches, ["sev:crit vpn", "npm"]);
}

#[test]
fn the_evidence_leads_back_to_its_finding() {
    let desk = Desk::new((80, 24), 3).press("g t j enter");
    assert_eq!(desk.app.focus, Pane::Article);
    let desk = desk.press("j esc");
    assert_eq!(desk.app.focus, Pane::Techniques);
    assert_eq!(desk.press("esc esc").app.focus, Pane::List);
    assert_eq!(Desk::new((80, 24), 3).press("g t enter g l g a esc").app.focus, Pane::List, "after another way there");
}

#[test]
fn a_query_that_is_longer_than_its_pane_is_read_to_its_end() {
    let desk = Desk::new((80, 14), 3).press("g h");
    assert!(desk.screen().contains("more lines, ctrl-d shows them"), "{}", desk.screen());
    let desk = desk.press("9 ctrl-d");
    assert!(desk.screen().contains("Also matches: software"), "{}", desk.screen());
    assert!(!desk.screen().contains("more lines"));
    let end = desk.app.open.as_ref().unwrap().preview;
    let desk = desk.press("ctrl-d");
    assert_eq!(desk.app.open.as_ref().unwrap().preview, end);
    assert_eq!(desk.press("9 ctrl-u").app.open.unwrap().preview, 0);
}

#[test]
fn the_mouse_reaches_tabs_panes_lines_and_sheets() {
    let mut desk = Desk::new(SIZE, 6);
    desk.message(Message::Click(3, 4));
    assert_eq!((desk.app.list.cursor, desk.app.focus), (2, Pane::List));
    desk.message(Message::Click(3, 4));
    assert_eq!(desk.app.focus, Pane::Article, "a second click opens");
    let head = desk.screen().lines().nth(1).unwrap().to_owned();
    let column = head.chars().collect::<String>().split("Hunts").next().unwrap().chars().count() as u16;
    desk.message(Message::Click(column, 1));
    assert_eq!((desk.app.focus, desk.app.tab), (Pane::Hunts, Pane::Hunts));
    desk.message(Message::Wheel(3, 3, 8));
    assert_eq!((desk.app.list.cursor, desk.app.focus), (5, Pane::Hunts), "the wheel is for what it is over");
    let mut desk = desk.press("V");
    desk.message(Message::Click(3, 4));
    desk.message(Message::Click(3, 4));
    assert_eq!(desk.app.narrow.view, "Critical");
}

#[test]
fn at_40_columns_every_tab_is_in_sight() {
    let desk = Desk::new((40, 12), 3).press("g w");
    assert!(desk.screen().contains(" List  Article  IOCs  TTPs  Hunts  Why"), "{}", desk.screen());
}
