//! Fetches sources: one request at a time to a host, conditional, with back-off, guarded and bounded.

mod advisories;
mod body;
mod client;
mod discover;
mod file;
mod headers;
mod host_queue;
mod redirect;
mod retry;
mod secret;

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

pub use discover::{Discovery, FoundAs};

use backon::{ExponentialBuilder, Retryable};
use reqwest::{StatusCode, header::HeaderMap};
use url::Url;

use self::{
    client::Clients,
    host_queue::HostQueue,
    redirect::{Answer, Request},
};
use super::{
    FetchError, ParseError, ParsedFeed,
    error::shown,
    guard::{Guard, NamedBy},
};
use crate::{
    config::FetchSettings,
    source::{Source, SourceKind},
    text::masked_url,
};

/// What a server wants to see again, so that it need not send what is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The last `ETag`; for files and folders, a fingerprint.
    pub etag: Option<String>,
    /// The last `Last-Modified`.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Returns `true` if nothing is known.
    pub const fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What a fetch brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Fetched {
    /// The source says that nothing changed. That is a success.
    Unchanged {
        /// The HTTP status; 304, or 200 for a file.
        status: u16,
        /// Where the source has moved to for good.
        moved_to: Option<String>,
        /// How long it asks to be left alone.
        min_interval: Option<Duration>,
    },
    /// The source was read.
    Fresh(Fresh),
}

/// A source that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Fresh {
    /// What it says.
    pub feed: ParsedFeed,
    /// What to send with the next request; replaces what was known, even by nothing.
    pub validators: Validators,
    /// The HTTP status; 200 for a file.
    pub status: u16,
    /// Where the source has moved to for good.
    pub moved_to: Option<String>,
    /// How long it asks to be left alone, at most a day.
    pub min_interval: Option<Duration>,
}

/// A page that was fetched for its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageBody {
    /// Its HTML.
    pub html: String,
    /// Whether it was longer than allowed and was cut.
    pub cut: bool,
    /// The address that it came from after all redirects.
    pub final_url: String,
}

/// The greatest number of times a request is repeated after a fault that may pass.
const MAX_RETRIES: usize = 2;
/// The wait before the first of them; each next one waits twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// Fetches sources and pages. One for the whole program: it knows which host is being asked.
///
/// Every future of it may be dropped at any time; the request stops with it.
#[derive(Debug)]
pub struct Fetcher {
    settings: FetchSettings,
    guard: Guard,
    clients: Clients,
    hosts: HostQueue,
}

impl Fetcher {
    /// Makes a fetcher. Errors when the proxy of the settings cannot be used or the client does not start.
    ///
    /// # Errors
    /// Fails if the proxy of the settings cannot be used or the client does not start.
    pub fn new(settings: &FetchSettings) -> Result<Self, FetchError> {
        Self::with_guard(settings, None)
    }

    /// Makes a fetcher that reaches these addresses and no other, whoever names them: for tests, and for rooms where
    /// everything comes from one mirror.
    ///
    /// # Errors
    /// Fails as [`Fetcher::new`] does.
    pub fn reaching_only(settings: &FetchSettings, addresses: &[IpAddr]) -> Result<Self, FetchError> {
        Self::with_guard(settings, Some(addresses))
    }

    fn with_guard(settings: &FetchSettings, only: Option<&[IpAddr]>) -> Result<Self, FetchError> {
        let guard = Guard::new(only, client::proxy_names(&settings.proxy));
        let clients = Clients::new(settings, guard.clone())?;
        Ok(Self { settings: settings.clone(), guard, clients, hosts: HostQueue::default() })
    }

