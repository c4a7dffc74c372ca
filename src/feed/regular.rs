//! Opens files without waiting and without being led elsewhere.
//!
//! Opening a named pipe waits for a writer, and a file in a shared folder can be replaced by a link between the moment
//! it is listed and the moment it is opened. So everything is opened without blocking, links below a folder are not
//! followed at any level, and what was opened is looked at before it is read.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Opens the file that the configuration names. Links on the way to it are the user's own, and are followed.
///
/// # Errors
/// If it cannot be opened, or is a directory, pipe, socket or device.
pub(super) fn open(path: &Path) -> io::Result<File> {
    checked(sys::open(&path.canonicalize()?)?)
}

/// Opens a file somewhere below a folder, without following any link.
///
/// # Errors
/// As [`open`], and if a link stands in the way.
pub(super) fn open_below(folder: &Path, relative: &Path) -> io::Result<File> {
    checked(sys::open_below(&folder.canonicalize()?, relative)?)
}

/// Reads a file. Returns `None` if it is longer than `limit` bytes.
pub(super) fn read(file: File, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn checked(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
}

#[cfg(unix)]
mod sys {
    use std::{
        fs::File,
        io,
        path::{Component, Path},
    };

    use rustix::fs::{Mode, OFlags, open as open_at_root, openat};

    const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);

    pub(super) fn open(path: &Path) -> io::Result<File> {
        Ok(open_at_root(path, FLAGS, Mode::empty())?.into())
    }

    pub(super) fn open_below(folder: &Path, relative: &Path) -> io::Result<File> {
        let mut here = open_at_root(folder, FLAGS.union(OFlags::DIRECTORY), Mode::empty())?;
        let mut steps = relative.components().peekable();
        while let Some(step) = steps.next() {
            let Component::Normal(name) = step else { return Err(io::ErrorKind::InvalidInput.into()) };
            let flags = if steps.peek().is_some() { FLAGS.union(OFlags::DIRECTORY) } else { FLAGS };
            here = openat(&here, name, flags, Mode::empty())?;
        }
        Ok(here.into())
    }
}

#[cfg(not(unix))]
mod sys {
    use std::{fs::File, io, path::Path};

    pub(super) fn open(path: &Path) -> io::Result<File> {
        if path.symlink_metadata()?.is_file() { File::open(path) } else { Err(io::ErrorKind::InvalidInput.into()) }
    }

    pub(super) fn open_below(folder: &Path, relative: &Path) -> io::Result<File> {
        open(&folder.join(relative))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::symlink, path::Path};

    use super::{open, open_below, read};

    #[test]
    fn only_regular_files_are_opened_and_no_link_below_the_folder_is_followed() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let secret = outside.path().join("secret.txt");
        fs::write(&secret, "secret").unwrap();
        fs::create_dir(folder.path().join("real")).unwrap();
        fs::write(folder.path().join("real/a.txt"), "abc").unwrap();
        symlink(&secret, folder.path().join("link.txt")).unwrap();
        symlink(outside.path(), folder.path().join("away")).unwrap();
        let below = |path: &str| open_below(folder.path(), Path::new(path));
        assert_eq!(read(below("real/a.txt").unwrap(), 3).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(read(below("real/a.txt").unwrap(), 2).unwrap(), None);
        for led_away in ["link.txt", "away/secret.txt", "real/../link.txt", "real"] {
            assert!(below(led_away).is_err(), "{led_away}");
        }
        assert!(open(&folder.path().join("link.txt")).is_ok(), "a link that the configuration names is the user's");
        assert!(open(folder.path()).is_err() && open(Path::new("/dev/null")).is_err());
    }

    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("feed.xml");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        assert!(open(&pipe).unwrap_err().to_string().contains("not a regular file"));
    }
}
