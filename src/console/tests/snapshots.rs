use insta::{assert_snapshot, with_settings};

use crate::console::{
    sample::{TestConsole, half_a_year},
    theme::Theme,
};

macro_rules! snapshot {
    ($name:literal, $screen:expr) => {
        with_settings!({ snapshot_path => "../../../tests/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            assert_snapshot!(concat!("console_", $name), $screen);
        });
    };
}

#[test]
fn the_list_at_80_by_24() {
    snapshot!("list_80x24", TestConsole::new((80, 24), 40).press("j j x").screen());
}

#[test]
fn the_article_beside_its_findings_at_120_by_40() {
    snapshot!("article_120x40", TestConsole::new((120, 40), 40).press("enter g t").screen());
}

#[test]
fn a_hunt_with_its_query_at_200_by_60() {
    snapshot!("hunts_200x60", TestConsole::new((200, 60), 40).press("g h d").screen());
}

#[test]
fn indicators_above_their_evidence_at_80_by_24() {
    snapshot!("indicators_80x24", TestConsole::new((80, 24), 6).press("g i j j j").screen());
}

#[test]
fn one_pane_with_tabs_at_60_by_20() {
    snapshot!("single_60x20", TestConsole::new((60, 20), 6).press("enter").screen());
}

#[test]
fn help_that_is_searched() {
    snapshot!("help_80x24", TestConsole::new((80, 24), 6).press("? 'copy'").screen());
}

#[test]
fn the_matrix_at_120_by_40() {
    snapshot!("matrix_120x40", TestConsole::new((120, 40), 6).press("M l").screen());
}

#[test]
fn the_trend_at_120_by_40() {
    snapshot!("trend_120x40", TestConsole::with((120, 40), half_a_year(200)).press("T").screen());
}

#[test]
fn the_keys_that_may_follow() {
    snapshot!("which_key_80x24", TestConsole::new((80, 24), 6).press("f").screen());
}

#[test]
fn the_plain_mode_has_words_alone() {
    let mut console = TestConsole::new((80, 24), 6).press("g w");
    console.app.plain = true;
    console.app.theme = Theme::without_colour();
    snapshot!("plain_80x24", console.screen());
}

#[test]
fn the_views_beside_the_article() {
    snapshot!("views_120x40", TestConsole::new((120, 40), 6).press("V j").screen());
}
