//! Which addresses may be asked for. What the configuration names may be anywhere; what an article or a redirect names
//! may only be on the public internet, or the console would be a door into the network that it stands in.

mod address;
mod resolver;

use std::{net::IpAddr, sync::Arc};

use url::{Host, Url};

pub(super) use address::is_public;
pub(super) use resolver::GuardedResolver;

/// Who named an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NamedBy {
    /// The user's configuration.
    Config,
    /// An article, or a server that redirects.
    Stranger,
}

impl NamedBy {
    /// Returns how much an address is trusted. A name of the public internet that leads into a private network was
    /// turned there by whoever answers for it, unless the feed says that it is `private`.
    pub(super) fn for_host(self, url: &Url, private: bool) -> Self {
        match url.host() {
            Some(Host::Domain(name)) if !private && is_public_name(name) => Self::Stranger,
            _ => self,
        }
    }
}

/// An address that was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{target} is not on the public internet")]
pub(super) struct Refused {
    pub(super) target: String,
}

/// The judge of addresses.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    /// The only addresses that may be reached, whoever names them; none where the public internet may be.
    only: Option<Arc<[IpAddr]>>,
    /// Names that are never judged: the proxies of the configuration, which stand in the user's own network.
    proxies: Arc<[String]>,
}

impl Guard {
    pub(super) fn new(only: Option<&[IpAddr]>, proxies: Vec<String>) -> Self {
        Self { only: only.map(Into::into), proxies: proxies.into() }
    }

    /// Returns the guard of requests through a proxy of one feed.
    pub(super) fn by_way_of(&self, proxy: Option<String>) -> Self {
        let proxies: Vec<String> = self.proxies.iter().cloned().chain(proxy).collect();
        Self { only: self.only.clone(), proxies: proxies.into() }
    }

    /// Returns `true` if an address may be connected to.
    pub(super) fn allows(&self, address: IpAddr, named_by: NamedBy) -> bool {
        match &self.only {
            Some(only) => only.contains(&address),
            None => named_by == NamedBy::Config || is_public(address),
        }
    }

    /// Judges an address before anything is sent: scheme, literal addresses, and names that are private by definition.
    /// Names that need asking are judged by [`GuardedResolver`] when they are resolved.
    pub(super) fn check(&self, url: &Url, named_by: NamedBy) -> Result<(), Refused> {
        let target = || {
            url.host_str()
                .filter(|host| !host.is_empty())
                .map_or_else(|| format!("a {}: address", url.scheme()), str::to_owned)
        };
        let refused = || Refused { target: target() };
        let allowed = matches!(url.scheme(), "http" | "https")
            && match url.host() {
                Some(Host::Ipv4(address)) => self.allows(address.into(), named_by),
                Some(Host::Ipv6(address)) => self.allows(address.into(), named_by),
                Some(Host::Domain(name)) => named_by == NamedBy::Config || self.only.is_some() || is_public_name(name),
                None => false,
            };
        allowed.then_some(()).ok_or_else(refused)
    }
}

/// Returns `true` if a name can be on the public internet. A proxy resolves names itself, so this must not wait for
/// DNS.
fn is_public_name(name: &str) -> bool {
    const PRIVATE: [&str; 7] = ["localhost", "local", "internal", "lan", "intranet", "home.arpa", "localdomain"];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.contains('.') && !PRIVATE.iter().any(|end| name.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::{Guard, NamedBy};

    fn stranger(url: &str) -> bool {
        Guard::default().check(&url.parse().unwrap(), NamedBy::Stranger).is_ok()
    }

    #[test]
    fn strangers_reach_only_the_public_internet() {
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://[::ffff:169.254.169.254]/latest/meta-data",
            "http://169.254.169.254/",
            "http://localhost:8000/",
            "http://metadata.google.internal/",
            "http://printer/",
            "http://nas.local./",
            "file:///etc/passwd",
            "ftp://example.com/",
        ] {
            assert!(!stranger(url), "{url}");
        }
        assert!(stranger("https://blog.example.com/a") && stranger("http://9.9.9.9/"));
    }

    #[test]
    fn the_configuration_may_name_what_it_likes_over_http() {
        let check = |url: &str| Guard::default().check(&url.parse().unwrap(), NamedBy::Config).is_ok();
        assert!(check("http://127.0.0.1:8080/feed") && check("http://intranet/feed"));
        assert!(!check("gopher://127.0.0.1/"));
    }

    #[test]
    fn a_public_name_is_trusted_with_a_private_address_only_if_the_feed_says_so() {
        let private = "10.0.0.1".parse().unwrap();
        let allows = |url: &str, said: bool| {
            let url = url.parse().unwrap();
            Guard::default().allows(private, NamedBy::Config.for_host(&url, said))
        };
        assert!(!allows("https://feeds.example.com/rss", false) && allows("https://feeds.example.com/rss", true));
        assert!(allows("http://intranet/rss", false) && allows("http://nas.local/rss", false));
        assert!(allows("http://10.0.0.1/rss", false), "the configuration names the address itself");
    }

    #[test]
    fn a_guard_for_few_addresses_allows_no_other_to_anybody() {
        let guard = Guard::new(Some(&["127.0.0.1".parse().unwrap()]), Vec::new());
        for named_by in [NamedBy::Config, NamedBy::Stranger] {
            assert!(guard.check(&"http://127.0.0.1:1/".parse().unwrap(), named_by).is_ok());
            assert!(guard.check(&"http://[::1]:1/".parse().unwrap(), named_by).is_err());
            assert!(guard.check(&"http://9.9.9.9/".parse().unwrap(), named_by).is_err());
        }
    }
}
