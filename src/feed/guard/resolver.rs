use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Guard, NamedBy, Refused};

/// Resolves names and drops the addresses that the guard does not allow, so that no connection is ever tried to one.
///
/// A name that is looked up again is judged again: a short-lived answer cannot slip past the first judgement.
#[derive(Clone, Debug)]
pub(in crate::feed) struct GuardedResolver {
    pub(in crate::feed) guard: Guard,
    pub(in crate::feed) named_by: NamedBy,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, named_by) = (self.guard.clone(), self.named_by);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let trusted = guard.proxies.iter().any(|proxy| proxy.eq_ignore_ascii_case(name.as_str()));
            let allowed: Vec<SocketAddr> =
                found.filter(|address| trusted || guard.allows(address.ip(), named_by)).collect();
            if allowed.is_empty() {
                return Err(Refused { target: name.as_str().to_owned() }.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
