use std::{io, path::PathBuf, time::Duration};

use url::Url;

use super::ParseError;
use crate::text::masked_url;

/// Why a source could not be fetched: what failed, for which address, and what to do. Each says its own cause.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address cannot be understood.
    #[error("{url} is no address that can be fetched ({why}): write it with http:// or https://, or as a path")]
    Address {
        /// The address as written.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The guard refused an address that did not come from the configuration.
    #[error(
        "{url} was refused: {target} is not on the public internet; only a feed of the configuration may be there, if it \
         says private = true"
    )]
    Refused {
        /// The address that was asked for.
        url: String,
        /// The host or address that it led to.
        target: String,
    },
    /// No connection could be made.
    #[error("{url} cannot be reached ({why}): check the address, the network and the proxy")]
    Unreachable {
        /// The address.
        url: String,
        /// Why.
        why: String,
    },
    /// The server's certificate is not trusted.
    #[error("{url} cannot prove who it is ({why}): check the clock and the certificates of this machine")]
    Tls {
        /// The address.
        url: String,
        /// Why.
        why: String,
    },
    /// The server was silent for too long, or too slow.
    #[error("{url} did not answer in time ({limit}): it is asked again later")]
    Timeout {
        /// The address.
        url: String,
        /// Which limit was reached, in words.
        limit: String,
    },
    /// The answer ended early or cannot be decoded.
    #[error("the answer of {url} broke off ({why}): it is asked again later")]
    Broken {
        /// The address.
        url: String,
        /// Why.
        why: String,
    },
    /// The server answered with an error.
    #[error("{url} answered {status}{}", advice(*status, *retry_after))]
    Status {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
        /// How long the server asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The answer is larger than allowed.
    #[error("{url} is larger than {limit_mb} MB: raise max_feed_mb if it really is a feed")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit in MB.
        limit_mb: u64,
    },
    /// Redirects lead nowhere.
    #[error("{url} redirects {why}: find its new address in a browser")]
    Redirects {
        /// The address.
        url: String,
        /// How, in words.
        why: String,
    },
    /// A page is not text.
    #[error("{url} is no page to read but {kind}")]
    NotText {
        /// The address.
        url: String,
        /// Its content type.
        kind: String,
    },
    /// A file or folder cannot be read.
    #[error("{} cannot be read ({why}): check the path and its permissions", path.display())]
    File {
        /// The path.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// The answer is no feed.
    #[error("{url} cannot be read as a feed: {why}")]
    NotFeed {
        /// The address.
        url: String,
        /// Why.
        why: ParseError,
    },
    /// A header needs an environment variable that is not set.
    #[error(
        "the feed {feed:?} sends the environment variable {name} in a header, and it is not set: set it and start again"
    )]
    Secret {
        /// The feed.
        feed: String,
        /// The variable.
        name: String,
    },
    /// A header needs a command that does not give it.
    #[error(
        "the feed {feed:?} takes a header from the command `{command}`, which fails ({why}): run it in a terminal to see why"
    )]
    SecretCommand {
        /// The feed.
        feed: String,
        /// The command without its arguments.
        command: String,
        /// Why.
        why: String,
    },
    /// The certificates that a feed trusts cannot be read.
    #[error("the certificates {} cannot be read ({why}): write the path of a PEM file as trust.ca", path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A header cannot be sent.
    #[error(
        "the feed {feed:?} has a header {name:?} that cannot be sent: check its name and value in the configuration"
    )]
    Header {
        /// The feed.
        feed: String,
        /// The header.
        name: String,
    },
    /// The proxy's address is wrong.
    #[error("the proxy {proxy} cannot be used ({why}): check it in the configuration")]
    Proxy {
        /// The proxy.
        proxy: String,
        /// Why.
        why: String,
    },
    /// The client itself does not start.
    #[error("the HTTP client cannot start: {why}")]
    Client {
        /// Why.
        why: String,
    },
}

impl FetchError {
    /// Returns the HTTP status, where the server answered with one.
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns how long the server asks to be left alone, at most a day.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Returns `true` if the same request may succeed in a moment.
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(*status, 408 | 429 | 500 | 502 | 503 | 504),
            Self::Unreachable { .. } | Self::Broken { .. } => true,
            _ => false,
        }
    }
}

/// Says what a status means for the reader of the feed.
fn advice(status: u16, retry_after: Option<Duration>) -> String {
    let advice = match status {
        401 | 407 => " (login needed): check its headers and its token",
        403 => " (forbidden): it refuses this program or wants a login; check its headers and its token",
        404 => " (not found): find the feed's new address",
        410 => " (gone): the publisher took the feed away; remove it",
        408 => " (too slow): it is asked again later",
        429 => " (asked too often)",
        500..=599 => " (the server has a fault)",
        _ => "",
    };
    match retry_after {
        Some(wait) if !wait.is_zero() => format!("{advice}: it is asked again in {} s", wait.as_secs().max(1)),
        _ if matches!(status, 429 | 500..=599) => format!("{advice}: it is asked again later"),
        _ => advice.to_owned(),
    }
}

/// Returns an address as it may be shown and logged.
pub(super) fn shown(url: &Url) -> String {
    masked_url(url.as_str())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{FetchError, shown};

    #[test]
    fn a_status_is_explained_in_one_sentence() {
        let status =
            |status, retry_after| FetchError::Status { url: "https://a.example/f".into(), status, retry_after };
        let busy = status(429, Some(Duration::from_secs(90)));
        assert_eq!(busy.to_string(), "https://a.example/f answered 429 (asked too often): it is asked again in 90 s");
        assert!(busy.is_transient() && busy.status() == Some(429));
        assert!(!status(410, None).is_transient());
    }

    #[test]
    fn a_password_is_never_shown() {
        let url = "https://me:secret@feeds.example/x".parse().unwrap();
        assert_eq!(shown(&url), "https://…@feeds.example/x");
    }
}
