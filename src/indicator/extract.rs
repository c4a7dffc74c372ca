use std::borrow::Cow;

use super::{
    Context, Indicator, Kind, Kinds, Place,
    found::{Found, Note},
    judge::{self, Case, Verdict},
    report::Report,
    scan,
    section::{Sections, Setting},
    suffix,
    topic::Topic,
};
use crate::{
    article::Document,
    text::{self, Span},
};

/// Finds and judges every indicator of a document, in the order of the text, each value of a kind once.
pub fn extract(document: &Document, context: &Context<'_>) -> Vec<Indicator> {
    extract_only(document, context, Kinds::ALL)
}

/// Finds and judges the indicators of some kinds only.
pub fn extract_only(document: &Document, context: &Context<'_>, kinds: Kinds) -> Vec<Indicator> {
    let mut found = scan::scan(&document.text, kinds);
    found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    let own_host = context.url.and_then(|url| suffix::normal(judge::host_of(url))).map(Cow::into_owned);
    let listed = listed(&document.text, &found);
    let mut sections = Sections::new(document);
    let report = Report::new(&document.text, &found);
    let mut verdicts = Vec::with_capacity(found.len());
    for (at, find) in found.iter().enumerate() {
        let setting = sections.at(find.span.start);
        let own_host = own_host.as_deref();
        let case = Case { text: &document.text, context, own_host, setting, listed: listed[at], report: &report };
        verdicts.push((judge::judge(find, &case), setting.place));
    }
    let mut out = distinct(&document.text, found, verdicts);
    add_links(document, context, kinds, own_host.as_deref(), &mut out);
    out
}

