//! The facts of Splunk's Common Information Model: which dataset has which field.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

/// What every dataset has.
const EVERYWHERE: [&str; 9] =
    ["_time", "host", "source", "sourcetype", "index", "nodename", "eventtype", "tag", "splunk_server"];

/// What the asset and identity framework adds to a machine's or an account's field.
const FRAMEWORK: [&str; 10] = [
    "_bunit",
    "_category",
    "_priority",
    "_owner",
    "_zone",
    "_requires_av",
    "_should_timesync",
    "_should_update",
    "_nt_domain",
    "_watchlist",
];

type Fields = HashSet<&'static str>;

/// The datasets of every model.
pub(super) struct Facts {
    models: HashMap<&'static str, HashMap<&'static str, Fields>>,
}

impl Facts {
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Facts> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::parse(include_str!("../../../../../assets/cim/fields.tsv")))
    }

    fn parse(tsv: &'static str) -> Self {
        let mut models: HashMap<_, HashMap<_, _>> = HashMap::new();
        for line in tsv.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split('\t');
            if let (Some(model), Some(dataset), Some(fields)) = (parts.next(), parts.next(), parts.next()) {
                models.entry(model).or_default().insert(dataset, fields.split(',').collect());
            }
        }
        Self { models }
    }

    pub(super) fn has_model(&self, model: &str) -> bool {
        self.models.contains_key(model)
    }

    pub(super) fn has_dataset(&self, model: &str, dataset: &str) -> bool {
        self.models.get(model).is_some_and(|datasets| datasets.contains_key(dataset))
    }

    pub(super) fn has_field(&self, model: &str, dataset: &str, field: &str) -> bool {
        let Some(fields) = self.models.get(model).and_then(|datasets| datasets.get(dataset)) else { return false };
        let framework = |suffix: &&str| field.strip_suffix(*suffix).is_some_and(|base| fields.contains(base));
        fields.contains(field) || Self::is_everywhere(field) || FRAMEWORK.iter().any(framework)
    }

    /// Returns `true` if every dataset has the field, so that it may stand without a dataset.
    pub(super) fn is_everywhere(field: &str) -> bool {
        EVERYWHERE.contains(&field)
    }
}

#[cfg(test)]
mod tests {
    use super::Facts;

    #[test]
    fn the_facts_are_read() {
        let facts = Facts::shipped();
        assert!(facts.has_field("Endpoint", "Processes", "process_name"));
        assert!(!facts.has_field("Endpoint", "Filesystem", "process_name"), "join to Processes by its guid");
        assert!(facts.has_field("Network_Traffic", "All_Traffic", "dest_category"));
        assert!(!facts.has_field("Network_Traffic", "All_Traffic", "dest_host"));
        assert!(!facts.has_dataset("Endpoint", "Process"));
    }
}
