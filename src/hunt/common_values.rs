//! What every machine has: an article that names `cmd.exe` or the Run key gives nothing to look for.

use std::{collections::HashSet, sync::OnceLock};

use serde::Deserialize;

use super::{Value, slot::Slot};
use crate::indicator::Kind;

/// A shorter name than `a.exe` is an initial or a version.
const MIN_FILE_NAME_BYTES: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommonValues {
    files: HashSet<String>,
    paths: HashSet<String>,
    keys: HashSet<String>,
}

fn shipped() -> &'static CommonValues {
    static SHIPPED: OnceLock<CommonValues> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        toml::from_str(include_str!("../../assets/common_values.toml"))
            .expect("a test reads the shipped common_values.toml")
    })
}

/// Returns `true` if a value is on every machine, so that a query for it would find them all.
pub(super) fn is_common(value: &Value) -> bool {
    let folder = |text: &str| text.trim_matches(['\\', '/']).replace('\\', "/").to_ascii_lowercase();
    let file = |name: &str| name.len() < MIN_FILE_NAME_BYTES || shipped().files.contains(&name.to_ascii_lowercase());
    match value.kind {
        Kind::FileName => file(&value.value),
        Kind::FilePath => Slot::PathTail.take(value).is_none_or(|tail| {
            let tail = folder(&tail);
            let split = tail.rsplit_once('/');
            // A program of the system at its own place is as ordinary as its name.
            let program = split.is_some_and(|(parent, name)| shipped().paths.contains(parent) && file(name));
            program || shipped().paths.contains(&tail)
        }),
        Kind::RegistryKey => Slot::RegistryPath.take(value).is_none_or(|path| shipped().keys.contains(&folder(&path))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_common;
    use crate::{hunt::Value, indicator::Kind};

    #[test]
    fn what_every_machine_has_is_common() {
        for (kind, value, ordinary) in [
            (Kind::FileName, "CMD.exe", true),
            (Kind::FileName, "evil.exe", false),
            (Kind::FileName, "2.H", true),
            (Kind::FilePath, r"C:\Windows\System32\taskkill.exe", true),
            (Kind::FilePath, "/usr/bin/curl", true),
            (Kind::FilePath, r"C:\Windows\Temp\", true),
            (Kind::FilePath, r"%TEMP%", true),
            (Kind::FilePath, r"C:\Windows\Temp\evil.exe", false),
            (Kind::RegistryKey, r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run", true),
            (Kind::RegistryKey, r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run\Evil", false),
            (Kind::Domain, "evil.example", false),
        ] {
            assert_eq!(is_common(&Value { kind, value: value.into() }), ordinary, "{value}");
        }
    }
}
