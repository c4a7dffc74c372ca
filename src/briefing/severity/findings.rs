//! Which signals of the asset an article's own words give, and where.

use super::{
    reading::{self, Sentence, Zone},
    rules::Rules,
};
use crate::{
    article::Tokenized,
    text::{Evidence, Span},
};

/// Where a signal was found: at its best place.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) zone: Zone,
    pub(super) evidence: Evidence,
    /// In how many sentences of that zone.
    sentences: usize,
}

/// Finds the signals that have phrases; one entry for each signal of the asset.
pub(super) fn find(article: &Tokenized<'_>, rules: &Rules) -> Vec<Option<Finding>> {
    let mut found: Vec<Option<Finding>> = vec![None; rules.signals.len()];
    // The sentence that a signal was last tried in: `near` and `unless` are asked once a sentence.
    let (mut tried, mut number) = (vec![0; rules.signals.len()], 0_usize);
    reading::sentences(article, &rules.lexicon, rules.lead, |sentence, words| {
        number += 1;
        rules.fire(sentence.zone, words, |signal, at, end| {
            let is_new = std::mem::replace(&mut tried[signal], number) != number;
            if is_new && rules.signals[signal].holds(&rules.phrases, words) {
                let span = Span::new(words[at].span.start, words[end - 1].span.end);
                note(&mut found[signal], article, sentence, span);
            }
        });
    });
    for (rule, finding) in rules.signals.iter().zip(&mut found) {
        if finding.as_ref().is_some_and(|finding| finding.zone == Zone::Body && finding.sentences < rule.times) {
            *finding = None;
        }
    }
    found
}

/// Takes note of a finding; the first place in the best zone stays.
fn note(found: &mut Option<Finding>, article: &Tokenized<'_>, sentence: Sentence, span: Span) {
    if let Some(known) = found {
        known.sentences += usize::from(known.zone == sentence.zone);
        return;
    }
    let phrase = article.part(sentence.part).text()[span.range()].to_owned();
    let evidence = Evidence { span, phrase, part: sentence.part };
    *found = Some(Finding { zone: sentence.zone, evidence, sentences: 1 });
}
