//! Lists the hunts of `assets/hunts`, so that adding one touches no Rust.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("CARGO_MANIFEST_DIR is not set"))?;
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let folder = Path::new(&root).join("assets/hunts");
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let path = path.to_str().ok_or_else(|| io::Error::other(format!("{} is no UTF-8", path.display())))?;
            paths.push(path.to_owned());
        }
    }
    // The order of a folder differs between machines; a build does not.
    paths.sort();
    let mut list = String::from("&[\n");
    for path in paths {
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        writeln!(list, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&out).join("hunts.rs"), list)?;
    println!("cargo::rerun-if-changed=assets/hunts");
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
