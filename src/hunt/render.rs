use std::{borrow::Cow, collections::HashSet};

use super::{
    Dialect, Hunt, Parameters, Refusal, RenderedQuery, Value,
    slot::Slot,
    template::{Empty, Filled, Template, ValueList},
    value_filter::admit,
};
use crate::text::{Safe, clip};

/// How much of a value a note shows, in columns.
const MAX_NOTE_COLUMNS: usize = 60;

impl Hunt {
    /// Renders the hunt as a query of one dialect with the values inline.
    ///
    /// Values that cannot stand in a literal of the dialect are left out, and a list longer than the cap is cut; the
    /// query's notes say so. Refuses when the hunt has no query in that dialect, or when no value is left.
    ///
    /// # Errors
    /// Says why there is no query: the hunt has none in that dialect, or no value is left.
    pub fn render(
        &self,
        values: &[Value],
        dialect: Dialect,
        parameters: &Parameters,
    ) -> Result<RenderedQuery, Refusal> {
        let template = self
            .templates
            .get(dialect)
            .ok_or_else(|| Refusal(format!("{} has no {} query", self.meta.id, dialect.label())))?;
        let (values, notes) = self.choose(values, dialect, parameters);
        let filled = self.fill(template, &values, dialect, parameters)?;
        Ok(RenderedQuery { text: template.finish(filled.text, parameters), notes })
    }

    /// Fills a template of a dialect with values that were chosen before.
    pub(super) fn fill(
        &self,
        template: &Template,
        values: &[Value],
        dialect: Dialect,
        parameters: &Parameters,
    ) -> Result<Filled, Refusal> {
        let list = |list: &ValueList| literals(list, values, dialect);
        template.fill(parameters, &list).map_err(|Empty(slots)| {
            let mut names: Vec<_> = slots.iter().map(|slot| slot.name().replace('_', " ")).collect();
            names.dedup();
            Refusal(format!("{} has no {} to ask {} for", self.meta.id, names.join(" or "), dialect.label()))
        })
    }

    /// Chooses the values that enter the query: of its kinds, admitted, each once, and not more than the cap.
    pub(super) fn choose(
        &self,
        values: &[Value],
        dialect: Dialect,
        parameters: &Parameters,
    ) -> (Vec<Value>, Vec<String>) {
        let mut notes = Vec::new();
        let mut seen = HashSet::new();
        let mut chosen = Vec::new();
        for value in values.iter().filter(|value| self.takes().contains(&value.kind)) {
            let admitted = admit(value.kind, &value.value).filter(|admitted| dialect.holds(admitted));
            match admitted {
                Some(text) => {
                    if seen.insert((value.kind, text.clone())) {
                        chosen.push(Value { kind: value.kind, value: text.into_owned() });
                    }
                }
                None => notes.push(format!(
                    "left out `{}`: it cannot stand in a {} query",
                    clip(Safe::line(&value.value).as_str(), MAX_NOTE_COLUMNS),
                    dialect.label()
                )),
            }
        }
        let total = chosen.len();
        let start = parameters.skip.min(total);
        let end = start.saturating_add(parameters.cap.max(1)).min(total);
        if start > 0 || end < total {
            let passed = if start > 0 { format!(" after the first {start}") } else { String::new() };
            let next = chosen.get(end).map(|next| format!(", next with {}", clip(&next.value, MAX_NOTE_COLUMNS)));
            notes.push(format!("{} of {total} values{passed}{}", end - start, next.unwrap_or_default()));
        }
        chosen.truncate(end);
        chosen.drain(..start);
        (chosen, notes)
    }
}

