use super::{marking, told, writing};
use crate::{
    console::{effect::Effect, memory, message::Reply},
    store::Store,
};

/// Has the store write something down.
pub(super) async fn change(store: Store, effect: Effect) -> Option<Reply> {
    Some(match effect {
        Effect::Mark { articles, changes, at } => {
            let done = marking::mark(&store, &articles, &changes, at).await;
            Reply::Marked { articles, changes, done }
        }
        Effect::MarkAll { query, changes, at } => marking::mark_all(store, query, changes, at).await,
        Effect::Undo(at) => Reply::Undone(told(store.undo(at).await)),
        Effect::Redo(at) => Reply::Redone(told(store.redo(at).await)),
        Effect::Report(path, now) => Reply::Done(writing::save_report(store, path, now).await),
        Effect::Remember(searches) => {
            return memory::keep_searches(&store, &searches).await.err().map(|error| Reply::Refused(error.to_string()));
        }
        // The loop does these, or another task.
        _ => return None,
    })
}
