use std::sync::OnceLock;

use super::{Fault, Hunt, HuntId, file, trigger::Index};

/// The shipped files, name and text, ordered by name.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/hunts.rs"));

/// Every hunt there is: the shipped ones, and the user's own over them.
///
/// A shipped hunt is read when it is first asked for: showing one article must not wait for all of them.
#[derive(Debug, Default)]
pub struct Catalogue {
    entries: Vec<CatalogueEntry>,
    index: OnceLock<Index>,
}

/// The place of one hunt.
#[derive(Clone, Debug)]
struct CatalogueEntry {
    id: HuntId,
    text: &'static str,
    hunt: OnceLock<Hunt>,
}

impl CatalogueEntry {
    fn shipped((name, text): (&str, &'static str)) -> Self {
        Self { id: HuntId(name.trim_end_matches(".toml").to_ascii_uppercase()), text, hunt: OnceLock::new() }
    }

    fn of(hunt: Hunt) -> Self {
        Self { id: hunt.meta.id.clone(), text: "", hunt: OnceLock::from(hunt) }
    }

    fn hunt(&self) -> &Hunt {
        self.hunt.get_or_init(|| file::read(&self.id.0, self.text).expect("a test reads every shipped file"))
    }
}

impl Catalogue {
    /// Returns the catalogue compiled into the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Catalogue> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::of(FILES.iter().copied().map(CatalogueEntry::shipped).collect()))
    }

    /// Returns the shipped catalogue with the user's own files over it: a hunt takes the place of the one with its id.
    ///
    /// Each file is a name, as faults tell it, and its text. Files that cannot be read are left out and told.
    pub fn with_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Fault>) {
        let (own, faults) = read_all(files);
        let mut entries = Self::shipped().entries.clone();
        for hunt in own {
            match entries.iter_mut().find(|known| known.id == hunt.meta.id) {
                Some(known) => *known = CatalogueEntry::of(hunt),
                None => entries.push(CatalogueEntry::of(hunt)),
            }
        }
        (Self::of(entries), faults)
    }

    fn of(mut entries: Vec<CatalogueEntry>) -> Self {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Self { entries, index: OnceLock::new() }
    }

    /// Returns a hunt by id.
    pub fn get(&self, id: &HuntId) -> Option<&Hunt> {
        self.entries.binary_search_by(|entry| entry.id.cmp(id)).ok().map(|at| self.entries[at].hunt())
    }

    /// Returns every hunt, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = &Hunt> {
        self.entries.iter().map(CatalogueEntry::hunt)
    }

    /// Returns a hunt by its place in [`Catalogue::iter`].
    pub(super) fn at(&self, place: usize) -> &Hunt {
        self.entries[place].hunt()
    }

    /// Returns the words that call for hunts; a hunt's place in it is its place in [`Catalogue::iter`].
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self.iter()))
    }
}

fn read_all<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Vec<Hunt>, Vec<Fault>) {
    let (mut hunts, mut faults) = (Vec::new(), Vec::new());
    for (name, text) in files {
        match file::read(name, text) {
            Ok(hunt) => hunts.push(hunt),
            Err(fault) => faults.push(fault),
        }
    }
    (hunts, faults)
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, FILES, HuntId, read_all};

    #[test]
    fn every_shipped_file_is_read() {
        let (hunts, faults) = read_all(FILES.iter().copied());
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(hunts.len(), Catalogue::shipped().iter().count());
    }

    #[test]
    fn every_shipped_hunt_keeps_the_rules() {
        let faults = crate::hunt::lint::folder(FILES.iter().copied());
        let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "\n{}", told.join("\n"));
    }

    #[test]
    fn a_file_is_called_as_its_hunt() {
        for (name, text) in FILES {
            let hunt = super::file::read(name, text).unwrap();
            assert_eq!(*name, format!("{}.toml", hunt.meta.id.0.to_ascii_lowercase()));
        }
    }

    #[test]
    fn a_hunt_of_the_users_own_takes_the_place_of_the_shipped_one() {
        let own = include_str!("../../assets/hunts/uc_supply_chain.toml").replace("Trusted vendor", "Our vendor");
        let (catalogue, faults) = Catalogue::with_files([("mine.toml", own.as_str()), ("bad.toml", "id = 1")]);
        assert!(catalogue.get(&HuntId("UC_SUPPLY_CHAIN".into())).unwrap().meta.title.starts_with("Our vendor"));
        assert_eq!(catalogue.iter().count(), Catalogue::shipped().iter().count());
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].file.as_str(), faults[0].line), ("bad.toml", 1));
    }
}
