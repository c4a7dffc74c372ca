//! What the hunts of one article cost.

use huntdeck::{
    article::Document,
    hunt::{Catalogue, Dialect, Parameters, Value},
    indicator::Kind,
    reading::Reading,
};

fn main() {
    let start = std::time::Instant::now();
    let hunts = Catalogue::shipped().iter().count();
    println!("{hunts} hunts loaded in {:?}", start.elapsed());
    divan::main();
}

/// Eight behaviour hunts, and the indicator hunts for sixty values, in every dialect: a rich briefing.
fn briefing() -> (Vec<&'static str>, Vec<Value>) {
    let behaviour: Vec<_> = Catalogue::shipped().iter().filter(|hunt| hunt.takes().is_empty()).take(8).collect();
    let mut values = Vec::new();
    for n in 0..20 {
        values.push(Value { kind: Kind::Domain, value: format!("c{n}.evil.example") });
        values.push(Value { kind: Kind::Ipv4, value: format!("192.0.2.{n}") });
        values.push(Value { kind: Kind::Sha256, value: format!("{n:064x}") });
    }
    (behaviour.iter().map(|hunt| hunt.meta.id.0.as_str()).collect(), values)
}

#[divan::bench]
fn render_a_briefing(bencher: divan::Bencher<'_, '_>) {
    let (ids, values) = briefing();
    let catalogue = Catalogue::shipped();
    let wanted = |id: &str| ids.contains(&id) || ["IOC_DOMAIN", "IOC_IP", "IOC_HASH"].contains(&id);
    let hunts: Vec<_> = catalogue.iter().filter(|hunt| wanted(&hunt.meta.id.0)).collect();
    let parameters = Parameters::default();
    bencher.bench_local(|| {
        for hunt in &hunts {
            for dialect in Dialect::ALL {
                let _ = divan::black_box(hunt.render(&values, dialect, &parameters));
            }
        }
    });
}

#[divan::bench]
fn propose_for_a_long_article(bencher: divan::Bencher<'_, '_>) {
    let text = "The actors deployed ransomware after moving laterally over RDP with valid accounts.\n".repeat(200);
    let document = Document::from_plain(&text);
    let bytes = divan::counter::BytesCount::new(text.len());
    bencher.counter(bytes).bench_local(|| Catalogue::shipped().propose(&Reading::of("News", &document), &[], &[]));
}
