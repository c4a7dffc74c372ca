use std::path::Path;

/// The names of the shipped themes.
pub const SHIPPED_THEMES: [&str; 8] = ["terminal", "mono", "night", "ember", "forest", "paper", "daylight", "contrast"];

/// Returns the names of the user's own themes, the files of a folder that end in `.toml`, ordered.
pub fn own_themes(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = files.flatten().filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".toml")?.to_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}
