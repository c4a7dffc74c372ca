use std::{collections::HashMap, fmt, str::FromStr, sync::OnceLock};

use serde::{Deserialize, Serialize};

/// An ATT&CK Enterprise id, such as `T1195.002`. Well formed, not necessarily active.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TechniqueId {
    technique: u16,
    /// 0 stands for the technique itself.
    sub: u16,
}

impl TechniqueId {
    /// Makes an id of its two numbers; the second is 0 for a technique itself.
    #[must_use]
    pub const fn new(technique: u16, sub: u16) -> Self {
        Self { technique, sub }
    }

    /// Returns its two numbers, of the technique and of the sub-technique; the second is 0 for a technique itself.
    pub const fn numbers(self) -> (u16, u16) {
        (self.technique, self.sub)
    }

    /// Returns the technique that a sub-technique belongs to, and a technique itself.
    #[must_use]
    pub const fn parent(self) -> Self {
        Self { technique: self.technique, sub: 0 }
    }

    /// Returns `true` if this is a sub-technique.
    pub const fn is_sub(self) -> bool {
        self.sub != 0
    }
}

/// The text is no ATT&CK id.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no ATT&CK id: it looks like T1059 or T1059.001")]
pub struct NotATechniqueId(String);

impl FromStr for TechniqueId {
    type Err = NotATechniqueId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || NotATechniqueId(text.to_owned());
        let digits = |part: &str, count: usize| {
            (part.len() == count && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok()).flatten()
        };
        let rest = text.strip_prefix(['T', 't']).ok_or_else(bad)?;
        let (technique, sub) = match rest.split_once('.') {
            Some((technique, sub)) => (technique, digits(sub, 3).ok_or_else(bad)?),
            None => (rest, 0),
        };
        Ok(Self { technique: digits(technique, 4).ok_or_else(bad)?, sub })
    }
}

impl TryFrom<String> for TechniqueId {
    type Error = NotATechniqueId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TechniqueId> for String {
    fn from(id: TechniqueId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for TechniqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{:04}", self.technique)?;
        if self.sub == 0 { Ok(()) } else { write!(f, ".{:03}", self.sub) }
    }
}

impl fmt::Debug for TechniqueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What the catalogue says of one technique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technique {
    /// Its id.
    pub id: TechniqueId,
    /// Its current name.
    pub name: &'static str,
    /// Its tactics by short name, such as `initial-access`.
    pub tactics: Vec<&'static str>,
    /// The platforms it is seen on, as ATT&CK names them.
    pub platforms: Vec<&'static str>,
    /// Whether it is current: neither revoked nor deprecated.
    pub active: bool,
    /// What took its place, where it was revoked.
    pub replaced_by: Option<TechniqueId>,
}

/// The techniques of ATT&CK Enterprise. The facts are MITRE's; `NOTICE` carries their licence.
#[derive(Debug)]
pub struct Catalogue {
    techniques: HashMap<TechniqueId, Technique>,
}

impl Catalogue {
    /// Returns the catalogue compiled into the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Catalogue> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::parse(include_str!("../../assets/attack/enterprise.tsv")))
    }

    fn parse(tsv: &'static str) -> Self {
        let techniques = tsv.lines().skip(1).filter_map(parse_line).map(|technique| (technique.id, technique));
        Self { techniques: techniques.collect() }
    }

    /// Returns a technique by id, current or not.
    pub fn get(&self, id: TechniqueId) -> Option<&Technique> {
        self.techniques.get(&id)
    }

    /// Returns the current technique for an id, following replacements; none for a deprecated or unknown one.
    pub fn current(&self, id: TechniqueId) -> Option<&Technique> {
        let mut technique = self.get(id)?;
        // No chain of replacements is longer than a few steps; the bound keeps a faulty table from turning in circles.
        for _ in 0..8 {
            if technique.active {
                return Some(technique);
            }
            technique = self.get(technique.replaced_by?)?;
        }
        None
    }

    /// Returns every active technique, in no particular order.
    pub fn active(&self) -> impl Iterator<Item = &Technique> {
        self.techniques.values().filter(|technique| technique.active)
    }
}

fn parse_line(line: &'static str) -> Option<Technique> {
    let mut fields = line.split('\t');
    let list = |field: &'static str| field.split(',').filter(|item| !item.is_empty()).collect();
    Some(Technique {
        id: fields.next()?.parse().ok()?,
        name: fields.next()?,
        tactics: list(fields.next()?),
        platforms: list(fields.next()?),
        active: fields.next()? == "active",
        replaced_by: fields.next().and_then(|id| id.parse().ok()),
    })
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, TechniqueId};

    fn id(text: &str) -> TechniqueId {
        text.parse().unwrap()
    }

    #[test]
    fn ids_are_read_and_written_alike() {
        for text in ["T1195", "T1195.002", "T1059.001"] {
            assert_eq!(id(text).to_string(), text);
        }
        for text in ["", "T", "T119", "T11955", "T1195.", "T1195.2", "T1195.0022", "X1195", "T1195.00x"] {
            assert!(text.parse::<TechniqueId>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_line_of_the_asset_is_read() {
        let lines = include_str!("../../assets/attack/enterprise.tsv").lines().count() - 1;
        assert_eq!(Catalogue::shipped().techniques.len(), lines);
    }

    #[test]
    fn a_revoked_id_leads_to_its_successor() {
        let catalogue = Catalogue::shipped();
        for technique in catalogue.techniques.values().filter(|technique| technique.replaced_by.is_some()) {
            assert!(catalogue.current(technique.id).is_some(), "{:?} leads nowhere", technique.id);
        }
    }

    #[test]
    fn names_are_current() {
        let technique = Catalogue::shipped().current(id("T1195.002")).unwrap();
        assert_eq!(technique.name, "Compromise Software Supply Chain");
        assert_eq!(technique.tactics, ["initial-access"]);
    }
}
