use serde::Serialize;

use super::{
    Catalogue, Dialect, HuntId,
    samples::{self, ValueSet, Variant},
};

/// A query of the catalogue over one set of values, for validators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DumpedQuery {
    /// Names the row: hunt, dialect, set, and what else differs.
    pub id: String,
    /// The hunt.
    pub hunt: HuntId,
    /// The dialect.
    pub dialect: Dialect,
    /// The set of values: `empty`, `one`, `many` or `nasty`.
    pub values: &'static str,
    /// The query, as it would be copied.
    pub query: String,
}

/// Returns every query of the shipped catalogue over every set of values.
pub fn dump() -> impl Iterator<Item = DumpedQuery> {
    Catalogue::shipped().dump()
}

impl Catalogue {
    /// Returns every query over every set of values; a set that leaves a query without a condition has no row.
    pub fn dump(&self) -> impl Iterator<Item = DumpedQuery> + '_ {
        self.iter().flat_map(|hunt| {
            samples::trials(hunt).filter(|trial| trial.variant != Variant::Bounded).map(|trial| {
                let values = trial.set.name();
                let mut id = format!("{}/{}/{values}", hunt.meta.id, trial.dialect.name());
                if let ValueSet::One(kind) = trial.set {
                    id.push('/');
                    id.push_str(kind.name());
                }
                if trial.variant == Variant::AllData {
                    id.push_str("/all-data");
                }
                DumpedQuery { id, hunt: hunt.meta.id.clone(), dialect: trial.dialect, values, query: trial.text }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Catalogue, dump};

    #[test]
    fn every_query_of_every_hunt_is_dumped_once() {
        let rows: Vec<_> = dump().collect();
        let ids: HashSet<_> = rows.iter().map(|row| &row.id).collect();
        assert_eq!(ids.len(), rows.len());
        for hunt in Catalogue::shipped().iter() {
            for dialect in super::Dialect::ALL {
                let dumped = rows.iter().any(|row| row.hunt == hunt.meta.id && row.dialect == dialect);
                assert_eq!(dumped, hunt.speaks(dialect), "{} {dialect:?}", hunt.meta.id);
            }
        }
    }
}
