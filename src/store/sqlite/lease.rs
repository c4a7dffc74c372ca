//! Who holds a lease: a process of a machine. One that was killed gives nothing back, but it can be seen to be gone.

use jiff::Timestamp;

/// Returns what this process signs leases with, another for each store that it opens.
pub(super) fn new(now: Timestamp) -> String {
    format!("{}/{}/{}", machine(), std::process::id(), now.as_nanosecond())
}

/// Returns `true` if a holder was a process of this machine that is no more. In doubt it is there.
pub(super) fn is_gone(holder: &str) -> bool {
    let mut parts = holder.rsplitn(3, '/').skip(1);
    let process = parts.next().and_then(|process| process.parse().ok());
    let here = parts.next().is_some_and(|machine| !machine.is_empty() && machine == self::machine());
    here && process.is_some_and(|process| !is_running(process))
}

#[cfg(unix)]
fn machine() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(unix)]
fn is_running(process: i32) -> bool {
    let Some(process) = rustix::process::Pid::from_raw(process) else { return true };
    rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
const fn machine() -> String {
    String::new()
}

#[cfg(not(unix))]
const fn is_running(_: i32) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use jiff::Timestamp;

    use super::{is_gone, machine, new};

    #[test]
    fn a_process_that_has_ended_is_gone_and_one_elsewhere_is_not() {
        assert!(!is_gone(&new(Timestamp::UNIX_EPOCH)));
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let ended = format!("{}/{}/1", machine(), child.id());
        child.wait().unwrap();
        assert!(is_gone(&ended));
        assert!(!is_gone(&ended.replacen(&machine(), "elsewhere.example", 1)));
        assert!(!is_gone("4711-1") && !is_gone(""));
    }
}