    /// Fetches a source, be it on the web, a file or a folder.
    ///
    /// A request that may succeed in a moment is made again twice; `Retry-After` is obeyed where it is short, and given
    /// in the error where it is long.
    ///
    /// # Errors
    /// Says in one sentence why the source cannot be fetched or read, and what to do.
    pub async fn fetch(&self, feed: &Source, validators: &Validators) -> Result<Fetched, FetchError> {
        if let Some(path) = file::path(&feed.url) {
            return file::read(path, validators.clone(), self.limits(Expected::of(feed))).await;
        }
        let url = address(&feed.url)?;
        let headers = headers::for_feed(feed, &self.settings.user_agent).await?;
        let _permit = self.hosts.permit(&url).await;
        let request = Request { headers: &headers, validators, ..Request::new(feed, &url, NamedBy::Config) };
        let broken = Mutex::default();
        let answer = match self.retried_keeping(&request, &broken).await {
            Ok(answer) => answer,
            Err(error) => {
                return in_part(feed, error, broken.into_inner().unwrap_or_else(PoisonError::into_inner)).await;
            }
        };
        let min_interval = retry::max_age(&answer.headers);
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Fetched::Unchanged { status: 304, moved_to: answer.moved_to, min_interval });
        }
        let validators_of_answer = validators_in(&answer.headers);
        let next = advisories::next_page(&answer.headers, &answer.url);
        let mut parsed = parse_in_pool(Expected::of(feed), answer.body, &answer.headers, &answer.url).await?;
        if feed.kind == Some(SourceKind::Ghsa) {
            let pages =
                if validators.is_empty() { advisories::MAX_PAGES_AT_FIRST } else { advisories::MAX_PAGES_LATER };
            self.more_advisories(feed, &headers, next, pages, &mut parsed).await;
        }
        let min_interval = min_interval.max(parsed.ttl).map(|interval| interval.min(retry::MAX_WAIT));
        Ok(Fetched::Fresh(Fresh {
            feed: parsed,
            validators: validators_of_answer,
            status: answer.status.as_u16(),
            moved_to: answer.moved_to,
            min_interval,
        }))
    }

    fn limits(&self, expected: Expected) -> file::Limits {
        file::Limits { expected, limit_mb: self.settings.max_feed_mb, timeout: self.settings.total_timeout }
    }

    /// Fetches the page of an article for its full text.
    ///
    /// The address is a stranger's: anything but http and https on the public internet is refused, before and after
    /// resolving its name and after every redirect. A page longer than the limit is cut.
    ///
    /// # Errors
    /// Says in one sentence why the page cannot be fetched.
    pub async fn page(&self, url: &str) -> Result<PageBody, FetchError> {
        self.page_of(url, &Source::new("", "")).await
    }

    /// Fetches the page of an article of a feed, by the feed's proxy and in its name. Where the feed trusts its pages,
    /// those on its own host may be in a private network as the feed may.
    ///
    /// # Errors
    /// Says in one sentence why the page cannot be fetched.
    pub async fn page_of(&self, url: &str, feed: &Source) -> Result<PageBody, FetchError> {
        let url = address(url)?;
        let own = address(&feed.url).is_ok_and(|own| own.host() == url.host());
        let named_by = if own && feed.trust.pages { NamedBy::Config } else { NamedBy::Stranger };
        let headers = headers::for_page(feed.user_agent.as_deref().unwrap_or(&self.settings.user_agent))?;
        self.guard.check(&url, named_by).map_err(|refused| redirect::refused(&url, refused))?;
        let _permit = self.hosts.permit(&url).await;
        let request = Request { page: true, headers: &headers, ..Request::new(feed, &url, named_by) };
        let answer = self.retried(&request).await?;
        let content_type = headers::text(&answer.headers, "content-type");
        let html = super::decode::decode(&answer.body, content_type.as_deref()).text.into_owned();
        Ok(PageBody { html, cut: answer.cut, final_url: answer.url.into() })
    }

    /// Makes a request, and again after a fault that may pass. A body that broke off is such a fault.
    async fn retried(&self, request: &Request<'_>) -> Result<Answer, FetchError> {
        self.retried_keeping(request, &Mutex::default()).await
    }

    /// Makes a request like [`Fetcher::retried`], and keeps the longest body that broke off.
    async fn retried_keeping(
        &self,
        request: &Request<'_>,
        broken: &Mutex<Option<Answer>>,
    ) -> Result<Answer, FetchError> {
        let once = async || {
            let mut answer = self.once(request).await?;
            let Some(fault) = answer.fault.take() else { return Ok(answer) };
            let mut kept = broken.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.as_ref().is_none_or(|kept| kept.body.len() < answer.body.len()) {
                *kept = Some(answer);
            }
            Err(fault)
        };
        let waits = ExponentialBuilder::default()
            .with_min_delay(FIRST_WAIT)
            .with_max_delay(FIRST_WAIT * 8)
            .with_max_times(MAX_RETRIES)
            .with_jitter();
        once.retry(waits)
            .when(FetchError::is_transient)
            .adjust(|error, wait| match error.retry_after() {
                Some(asked) if asked > retry::MAX_WAIT_IN_FETCH => None,
                Some(asked) => wait.map(|_| asked),
                None => wait,
            })
            .await
    }

    async fn once(&self, request: &Request<'_>) -> Result<Answer, FetchError> {
        let limit = self.settings.total_timeout;
        let answered = tokio::time::timeout(limit, self.follow(request)).await;
        answered.unwrap_or_else(|_| {
            Err(FetchError::Timeout { url: shown(request.url), limit: format!("{} s in all", limit.as_secs_f32()) })
        })
    }
}

