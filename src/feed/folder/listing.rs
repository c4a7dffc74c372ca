use std::{
    cmp::Reverse,
    collections::BTreeMap,
    fs::{self, DirEntry},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The greatest number of files that is read; of more, the newest are taken.
const MAX_FILES: usize = 5_000;
/// How deep folders in the folder are looked into.
const MAX_DEPTH: usize = 3;
/// The size from which on a file is left out.
pub(super) const MAX_FILE_BYTES: u64 = 20_000_000;
/// The greatest number of bytes that is read in all.
const MAX_TOTAL_BYTES: u64 = 200_000_000;
/// The greatest number of endings and other reasons that are kept apart.
const MAX_REASONS: usize = 50;

/// A file that is read.
#[derive(Clone, Debug, Hash)]
pub(in crate::feed) struct FoundFile {
    /// Where it is, from the folder on.
    pub(super) relative: PathBuf,
    pub(super) modified: Option<SystemTime>,
    size: u64,
    pub(super) kind: FileKind,
}

/// What is in a folder.
#[derive(Clone, Debug, Default, Hash)]
pub(in crate::feed) struct Listing {
    /// The files that are read, in the order of their names.
    pub(super) files: Vec<FoundFile>,
    /// How many files are not read, by the reason in words.
    pub(super) skipped: BTreeMap<String, usize>,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum FileKind {
    Feed,
    Html,
    Text,
    Email,
}

impl FileKind {
    fn of(ending: &str) -> Option<Self> {
        match ending {
            "xml" | "rss" | "atom" | "rdf" | "json" => Some(Self::Feed),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "md" | "markdown" | "txt" | "text" => Some(Self::Text),
            "eml" => Some(Self::Email),
            _ => None,
        }
    }
}

impl Listing {
    /// Counts a file that is not read.
    pub(super) fn skip(&mut self, reason: &str) {
        let full = self.skipped.len() >= MAX_REASONS && !self.skipped.contains_key(reason);
        *self.skipped.entry(if full { "other files" } else { reason }.to_owned()).or_default() += 1;
    }

    /// Takes a file or says why not. Returns a folder that is to be looked into.
    fn add(&mut self, root: &Path, child: &DirEntry, depth: usize) -> Option<PathBuf> {
        if child.file_name().to_string_lossy().starts_with('.') {
            return None;
        }
        // This does not follow links: a link in a share must not lead out of it.
        let about = child.metadata().ok()?;
        let path = child.path();
        if about.is_dir() {
            if depth < MAX_DEPTH {
                return Some(path);
            }
            self.skip("folders that are too deep");
            return None;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        match FileKind::of(&ending) {
            _ if about.is_symlink() => self.skip("links"),
            _ if !about.is_file() => self.skip("not regular files"),
            None if ending.is_empty() => self.skip("without an ending"),
            None => self.skip(&format!(".{}", ending.chars().take(10).collect::<String>())),
            Some(_) if about.len() > MAX_FILE_BYTES => self.skip("larger than 20 MB"),
            Some(kind) => {
                let relative = path.strip_prefix(root).ok()?.to_owned();
                self.files.push(FoundFile { relative, modified: about.modified().ok(), size: about.len(), kind });
            }
        }
        None
    }

    /// Keeps the newest files where there are too many.
    fn cap(&mut self) {
        self.files.sort_by_key(|file| Reverse(file.modified));
        let mut total = 0;
        let fits = self.files.iter().take(MAX_FILES).take_while(|file| {
            total += file.size;
            total <= MAX_TOTAL_BYTES
        });
        let kept = fits.count();
        for _ in kept..self.files.len() {
            self.skip("too many, the oldest");
        }
        self.files.truncate(kept);
        self.files.sort_by(|a, b| a.relative.cmp(&b.relative));
    }
}

/// Lists the files of a folder. Hidden ones are passed over.
pub(in crate::feed) fn list(root: &Path) -> io::Result<Listing> {
    let mut listing = Listing::default();
    let mut waiting = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        let children = match fs::read_dir(&folder) {
            Ok(children) => children,
            Err(error) if depth == 0 => return Err(error),
            Err(_) => {
                listing.skip("folders that cannot be read");
                continue;
            }
        };
        for child in children.flatten() {
            waiting.extend(listing.add(root, &child, depth).map(|folder| (folder, depth + 1)));
            if listing.files.len() >= MAX_FILES * 4 {
                listing.cap();
            }
        }
    }
    listing.cap();
    Ok(listing)
}
