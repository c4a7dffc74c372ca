//! Which signals of the asset an article's own words give, and where.

use super::{
    reading::{Reading, Sentence, Zone},
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
    let reading = Reading::of(article, &rules.lexicon, rules.lead);
    let mut found: Vec<Option<Finding>> = vec![None; rules.signals.len()];
    // The sentence that a signal was last tried in: `near` and `unless` are asked once a sentence.
    let mut tried: Vec<usize> = vec![usize::MAX; rules.signals.len()];
    for (number, sentence) in reading.sentences.iter().enumerate() {
        read(
            article,
            rules,
            &reading,
            sentence,
            |signal| std::mem::replace(&mut tried[signal], number) != number,
            &mut found,
        );
    }
    for (rule, finding) in rules.signals.iter().zip(&mut found) {
        if finding.as_ref().is_some_and(|finding| finding.zone == Zone::Body && finding.sentences < rule.times) {
            *finding = None;
        }
    }
    found
}

fn read(
    article: &Tokenized<'_>,
    rules: &Rules,
    reading: &Reading,
    sentence: &Sentence,
    mut is_new: impl FnMut(usize) -> bool,
    found: &mut [Option<Finding>],
) {
    let words = reading.words(sentence);
    for (at, word) in words.iter().enumerate() {
        for (signal, phrase) in rules.starting_with(word, sentence.zone) {
            let rule = &rules.signals[signal];
            let Some(end) = rule.ends(phrase, words, at) else { continue };
            if rules.denies(rule, words, at) || !is_new(signal) || !rule.holds(words) {
                continue;
            }
            let span = Span::new(word.span.start, words[end - 1].span.end);
            note(&mut found[signal], article, sentence, span);
        }
    }
}

/// Takes note of a finding; the first place in the best zone stays.
fn note(found: &mut Option<Finding>, article: &Tokenized<'_>, sentence: &Sentence, span: Span) {
    if let Some(known) = found {
        known.sentences += usize::from(known.zone == sentence.zone);
        return;
    }
    let phrase = article.part(sentence.part).text()[span.range()].to_owned();
    let evidence = Evidence { span, phrase, part: sentence.part };
    *found = Some(Finding { zone: sentence.zone, evidence, sentences: 1 });
}
