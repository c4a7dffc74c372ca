use super::{Dialect, Parameters, Template};
use crate::hunt::Fault;

fn parse(source: &str) -> Result<Template, Fault> {
    Template::parse(source, Dialect::Kql, 10)
}

fn fill(source: &str, filled: &[&str]) -> Result<String, String> {
    let template = parse(source).unwrap();
    let list = |list: &super::ValueList| {
        let names: Vec<_> = list.slots.iter().map(|slot| slot.name()).filter(|name| filled.contains(name)).collect();
        names
            .iter()
            .map(|name| format!("\"{}{name}{}\"", list.affix.before, list.affix.after))
            .collect::<Vec<_>>()
            .join(",")
    };
    match template.fill(&Parameters::default(), &list) {
        Ok(filled) => Ok(filled.text),
        Err(empty) => Err(empty.0.iter().map(|slot| slot.name()).collect()),
    }
}

#[test]
fn places_are_filled() {
    assert_eq!(
        fill("T\n| where ago({{window}})\n| where X in ({{md5+sha1|*.~}})", &["md5", "sha1"]).unwrap(),
        "T\n| where ago(7d)\n| where X in (\"*.md5\",\"*.sha1\")"
    );
}

#[test]
fn alternatives_without_values_are_left_out() {
    let source =
        "T\n| where ({{any}}\n    A in ({{md5}})\n    B in ({{sha1}})\n    C in ({{sha256}})\n  {{end}})\n| project A";
    assert_eq!(fill(source, &["sha1"]).unwrap(), "T\n| where (B in (\"sha1\"))\n| project A");
    assert_eq!(
        fill(source, &["md5", "sha256"]).unwrap(),
        "T\n| where (A in (\"md5\")\n    or C in (\"sha256\"))\n| project A"
    );
    assert_eq!(fill(source, &[]).unwrap_err(), "md5sha1sha256");
}

#[test]
fn an_empty_list_elsewhere_leaves_the_query_out() {
    assert_eq!(fill("T\n| where A in ({{md5}})", &[]).unwrap_err(), "md5");
}

#[test]
fn faults_name_their_line() {
    for (source, line, message) in [
        ("T\n| where {{x}}", 11, "`x` is no kind of value"),
        ("T\n| where {{md5", 11, "`{{` has no `}}`"),
        ("T {{any}}\nx", 10, "`{{any}}` has no `{{end}}`"),
        ("T {{any}} x", 10, "`{{any}}` ends its line"),
        ("T {{md5|*}}", 10, "`*` has no `~` for the value"),
    ] {
        let fault = parse(source).unwrap_err();
        assert_eq!((fault.line, fault.message.as_str()), (line, message));
    }
}
