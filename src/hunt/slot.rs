//! What a query asks of the values: those of a kind, or something made of them, such as a path without its drive.

use std::borrow::Cow;

use super::Value;
use crate::indicator::Kind;

/// A named source of values for a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The values of a kind.
    Kind(Kind),
    /// IPv4 ranges.
    CidrV4,
    /// IPv6 ranges.
    CidrV6,
    /// URLs without their scheme.
    UrlBare,
    /// Names of programs: never a script or a library.
    ProcessName,
    /// Names of scripts.
    ScriptName,
    /// Names of libraries.
    ModuleName,
    /// Paths from the first folder on that is the same on every machine.
    PathTail,
    /// Registry keys without their hive.
    RegistryPath,
    /// Pipe names without `\\.\pipe\`.
    PipeName,
    /// Package names without ecosystem and version.
    PackageName,
    /// Names of npm packages.
    PackageNpm,
    /// Names of npm packages with Windows separators.
    PackageNpmWindows,
    /// Names of Python packages, as their folder is called.
    PackagePypi,
}

/// The names that templates use, beside the kinds' own.
const DERIVED: [(&str, Slot, Kind); 13] = [
    ("cidr_v4", Slot::CidrV4, Kind::Cidr),
    ("cidr_v6", Slot::CidrV6, Kind::Cidr),
    ("url_bare", Slot::UrlBare, Kind::Url),
    ("process_name", Slot::ProcessName, Kind::FileName),
    ("script_name", Slot::ScriptName, Kind::FileName),
    ("module_name", Slot::ModuleName, Kind::FileName),
    ("path_tail", Slot::PathTail, Kind::FilePath),
    ("registry_path", Slot::RegistryPath, Kind::RegistryKey),
    ("pipe_name", Slot::PipeName, Kind::NamedPipe),
    ("package_name", Slot::PackageName, Kind::Package),
    ("package_npm", Slot::PackageNpm, Kind::Package),
    ("package_npm_windows", Slot::PackageNpmWindows, Kind::Package),
    ("package_pypi", Slot::PackagePypi, Kind::Package),
];

const PROGRAMS: [&str; 4] = ["exe", "com", "scr", "pif"];
const LIBRARIES: [&str; 5] = ["dll", "ocx", "cpl", "xll", "node"];
const SCRIPTS: [&str; 19] = [
    "ps1", "psm1", "vbs", "vbe", "js", "jse", "mjs", "cjs", "wsf", "hta", "bat", "cmd", "sh", "py", "pl", "rb", "php",
    "jar", "lnk",
];

impl Slot {
    /// Finds a slot by the name that templates use.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let derived = DERIVED.iter().find(|(known, ..)| *known == name).map(|(_, slot, _)| *slot);
        derived.or_else(|| Kind::from_name(name).map(Self::Kind))
    }

    /// Returns the name that templates use.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.name(),
            _ => DERIVED.iter().find(|(_, slot, _)| *slot == self).map_or("", |(name, ..)| name),
        }
    }

    /// Returns the kind of value that it is made of.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Kind(kind) => kind,
            _ => DERIVED.iter().find(|(_, slot, _)| *slot == self).map_or(Kind::Domain, |(.., kind)| *kind),
        }
    }

    /// Makes what the query asks for of a value, or nothing where the value is not of this sort.
    pub(super) fn take(self, value: &Value) -> Option<Cow<'_, str>> {
        if value.kind != self.kind() {
            return None;
        }
        let text = value.value.as_str();
        match self {
            Self::Kind(_) => Some(text.into()),
            Self::CidrV4 => (!text.contains(':')).then(|| text.into()),
            Self::CidrV6 => text.contains(':').then(|| text.into()),
            Self::UrlBare => bare_url(text).map(Cow::from),
            Self::ProcessName => has_extension(text, &PROGRAMS).then(|| text.into()),
            Self::ScriptName => has_extension(text, &SCRIPTS).then(|| text.into()),
            Self::ModuleName => has_extension(text, &LIBRARIES).then(|| text.into()),
            Self::PathTail => path_tail(text).map(Cow::from),
            Self::RegistryPath => registry_path(text).map(Cow::from),
            Self::PipeName => pipe_name(text).map(Cow::from),
            Self::PackageName => Some(package(text)?.1.into()),
            Self::PackageNpm => named(text, &["npm"]).map(Cow::from),
            Self::PackageNpmWindows => named(text, &["npm"]).map(|name| name.replace('/', "\\").into()),
            Self::PackagePypi => named(text, &["pypi", "pip"]).map(|name| name.replace('-', "_").into()),
        }
    }
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

fn bare_url(url: &str) -> Option<&str> {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.split('#').next().unwrap_or(bare).trim_end_matches('/');
    (!bare.is_empty()).then_some(bare)
}

/// Cuts what differs between machines: a drive, a variable, a placeholder, a user's home.
fn path_tail(path: &str) -> Option<&str> {
    let mut tail = path;
    if let Some(at) = tail.rfind(['%', '>', '}', ']']) {
        tail = &tail[at + 1..];
    }
    tail = tail.strip_prefix('~').unwrap_or(tail);
    if tail.as_bytes().get(1) == Some(&b':') {
        tail = &tail[2..];
    }
    for home in ["\\users\\", "/home/", "/users/"] {
        let Some(start) = tail.get(..home.len()).filter(|start| start.eq_ignore_ascii_case(home)) else { continue };
        let rest = &tail[start.len()..];
        let Some(end) = rest.find(['\\', '/']) else { continue };
        if !["public", "default", "all users", "shared"].contains(&rest[..end].to_ascii_lowercase().as_str()) {
            tail = &rest[end..];
        }
    }
    let tail = tail.trim_end_matches(['\\', '/']);
    (tail.chars().filter(|c| c.is_alphanumeric()).count() >= 4).then_some(tail)
}

