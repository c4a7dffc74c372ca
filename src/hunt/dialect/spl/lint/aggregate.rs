//! The statistics that stats and tstats begin with: `function(field) as name …`.

use std::collections::BTreeSet;

use super::{
    Checker,
    lex::{Sort, Token},
    tstats::closing,
    words,
};

impl Checker {
    /// Checks a list of statistics, hands the arguments of each to `fields`, and returns the names of the results.
    pub(super) fn aggregates(
        &mut self,
        tokens: &[Token<'_>],
        command: &str,
        fields: impl Fn(&mut Self, &[Token<'_>]),
    ) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if matches!(token.sort, Sort::Macro | Sort::Comma) {
                at += 1;
            } else if tokens.get(at + 1).is_some_and(|next| next.is_operator("=")) {
                // An option, such as `span=1h`.
                at += 3;
            } else {
                if token.sort != Sort::Word || !words::is_aggregate(token.text) {
                    self.say(token.at, format!("`{}` is no function of {command}", token.text));
                }
                let (name, next) = self.aggregate(tokens, at, &fields);
                out.insert(name);
                at = next;
            }
        }
        out
    }

    /// Reads one statistic and returns its name and the place after it.
    fn aggregate(
        &mut self,
        tokens: &[Token<'_>],
        start: usize,
        fields: &impl Fn(&mut Self, &[Token<'_>]),
    ) -> (String, usize) {
        let mut name = tokens[start].text.to_owned();
        let mut at = start + 1;
        if tokens.get(at).is_some_and(|next| next.sort == Sort::Left) {
            let end = closing(tokens, at);
            fields(self, &tokens[at + 1..end.saturating_sub(1).max(at + 1)]);
            name.extend(tokens[at..end].iter().map(|token| token.text));
            at = end;
        }
        if tokens.get(at).is_some_and(|token| token.is_word("as")) {
            match tokens.get(at + 1) {
                Some(new) => new.bare().clone_into(&mut name),
                None => self.say(tokens[at].at, "`as` gives no name"),
            }
            at += 2;
        }
        (name, at)
    }
}
