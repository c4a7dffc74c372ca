use proptest::prelude::{Strategy, any, prop_assert, prop_oneof, proptest};

use crate::{
    console::{
        action::TABLE,
        keymap::Key,
        message::{Message, Progress},
        sample::{Desk, HOSTILE, hostile, item},
    },
    text::Safe,
    triage::ArticleId,
};

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

fn take(desk: &mut Desk, step: &Step) {
    match step {
        // Quitting ends the walk; everything else goes on.
        Step::Keys(index) if TABLE[*index].name != "quit" => {
            if let Some(keys) = TABLE[*index].keys.first() {
                desk.keys(keys);
            }
        }
        Step::Keys(_) => {}
        Step::Typed(c) => desk.message(Message::Key(Key::char(*c))),
        Step::Named(key) => desk.keys(key),
        Step::Size(columns, rows) => desk.message(Message::Size(*columns, *rows)),
        Step::Paste => desk.message(Message::Paste(HOSTILE.into())),
        Step::Arrived => {
            let id = ArticleId(desk.items.len() as i64 + 1);
            desk.items.push(hostile(item(id.0)));
            desk.message(Message::Progress(Progress::Saved { new: vec![id], changed: vec![ArticleId(1)] }));
        }
        Step::Wheel(lines, column, row) => desk.message(Message::Wheel(*lines, *column, *row)),
        Step::Click(column, row) => desk.message(Message::Click(*column, *row)),
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
        let mut desk = Desk::with((columns, rows), (1..30).map(|number| hostile(item(number))).collect());
        for (index, step) in steps.iter().enumerate() {
            take(&mut desk, step);
            if index % 5 == 0 {
                for cell in &desk.buffer().content {
                    prop_assert!(cell.symbol().chars().all(Safe::allows), "{:?}", cell.symbol());
                    prop_assert!(cell.symbol().len() <= 32);
                }
            }
        }
    }
}