/// Writes the literals of a list, separated by commas, each once.
fn literals(list: &ValueList, values: &[Value], dialect: Dialect) -> String {
    let mut out = String::with_capacity(32 * values.len());
    let mut seen: HashSet<Cow<'_, str>> = HashSet::new();
    // The values of a kind were chosen each once.
    let unique = matches!(list.slots[..], [Slot::Kind(_)]);
    for slot in &list.slots {
        for text in values.iter().filter_map(|value| slot.take(value)) {
            if !unique && seen.contains(&text) {
                continue;
            }
            let end = out.len();
            if end > 0 {
                out.push(',');
            }
            if !dialect.push_literal(&mut out, &text, &list.affix) {
                out.truncate(end);
            } else if !unique {
                seen.insert(text);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Parameters, Refusal, Value};
    use crate::{
        hunt::{Catalogue, Hunt, HuntId},
        indicator::Kind,
    };

    fn hunt(id: &str) -> &'static Hunt {
        Catalogue::shipped().get(&HuntId(id.into())).unwrap()
    }

    fn values(kind: Kind, values: &[&str]) -> Vec<Value> {
        values.iter().map(|value| Value { kind, value: (*value).to_owned() }).collect()
    }

    const SPL: &str = r#"| tstats `summariesonly` count min(_time) as firstTime max(_time) as lastTime
    from datamodel=Endpoint.Processes
    where Processes.parent_process_name IN ("setup.exe","installer.exe","update.exe")
      AND Processes.process_name IN ("powershell.exe","cmd.exe","rundll32.exe","regsvr32.exe","mshta.exe","wscript.exe","cscript.exe","wmic.exe","bitsadmin.exe")
    by Processes.dest, Processes.user, Processes.parent_process_name, Processes.process_name, Processes.process
| `drop_dm_object_name(Processes)`"#;

    const KQL: &str = r#"DeviceProcessEvents
| where Timestamp > ago(7d)
| where AccountName !endswith "$"
| where InitiatingProcessFileName in~ ("setup.exe","installer.exe","update.exe")
| where FileName in~ ("powershell.exe","cmd.exe","rundll32.exe","regsvr32.exe","mshta.exe","wscript.exe","cscript.exe","wmic.exe","bitsadmin.exe")
| project Timestamp, DeviceName, AccountName, InitiatingProcessFileName, FileName, ProcessCommandLine"#;

    #[test]
    fn the_first_hunt_is_rendered_to_the_byte() {
        let hunt = hunt("UC_SUPPLY_CHAIN");
        let defaults = Parameters::default();
        assert_eq!(hunt.render(&[], Dialect::Spl, &defaults).unwrap().text, SPL);
        assert_eq!(hunt.render(&[], Dialect::Kql, &defaults).unwrap().text, KQL);
    }

    #[test]
    fn parameters_change_the_query() {
        let hunt = hunt("UC_SUPPLY_CHAIN");
        let parameters =
            Parameters { window_days: 30, summaries_only: false, spl_earliest: true, ..Parameters::default() };
        let spl = hunt.render(&[], Dialect::Spl, &parameters).unwrap().text;
        assert!(spl.starts_with("| tstats count min(_time)"), "{spl}");
        assert!(spl.contains("where earliest=-30d Processes.parent_process_name"), "{spl}");
        let kql = hunt.render(&[], Dialect::Kql, &parameters).unwrap().text;
        assert!(kql.contains("ago(30d)"), "{kql}");
    }

    #[test]
    fn a_prefix_stands_before_raw_searches_only() {
        let parameters = Parameters { spl_prefix: Some("index=edr".into()), ..Parameters::default() };
        let pipe = values(Kind::NamedPipe, &[r"\\.\pipe\evil"]);
        let raw = hunt("IOC_NAMED_PIPE").render(&pipe, Dialect::Spl, &parameters).unwrap().text;
        assert!(raw.starts_with("index=edr ("), "{raw}");
        let tstats = hunt("UC_SUPPLY_CHAIN").render(&[], Dialect::Spl, &parameters).unwrap().text;
        assert_eq!(tstats, SPL);
    }

    #[test]
    fn an_empty_list_leaves_its_line_out_and_the_rest_joined() {
        let mut both = values(Kind::Sha1, &["da39a3ee5e6b4b0d3255bfef95601890afd80709"]);
        both.extend(values(Kind::Md5, &["d41d8cd98f00b204e9800998ecf8427e"]));
        let text = hunt("IOC_HASH").render(&both, Dialect::Kql, &Parameters::default()).unwrap().text;
        let wanted = "| where SHA1 in~ (\"da39a3ee5e6b4b0d3255bfef95601890afd80709\")\n    or MD5 in~ (\"d41d8cd98f00b204e9800998ecf8427e\")\n| project";
        assert!(text.contains(wanted), "{text}");
        assert_eq!(
            hunt("IOC_HASH").render(&[], Dialect::Kql, &Parameters::default()),
            Err(Refusal("IOC_HASH has no sha256 or sha1 or md5 to ask Defender KQL for".into()))
        );
    }

    #[test]
    fn a_rule_without_alternatives_of_one_kind_is_still_a_rule() {
        let text = hunt("IOC_IP")
            .render(&values(Kind::Cidr, &["198.51.100.0/24"]), Dialect::Sigma, &Parameters::default())
            .unwrap()
            .text;
        assert!(
            text.contains("    selection:\n        - DestinationIp|cidr: ['198.51.100.0/24']\n    condition"),
            "{text}"
        );
    }

    #[test]
    fn a_long_list_is_cut_where_one_can_see_it() {
        let addresses: Vec<_> = (0..24).map(|n| format!("192.0.2.{n}")).collect();
        let addresses: Vec<_> = addresses.iter().map(String::as_str).collect();
        let parameters = Parameters { cap: 10, ..Parameters::default() };
        let query = hunt("IOC_IP").render(&values(Kind::Ipv4, &addresses), Dialect::Kql, &parameters).unwrap();
        assert_eq!(query.notes, ["10 of 24 values, next with 192.0.2.10"]);
        assert!(query.text.contains("\"192.0.2.9\")") && !query.text.contains("192.0.2.10"));
        let rest = Parameters { skip: 20, ..parameters };
        let query = hunt("IOC_IP").render(&values(Kind::Ipv4, &addresses), Dialect::Kql, &rest).unwrap();
        assert_eq!(query.notes, ["4 of 24 values after the first 20"]);
    }

    #[test]
    fn a_value_that_could_leave_its_literal_is_left_out_and_told() {
        let values = values(Kind::Domain, &["evil.example", "x\") | project y //"]);
        let query = hunt("IOC_DOMAIN").render(&values, Dialect::Kql, &Parameters::default()).unwrap();
        assert!(!query.text.contains("project y"));
        assert_eq!(query.notes, ["left out `x\") | project y //`: it cannot stand in a Defender KQL query"]);
    }
}