/// Reads an address of the web.
fn address(text: &str) -> Result<Url, FetchError> {
    let text = text.trim();
    let wrong = |why: String| FetchError::Address { url: masked_url(text).chars().take(300).collect(), why };
    let url = Url::parse(text).map_err(|error| wrong(error.to_string()))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        other => Err(wrong(format!("{other}: is not fetched"))),
    }
}

fn validators_in(headers: &HeaderMap) -> Validators {
    Validators { etag: headers::text(headers, "etag"), last_modified: headers::text(headers, "last-modified") }
}

/// Recovers the complete items of a feed that broke off; returns the fault if there are none. No validators are kept,
/// because the next request has to bring the rest.
async fn in_part(source: &Source, fault: FetchError, broken: Option<Answer>) -> Result<Fetched, FetchError> {
    let Some(answer) = broken else { return Err(fault) };
    let Some(arrived) = body::whole_items(&answer.body).map(<[u8]>::to_vec) else { return Err(fault) };
    let Ok(mut feed) = parse_in_pool(Expected::of(source), arrived, &answer.headers, &answer.url).await else {
        return Err(fault);
    };
    if feed.entries.is_empty() {
        return Err(fault);
    }
    feed.remark = None;
    feed.note(&format!("only the first {} items arrived: {fault}", feed.entries.len()));
    let (status, moved_to) = (answer.status.as_u16(), answer.moved_to);
    Ok(Fetched::Fresh(Fresh { feed, validators: Validators::default(), status, moved_to, min_interval: None }))
}

/// What an answer is read as.
#[derive(Clone, Copy, Debug)]
enum Expected {
    Kind(SourceKind),
    /// Whatever is in it. Only for what is shown and not filed.
    Any,
}

impl Expected {
    fn of(source: &Source) -> Self {
        Self::Kind(source.kind.unwrap_or(SourceKind::Rss))
    }

    fn parse(self, body: &[u8], content_type: Option<&str>, base: Option<&str>) -> Result<ParsedFeed, ParseError> {
        match self {
            Self::Kind(kind) => super::parse_as(kind, body, content_type, base),
            Self::Any => super::recognise(body, content_type, base),
        }
    }
}

/// Parses in the pool; a panic there costs this feed and nothing else.
async fn parse_in_pool(
    expected: Expected,
    body: Vec<u8>,
    headers: &HeaderMap,
    url: &Url,
) -> Result<ParsedFeed, FetchError> {
    let content_type = headers::text(headers, "content-type");
    // A login in the address must not come back in every relative link of the feed.
    let mut base = url.clone();
    let _ = (base.set_username(""), base.set_password(None));
    let parse = move || expected.parse(&body, content_type.as_deref(), Some(base.as_str()));
    let parsed = super::parse_pool::run(parse).await;
    let parsed = parsed.unwrap_or_else(|| Err(ParseError::Unknown { found: "its reader failed".into() }));
    parsed.map_err(|why| FetchError::NotFeed { url: shown(url), why })
}
