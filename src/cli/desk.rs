use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use anyhow::Context;

use super::{args::Args, output};
use crate::{
    briefing::Briefer,
    config::{self, ConfigError, ConfigFile, HuntSettings, Paths, Settings},
    hunt::{Catalogue, Parameters},
    indicator::Lists,
    store::{Store, private_folder},
    text::refang,
};

/// What every verb works with: the settings, and where things live.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) settings: Settings,
    pub(super) lists: Lists,
    pub(super) config_file: PathBuf,
    /// None when there is no home directory and the flags name what is needed.
    pub(super) paths: Option<Paths>,
    pub(super) store_file: Option<PathBuf>,
    pub(super) offline: bool,
}

impl Desk {
    /// Reads the settings that the flags name, or the user's own.
    pub(super) fn open(args: &Args) -> anyhow::Result<Self> {
        let paths = Paths::of_user().ok();
        let config_file = match (&args.config, &paths) {
            (Some(file), _) => file.clone(),
            (None, Some(paths)) => paths.config_file(),
            (None, None) => PathBuf::from("config.toml"),
        };
        // A file that was named has to be there; the user's own may be missing.
        if let Some(file) = &args.config {
            std::fs::metadata(file).with_context(|| format!("cannot read the configuration {}", file.display()))?;
        }
        let settings = config::load(&config_file, &themes(paths.as_ref(), &config_file))?;
        Ok(Self::with(args, paths, config_file, settings))
    }

    /// Reads the settings like [`Desk::open`], and takes the shipped ones where they have a fault, which it gives.
    pub(super) fn open_anyway(args: &Args) -> (Self, Option<anyhow::Error>) {
        Self::open(args).map_or_else(
            |fault| {
                let paths = Paths::of_user().ok();
                let own = paths.as_ref().map_or_else(|| PathBuf::from("config.toml"), Paths::config_file);
                let config_file = args.config.clone().unwrap_or(own);
                (Self::with(args, paths, config_file, Settings::default()), Some(fault))
            },
            |desk| (desk, None),
        )
    }

    fn with(args: &Args, paths: Option<Paths>, config_file: PathBuf, settings: Settings) -> Self {
        let store_file = args.db.clone().or_else(|| paths.as_ref().map(Paths::store_file));
        let lists = lists(&settings);
        Self { settings, lists, config_file, paths, store_file, offline: args.offline }
    }

    /// Opens the configuration file for changes.
    pub(super) fn config_to_change(&self) -> Result<ConfigFile, ConfigError> {
        ConfigFile::open(&self.config_file, &themes(self.paths.as_ref(), &self.config_file))
    }

    /// Opens the store.
    pub(super) fn store(&self) -> anyhow::Result<Store> {
        let file = self
            .store_file
            .as_ref()
            .context("there is no home directory to keep the database in: name a file with --db")?;
        if let Some(own) = self.paths.as_ref().filter(|paths| *file == paths.store_file()) {
            // A folder that the user names is the user's to set up; opening says what is wrong with either.
            let _ = private_folder(&own.data);
        }
        let store = Store::open(file)?;
        if let Some(notice) = read_only_notice(&store) {
            output::complain(&notice);
        }
        Ok(store)
    }

    /// Returns what makes briefings, as the settings want them.
    pub(super) fn briefer(&self) -> Briefer {
        Briefer {
            hunts: self.hunts(),
            lists: self.lists.clone(),
            watch_terms: self.settings.watch.terms.clone(),
            technique_threshold: self.settings.techniques.threshold,
        }
    }

    /// Returns the hunts: the shipped ones with the user's own over them. They are read at the first use.
    pub(super) fn hunts(&self) -> &'static Catalogue {
        static HUNTS: OnceLock<&'static Catalogue> = OnceLock::new();
        HUNTS.get_or_init(|| match self.settings.hunts.folders.as_slice() {
            [] => Catalogue::shipped(),
            // Made once and kept for the program's life, so that threads can share it.
            folders => Box::leak(Box::new(with_folders(folders))),
        })
    }

    /// Returns what queries are rendered with.
    pub(super) fn parameters(&self) -> Parameters {
        parameters(&self.settings.hunts)
    }
}

/// Says in one sentence that the store can only be read, if so.
pub(super) fn read_only_notice(store: &Store) -> Option<String> {
    let said = || format!("the database {} cannot be written, so it is only read", store.path().display());
    store.is_read_only().then(said)
}

/// Returns the folder of the user's own themes.
fn themes(paths: Option<&Paths>, config_file: &Path) -> PathBuf {
    let folder = paths.map(|paths| paths.config.as_path()).or_else(|| config_file.parent());
    folder.unwrap_or(Path::new("")).join("themes")
}

/// Reads the hunts of the user's folders; what cannot be read is said and left out.
fn with_folders(folders: &[PathBuf]) -> Catalogue {
    let mut files = Vec::new();
    for folder in folders {
        if let Err(error) = read_folder(folder, &mut files) {
            output::complain(&format!("cannot read the hunts in {}: {error}", folder.display()));
        }
    }
    let (catalogue, faults) = Catalogue::with_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    for fault in faults {
        output::complain(&fault.to_string());
    }
    catalogue
}

/// Adds the name and text of every hunt file of a folder, ordered by name.
pub(super) fn read_folder(folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    for path in paths {
        files.push((path.display().to_string(), fs::read_to_string(&path)?));
    }
    Ok(())
}

/// Takes over what the settings say about queries.
fn parameters(settings: &HuntSettings) -> Parameters {
    Parameters {
        window_days: settings.window_days,
        summaries_only: settings.summaries_only,
        spl_prefix: Some(settings.spl_prefix.clone()).filter(|prefix| !prefix.is_empty()),
        cap: settings.cap,
        ..Parameters::default()
    }
}

fn lists(settings: &Settings) -> Lists {
    let pairs = |listed: &[config::ListedValue]| {
        listed.iter().map(|entry| (refang(&entry.value).trim().to_lowercase(), entry.reason.clone())).collect()
    };
    Lists { allow: pairs(&settings.indicators.allow), suppress: pairs(&settings.indicators.suppress) }
}
