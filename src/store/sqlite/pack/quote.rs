//! What a briefing quotes of its article: left out when it is packed, for the article is kept beside it, and put back
//! from there. The quotes were half of a briefing.

use crate::{
    article::Article,
    briefing::Briefing,
    text::{Part, Span},
};

/// Leaves out every phrase that stands in the article just as the briefing has it.
pub(super) fn leave_out(briefing: &mut Briefing, article: &Article) {
    visit(briefing, |part, span, phrase| {
        if quoted(article, part, span) == Some(phrase) {
            phrase.clear();
        }
    });
}

/// Puts back what [`leave_out`] has left out.
pub(super) fn put_back(briefing: &mut Briefing, article: &Article) {
    visit(briefing, |part, span, phrase| {
        if let (true, Some(quote)) = (phrase.is_empty(), quoted(article, part, span)) {
            quote.clone_into(phrase);
        }
    });
}

/// Visits everything in a briefing that may be a quote.
fn visit(briefing: &mut Briefing, mut each: impl FnMut(Part, Span, &mut String)) {
    for evidence in briefing.evidence_mut() {
        each(evidence.part, evidence.span, &mut evidence.phrase);
    }
    for indicator in &mut briefing.indicators {
        each(Part::Text, indicator.span, &mut indicator.written);
    }
}

fn quoted(article: &Article, part: Part, span: Span) -> Option<&str> {
    let text = match part {
        Part::Text => &article.document.text,
        Part::Title => &article.title,
        Part::Field => return None,
    };
    text.get(span.range())
}
