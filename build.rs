//! Lists the hunts of `assets/hunts` and the migrations of the store, so that adding one touches no Rust.

use std::{env, ffi::OsString, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let hunts = files("assets/hunts", "toml")?;
    let named = hunts.iter().map(|path| {
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        format!("({name:?}, include_str!({path:?}))")
    });
    write("hunts.rs", named)?;
    let migrations = files("src/store/sqlite/migrations", "sql")?;
    write("migrations.rs", migrations.iter().map(|path| format!("include_str!({path:?})")))?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

/// Returns the paths of the files in a folder that have an extension, ordered: the order of a folder differs between
/// machines, and a build does not.
fn files(folder: &str, extension: &str) -> io::Result<Vec<String>> {
    println!("cargo::rerun-if-changed={folder}");
    let mut paths = Vec::new();
    for entry in fs::read_dir(Path::new(&variable("CARGO_MANIFEST_DIR")?).join(folder))? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            let path = path.to_str().ok_or_else(|| io::Error::other(format!("{} is not UTF-8", path.display())))?;
            paths.push(path.to_owned());
        }
    }
    paths.sort();
    Ok(paths)
}

/// Writes a file with a slice of expressions, to be included.
fn write(name: &str, expressions: impl Iterator<Item = String>) -> io::Result<()> {
    let mut list = String::from("&[\n");
    for expression in expressions {
        writeln!(list, "    {expression},").map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&variable("OUT_DIR")?).join(name), list)
}

fn variable(name: &str) -> io::Result<OsString> {
    env::var_os(name).ok_or_else(|| io::Error::other(format!("{name} is not set")))
}
