use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::{Certificate, Client, ClientBuilder, Proxy, redirect::Policy};
use rustls::pki_types::TrustAnchor;
use url::{Host, Url};

use crate::{
    config::FetchSettings,
    feed::{
        FetchError,
        guard::{Guard, GuardedResolver, NamedBy},
    },
};

/// The way to a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Route {
    /// This machine, without any proxy. Most of it speaks no TLS, and needs no certificates read then.
    Loopback { tls: bool },
    /// As the environment says.
    Environment,
    /// Through this proxy.
    Proxy(String),
}

/// A route, the trust in addresses, and the certificates that are trusted beside the machine's own.
type Way = (Route, NamedBy, Option<PathBuf>);

/// The HTTP clients: one for each way and each trust, made when they are first needed.
///
/// Trust must not be mixed in one pool of connections: a connection to a private host that the configuration may use
/// must not be there for an article's link to that host.
#[derive(Debug)]
pub(super) struct Clients {
    settings: FetchSettings,
    guard: Guard,
    made: Mutex<HashMap<Way, Client>>,
}

impl Clients {
    /// Checks the settings. No client is made yet: that reads the machine's certificates, and the first frame is not to
    /// wait for it.
    pub(super) fn new(settings: &FetchSettings, guard: Guard) -> Result<Self, FetchError> {
        // It fails when another part of the program has installed one: then that one is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clients = Self { settings: settings.clone(), guard, made: Mutex::default() };
        clients.builder(&clients.route(None), NamedBy::Config).map(|_| clients)
    }

    /// Returns the client for an address.
    pub(super) fn client(
        &self,
        url: &Url,
        named_by: NamedBy,
        proxy: Option<&str>,
        ca: Option<&Path>,
    ) -> Result<Client, FetchError> {
        let loopback = Route::Loopback { tls: url.scheme() == "https" };
        let route = if is_loopback(url) { loopback } else { self.route(proxy) };
        self.get((route, named_by, ca.map(Path::to_owned)))
    }

    fn route(&self, proxy: Option<&str>) -> Route {
        match proxy.filter(|proxy| !proxy.is_empty()).unwrap_or(&self.settings.proxy) {
            "" => Route::Environment,
            proxy => Route::Proxy(proxy.to_owned()),
        }
    }

    fn get(&self, way: Way) -> Result<Client, FetchError> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = made.get(&way) {
            return Ok(client.clone());
        }
        let client = self.make(&way)?;
        made.insert(way, client.clone());
        Ok(client)
    }

    fn make(&self, (route, named_by, ca): &Way) -> Result<Client, FetchError> {
        let (named_by, authorities) = (*named_by, authorities(ca.as_deref())?);
        let build = |builder: fn(ClientBuilder) -> ClientBuilder| -> Result<reqwest::Result<Client>, FetchError> {
            let own = self.builder(route, named_by)?.tls_certs_merge(authorities.clone());
            Ok(builder(own).build())
        };
        let client = match build(|builder| builder)? {
            Ok(client) => Ok(client),
            // A bare container has no certificates of its own.
            Err(_) => {
                build(|builder| builder.tls_backend_preconfigured(trusting(webpki_roots::TLS_SERVER_ROOTS.to_vec())))?
            }
        };
        client.map_err(|error| FetchError::Client { why: error.to_string() })
    }

    fn builder(&self, route: &Route, named_by: NamedBy) -> Result<ClientBuilder, FetchError> {
        let proxy = if let Route::Proxy(address) = route { host(address) } else { None };
        let resolver = GuardedResolver { guard: self.guard.by_way_of(proxy), named_by };
        let builder = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(self.settings.connect_timeout)
            .read_timeout(self.settings.read_timeout)
            .pool_max_idle_per_host(1)
            .dns_resolver(Arc::new(resolver));
        Ok(match route {
            Route::Loopback { tls: true } => builder.no_proxy(),
            Route::Loopback { tls: false } => builder.no_proxy().tls_backend_preconfigured(trusting(Vec::new())),
            Route::Environment => builder,
            Route::Proxy(address) => {
                let wrong =
                    |error: reqwest::Error| FetchError::Proxy { proxy: masked(address), why: error.to_string() };
                builder.proxy(Proxy::all(address).map_err(wrong)?)
            }
        })
    }
}

/// Reads the certificates of authorities from a PEM file.
fn authorities(file: Option<&Path>) -> Result<Vec<Certificate>, FetchError> {
    let Some(path) = file else { return Ok(Vec::new()) };
    let told = |why: String| FetchError::Authority { path: path.to_owned(), why };
    let bytes = std::fs::read(path).map_err(|error| told(error.to_string()))?;
    let found = Certificate::from_pem_bundle(&bytes).map_err(|error| told(error.to_string()))?;
    if found.is_empty() { Err(told("there is no certificate in it".into())) } else { Ok(found) }
}

/// Makes a TLS configuration of our own roots of trust.
fn trusting(roots: Vec<TrustAnchor<'static>>) -> rustls::ClientConfig {
    let roots = rustls::RootCertStore { roots };
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

/// Returns `true` if an address is this machine, which no proxy can reach for us.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Returns the host names of the proxies that the settings and the environment name.
pub(super) fn proxy_names(configured: &str) -> Vec<String> {
    let variables = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    let named = variables.iter().filter_map(|variable| std::env::var(variable).ok());
    named.chain([configured.to_owned()]).filter_map(|proxy| host(&proxy)).collect()
}

fn host(proxy: &str) -> Option<String> {
    let parse = |text: &str| Url::parse(text).ok()?.host_str().map(str::to_owned);
    parse(proxy).or_else(|| parse(&format!("http://{proxy}")))
}

fn masked(proxy: &str) -> String {
    crate::text::masked_url(proxy)
}
