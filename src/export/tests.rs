use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::Value;

use super::{ArticleOptions, CSV, Exported, FORMATS, Format, IndicatorOptions, IndicatorSet};
use crate::{
    article::{Article, Content, Document, Entry},
    briefing::Briefing,
    hunt::{Catalogue, Dialect, HuntId, Parameters, Proposal},
    indicator::{self, Indicator, Tier},
};

const TEXT: &str = "It beacons to evil[.]example. Read more at https://news.example/story about version 10.0.19041.";

fn indicators() -> Vec<Indicator> {
    indicator::extract(&Document::from_plain(TEXT), &indicator::Context::default())
}

fn written(format: &Format) -> String {
    let entry = Entry { title: "=A title".into(), content: Content::Plain(TEXT.into()), ..Entry::default() };
    let article = Article::from_entry(entry, "Source", Timestamp::UNIX_EPOCH);
    let hunt = Proposal { id: HuntId("UC_SUPPLY_CHAIN".into()), because: Vec::new(), values: Vec::new() };
    let briefing = Briefing { indicators: indicators(), hunts: vec![hunt; 2], ..Briefing::default() };
    let parameters = Parameters::default();
    let options = ArticleOptions { hunts: Catalogue::shipped(), parameters: &parameters, max_hunts: 1 };
    format.document(&Exported { id: "42", article: &article, briefing: &briefing, story: None }, &options)
}

#[test]
fn every_format_is_found_by_its_name_and_holds_something() {
    let names: HashSet<_> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(names.len(), FORMATS.len());
    for format in FORMATS {
        assert_eq!(Format::from_name(format.name).map(|found| found.name), Some(format.name));
        assert!(format.write_article.is_some() || format.write_indicators.is_some(), "{}", format.name);
    }
}

#[test]
fn json_has_every_dialect_of_every_hunt() {
    for name in ["json", "jsonl"] {
        let text = written(Format::from_name(name).unwrap());
        assert_eq!(text.matches('\n').count(), 1, "one line for each article");
        let json: Value = serde_json::from_str(&text).unwrap();
        let hunts = json["hunts"].as_array().unwrap();
        assert_eq!((hunts.len(), json["id"].as_str()), (2, Some("42")));
        let hunt = Catalogue::shipped().get(&HuntId("UC_SUPPLY_CHAIN".into())).unwrap();
        assert!(hunt.speaks(Dialect::Sigma));
        for dialect in Dialect::ALL {
            let wanted = hunt.render(&[], dialect, &Parameters::default()).ok().map(|query| query.text);
            assert_eq!(hunts[0]["dialects"][dialect.name()].as_str(), wanted.as_deref(), "{dialect:?}");
        }
    }
}

#[test]
fn what_people_read_has_the_best_hunts_only() {
    assert_eq!(written(Format::from_name("markdown").unwrap()).matches("`UC_SUPPLY_CHAIN`").count(), 1);
}

#[test]
fn csv_has_one_row_for_each_indicator_of_the_first_tier() {
    let text = written(&CSV);
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(
        rows,
        [
            "type,value,tier,defanged,place,reason,from,article,url",
            "domain,evil[.]example,indicator,yes,prose,the author defanged it,42,\"'=A title\",",
        ]
    );
}

#[test]
fn indicators_are_listed_alone_in_every_tier() {
    let found = indicators();
    let all: Vec<&Indicator> = found.iter().collect();
    assert!(found.iter().any(|hit| hit.tier != Tier::Indicator));
    let set = IndicatorSet { from: "a.txt", title: "", url: "", indicators: &all };
    let options = IndicatorOptions { live: true, all_tiers: true };
    for format in Format::of_indicators() {
        let text = format.indicators(&set, options);
        assert_eq!(text.lines().count(), all.len(), "{}\n{text}", format.name);
        assert!(text.contains("indicator"), "{}\n{text}", format.name);
    }
    let text = Format::from_name("text").unwrap();
    let line = |options| text.indicators(&IndicatorSet { indicators: &all[..1], ..set }, options);
    assert_eq!(line(IndicatorOptions::default()), "domain\tevil[.]example\n");
    assert!(line(options).starts_with("domain\tevil.example\tindicator\t"));
}
