//! Files and folders that only their owner may read, whatever the umask says and whatever rights they have had.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
};

/// Makes a folder with those above it, or takes the rights of others away from one that is there.
///
/// # Errors
/// Fails if it cannot be made. That the rights of a folder cannot be changed, of another user's for example, is no error.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    restrict(folder);
    Ok(())
}

/// Opens a file to be written at its end, making it if need be, and takes the rights of others away.
///
/// # Errors
/// Fails if it cannot be opened for writing.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    restrict(path);
    Ok(file)
}

/// Takes the rights of group and others away.
#[cfg(unix)]
fn restrict(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;

    let Ok(found) = fs::metadata(path) else { return };
    let mode = found.permissions().mode();
    if mode & 0o077 != 0 {
        // A file of another user stays as that user wants it.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700));
    }
}

#[cfg(not(unix))]
const fn restrict(_: &Path) {}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

    use super::{private_file, private_folder};

    #[test]
    fn what_was_open_to_others_is_closed() {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let home = tempfile::tempdir().unwrap();
        let (folder, file) = (home.path().join("a/b"), home.path().join("a/b/log"));
        private_folder(&folder).unwrap();
        private_file(&file).unwrap();
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        for (path, wide) in [(&folder, 0o777), (&file, 0o666)] {
            fs::set_permissions(path, fs::Permissions::from_mode(wide)).unwrap();
        }
        private_folder(&folder).unwrap();
        private_file(&file).unwrap();
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
    }
}