/// Makes every live address, name and URL of a text harmless; everything else stays byte for byte.
///
/// What is harmless already, and what only looks like a host (versions, files), stays as it is.
pub fn defang_text(text: &str) -> String {
    let mut found = scan::scan(text, Kinds::ALL);
    found.retain(|found| found.kind.is_network() && !matches!(found.note, Note::Rejected(_) | Note::FileLike));
    found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut copied = 0;
    for find in found {
        if find.span.start >= copied && !find.defanged {
            out.push_str(&text[copied..find.span.start]);
            out.push_str(&text::defang(&text[find.span.range()]));
            copied = find.span.end;
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Keeps each value of a kind once: the best tier, and of equals the first.
fn distinct(text: &str, found: Vec<Found>, verdicts: Vec<(Verdict, Place)>) -> Vec<Indicator> {
    let mut order: Vec<(u64, usize)> = found.iter().map(fingerprint).zip(0..).collect();
    // Fingerprints decide nearly always; where two values share one, the values do.
    order.sort_unstable_by(|(x, a), (y, b)| {
        x.cmp(y).then_with(|| {
            let (x, y) = (&found[*a], &found[*b]);
            let tier = |at: usize| verdicts[at].0.tier;
            (x.kind, &x.value).cmp(&(y.kind, &y.value)).then_with(|| tier(*a).cmp(&tier(*b))).then(a.cmp(b))
        })
    });
    order.dedup_by(|(x, later), (y, first)| {
        x == y && found[*later].kind == found[*first].kind && found[*later].value == found[*first].value
    });
    let mut keep = vec![false; found.len()];
    for (_, at) in &order {
        keep[*at] = true;
    }
    let mut out = Vec::with_capacity(order.len() + 8);
    let kept = found.into_iter().zip(verdicts).zip(keep).filter(|(_, keep)| *keep);
    out.extend(kept.map(|((find, (verdict, place)), _)| Indicator {
        kind: find.kind,
        value: find.value,
        written: text[find.span.range()].to_owned(),
        span: find.span,
        defanged: find.defanged,
        place,
        tier: verdict.tier,
        reason: verdict.reason,
    }));
    out
}

/// Returns a number that is the same for equal kinds and values, and seldom for others.
fn fingerprint(found: &Found) -> u64 {
    let mix = |sum: u64, part: u64| (sum.rotate_left(29) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = found.value.as_bytes().as_chunks();
    let sum = words.iter().fold(found.kind as u64, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    mix(sum, rest.iter().fold(rest.len() as u64, |part, byte| part << 8 | u64::from(*byte)))
}

/// Adds what only the target of a link names.
fn add_links(
    document: &Document,
    context: &Context<'_>,
    kinds: Kinds,
    own_host: Option<&str>,
    out: &mut Vec<Indicator>,
) {
    let before = out.len();
    let mut sections = Sections::new(document);
    for link in &document.links {
        let found = scan::scan(&link.target, kinds);
        let report = Report::new(&link.target, &found);
        for find in &found {
            if !matches!(find.kind, Kind::Url | Kind::Domain | Kind::Ipv4 | Kind::Ipv6 | Kind::Onion)
                || out.iter().any(|known| known.kind == find.kind && known.value == find.value)
            {
                continue;
            }
            let around = sections.at(link.span.start);
            let setting = Setting { place: Place::Link, ..around };
            let text = &link.target;
            let setting = Setting { topic: None, ..setting };
            let case = Case { text, context, own_host, setting, listed: None, report: &report };
            let verdict = judge::judge(find, &case);
            out.push(Indicator {
                kind: find.kind,
                value: find.value.clone(),
                written: document.text[link.span.range()].to_owned(),
                span: link.span,
                defanged: find.defanged,
                place: Place::Link,
                tier: verdict.tier.max(super::Tier::Candidate),
                reason: verdict.reason,
            });
        }
    }
    if out.len() > before {
        out.sort_by_key(|indicator| indicator.span.start);
    }
}

/// Tells which finds stand alone in their line among neighbours that do too: three such lines are a list.
fn listed(text: &str, found: &[Found]) -> Vec<Option<Topic>> {
    let bytes = text.as_bytes();
    let mut listed = vec![None; found.len()];
    let mut run: Vec<usize> = Vec::new();
    let mut last = Span::default();
    for (at, find) in found.iter().enumerate() {
        if last.covers(find.span) && last.end > 0 {
            // The host of a URL shares its line and its fate.
            if !run.is_empty() {
                run.push(at);
            }
            continue;
        }
        if matches!(find.note, Note::Rejected(_)) {
            continue;
        }
        let alone = is_alone(bytes, find.span);
        let joined = last.end > 0 && is_gap(bytes, last.end, find.span.start);
        if !(alone && joined) {
            close(&mut run, found, &mut listed);
        }
        if alone {
            run.push(at);
        }
        last = find.span;
    }
    close(&mut run, found, &mut listed);
    listed
}

fn close(run: &mut Vec<usize>, found: &[Found], listed: &mut [Option<Topic>]) {
    let mut lines = 0;
    let mut last = Span::default();
    for at in run.iter() {
        if !last.covers(found[*at].span) || last.end == 0 {
            lines += 1;
            last = found[*at].span;
        }
    }
    if lines >= 3 {
        let hosts = run.iter().any(|at| is_host(&found[*at]));
        for at in run.iter() {
            listed[*at] = Some(if hosts { Topic::Network } else { Topic::Files });
        }
    }
    run.clear();
}

fn is_host(found: &Found) -> bool {
    matches!(found.kind, Kind::Domain | Kind::Ipv4 | Kind::Ipv6 | Kind::Url | Kind::Onion)
        && !matches!(found.note, Note::FileLike | Note::Rejected(_) | Note::InUrl)
}

/// Returns `true` if a line holds nothing but a find and the marks of a list.
fn is_alone(bytes: &[u8], span: Span) -> bool {
    let filler = |b: &u8| !b.is_ascii_alphanumeric();
    let left = bytes[..span.start].iter().rev().take(24).take_while(|b| filler(b) && **b != b'\n').count();
    let right = bytes[span.end..].iter().take(24).take_while(|b| filler(b) && **b != b'\n').count();
    let starts = span.start == left || bytes[span.start - left - 1] == b'\n';
    let ends = span.end + right == bytes.len() || bytes[span.end + right] == b'\n';
    starts && ends
}

/// Returns `true` if only a line end and the marks of a list stand between two finds.
fn is_gap(bytes: &[u8], from: usize, to: usize) -> bool {
    from <= to
        && to - from <= 48
        && bytes[from..to].iter().all(|b| !b.is_ascii_alphanumeric())
        && bytes[from..to].contains(&b'\n')
}