/// Cuts the hive and the number of the control set: the event has them in another form than the article.
fn registry_path(key: &str) -> Option<&str> {
    let key = key.trim_start_matches("Computer\\");
    let mut path = key;
    if let Some((hive, rest)) = key.split_once('\\') {
        let hive = hive.trim_end_matches(':').to_ascii_uppercase();
        if hive.starts_with("HK") {
            path = rest;
        }
    }
    for set in ["system\\currentcontrolset\\", "system\\controlset001\\"] {
        if path.get(..set.len()).is_some_and(|start| start.eq_ignore_ascii_case(set)) {
            path = &path[set.len()..];
        }
    }
    let path = path.trim_matches('\\');
    (path.contains('\\') && path.len() >= 6).then_some(path)
}

fn pipe_name(pipe: &str) -> Option<&str> {
    let start = pipe.to_ascii_lowercase().find("\\pipe\\").map_or(0, |at| at + "\\pipe\\".len());
    let name = pipe[start..].trim_matches('\\');
    (name.len() >= 3).then_some(name)
}

/// Splits a coordinate into ecosystem and name; the version is left off.
fn package(coordinate: &str) -> Option<(&str, &str)> {
    let (ecosystem, rest) = coordinate.split_once(':').unwrap_or(("", coordinate));
    let name = match rest.char_indices().skip(1).find(|(_, c)| matches!(c, '@' | '<' | '>' | '=' | ' ' | ',')) {
        Some((end, _)) => &rest[..end],
        None => rest,
    };
    // A shorter name is a part of every command line.
    (name.len() >= 4).then_some((ecosystem, name))
}

fn named<'a>(coordinate: &'a str, ecosystems: &[&str]) -> Option<&'a str> {
    let (ecosystem, name) = package(coordinate)?;
    ecosystems.iter().any(|known| known.eq_ignore_ascii_case(ecosystem)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Slot, Value};
    use crate::indicator::Kind;

    fn take(name: &str, value: &str) -> Option<String> {
        let slot = Slot::from_name(name).unwrap();
        let value = Value { kind: slot.kind(), value: value.to_owned() };
        slot.take(&value).map(std::borrow::Cow::into_owned)
    }

    #[test]
    fn every_name_leads_to_its_slot_and_back() {
        for (name, slot, kind) in super::DERIVED {
            assert_eq!(Slot::from_name(name), Some(slot));
            assert_eq!((slot.name(), slot.kind()), (name, kind));
        }
        for kind in Kind::ALL {
            assert_eq!(Slot::from_name(kind.name()), Some(Slot::Kind(kind)));
        }
    }

    #[test]
    fn a_script_or_a_library_is_no_process() {
        assert_eq!(take("process_name", "evil.EXE").as_deref(), Some("evil.EXE"));
        assert_eq!(take("process_name", "evil.ps1"), None);
        assert_eq!(take("process_name", "evil.dll"), None);
        assert_eq!(take("script_name", "evil.ps1").as_deref(), Some("evil.ps1"));
        assert_eq!(take("module_name", "evil.dll").as_deref(), Some("evil.dll"));
    }

    #[test]
    fn a_path_loses_what_differs_between_machines() {
        for (path, tail) in [
            (r"C:\Users\Public\x.exe", Some(r"\Users\Public\x.exe")),
            (r"C:\Users\alice\AppData\Roaming\x.exe", Some(r"\AppData\Roaming\x.exe")),
            (r"%APPDATA%\Evil\x.exe", Some(r"\Evil\x.exe")),
            (r"C:\Users\<user>\AppData\x.dll", Some(r"\AppData\x.dll")),
            ("/home/bob/.config/evil", Some("/.config/evil")),
            ("~/Library/LaunchAgents/com.evil.plist", Some("/Library/LaunchAgents/com.evil.plist")),
            ("/tmp/.x", Some("/tmp/.x")),
            (r"C:\", None),
            ("é:", None),
        ] {
            assert_eq!(take("path_tail", path).as_deref(), tail, "{path}");
        }
    }

    #[test]
    fn a_registry_key_loses_its_hive() {
        for (key, path) in [
            (r"HKLM\SYSTEM\CurrentControlSet\Services\Evil", Some(r"Services\Evil")),
            (r"HKEY_CURRENT_USER\Software\Evil\Key", Some(r"Software\Evil\Key")),
            (r"HKCU:\Software\Evil", Some(r"Software\Evil")),
            (r"HKLM\Software", None),
        ] {
            assert_eq!(take("registry_path", key).as_deref(), path, "{key}");
        }
    }

    #[test]
    fn a_coordinate_gives_its_name() {
        assert_eq!(take("package_name", "npm:@scope/left-pad@1.0.0").as_deref(), Some("@scope/left-pad"));
        assert_eq!(take("package_npm_windows", "npm:@scope/left-pad").as_deref(), Some(r"@scope\left-pad"));
        assert_eq!(take("package_npm", "pip:requests"), None);
        assert_eq!(take("package_pypi", "pypi:py-evil >= 1.0").as_deref(), Some("py_evil"));
    }

    #[test]
    fn a_pipe_and_a_url_lose_what_every_one_has() {
        assert_eq!(take("pipe_name", r"\\.\pipe\evil_42").as_deref(), Some("evil_42"));
        assert_eq!(take("url_bare", "https://evil.example/a/#x").as_deref(), Some("evil.example/a"));
    }
}
