use proptest::prelude::{Strategy, any, prop_assert, prop_oneof, proptest};

use crate::{
    console::{
        action::TABLE,
        keymap::Key,
        message::Message,
        sample::{HOSTILE, TestConsole, article, hostile},
    },
    intake::{FeedOutcome, Progress},
    text::Safe,
    triage::{ArticleId, Change},
};

/// How many articles the console has at first.
const FIRST_ARTICLES: i64 = 29;

#[derive(Clone, Debug)]
enum Step {
    Keys(usize),
    Typed(char),
    Named(&'static str),
    Size(u16, u16),
    Paste,
    Arrived,
    Wheel(i32, u16, u16),
    Click(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    let named = [
        "enter",
        "esc",
        "tab",
        "up",
        "down",
        "backspace",
        "left",
        "right",
        "home",
        "end",
        "delete",
        "ctrl-w",
        "ctrl-s",
    ];
    prop_oneof![
        8 => (0..TABLE.len()).prop_map(Step::Keys),
        2 => any::<char>().prop_map(Step::Typed),
        3 => (0..named.len()).prop_map(move |index| Step::Named(named[index])),
        2 => (1..200_u16, 1..60_u16).prop_map(|(columns, rows)| Step::Size(columns, rows)),
        1 => (0..1_u8).prop_map(|_| Step::Paste),
        1 => (0..1_u8).prop_map(|_| Step::Arrived),
        1 => (-5..5, 0..200_u16, 0..60_u16).prop_map(|(lines, column, row)| Step::Wheel(lines, column, row)),
        1 => (0..200_u16, 0..60_u16).prop_map(|(column, row)| Step::Click(column, row)),
    ]
}

fn take(console: &mut TestConsole, step: &Step) {
    match step {
        // Quitting ends the walk; everything else goes on.
        Step::Keys(index) if TABLE[*index].name != "quit" => {
            if let Some(keys) = TABLE[*index].keys.first() {
                console.keys(keys);
            }
        }
        Step::Keys(_) => {}
        Step::Typed(c) => console.message(Message::Key(Key::char(*c))),
        Step::Named(key) => console.keys(key),
        Step::Size(columns, rows) => console.message(Message::Size(*columns, *rows)),
        Step::Paste => console.message(Message::Paste(HOSTILE.into())),
        Step::Arrived => {
            let number = console.app.fetching.new as i64 + FIRST_ARTICLES + 1;
            let new = console.save(vec![hostile(article(number))]).new;
            console.message(Message::Progress(Progress::Asked {
                feed: HOSTILE.into(),
                outcome: FeedOutcome::Read { entries: 1, remark: Some(HOSTILE.into()) },
                new,
                changed: vec![ArticleId(1)],
                touched: vec![],
            }));
        }
        Step::Wheel(lines, column, row) => console.message(Message::Wheel(*lines, *column, *row)),
        Step::Click(column, row) => console.message(Message::Click(*column, *row)),
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(8))]

    #[test]
    fn any_walk_at_any_size_draws_safe_text_and_never_panics(
        steps in proptest::collection::vec(step(), 200),
        columns in 1..200_u16,
        rows in 1..60_u16,
    ) {
        let articles = (1..=FIRST_ARTICLES).map(|number| hostile(article(number))).collect();
        let mut console = TestConsole::with((columns, rows), articles);
        console.change(&[1, 2, 3], Change::Note(HOSTILE.into()));
        console.change(&[1, 2, 3], Change::Owner(HOSTILE.into()));
        console.keys("R");
        for (index, step) in steps.iter().enumerate() {
            take(&mut console, step);
            if index % 5 == 0 {
                for cell in &console.buffer().content {
                    prop_assert!(cell.symbol().chars().all(Safe::allows), "{:?}", cell.symbol());
                    prop_assert!(cell.symbol().len() <= 32);
                }
            }
        }
    }
}
