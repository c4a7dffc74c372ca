use std::{path::Path, sync::LazyLock};

use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION},
};
use url::Url;

use super::{Fetcher, Validators, body, headers, retry};
use crate::{
    feed::{
        FetchError,
        error::shown,
        guard::{NamedBy, Refused},
    },
    source::Source,
};

/// The greatest number of redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// What is asked for.
pub(super) struct Request<'a> {
    pub(super) url: &'a Url,
    pub(super) proxy: Option<&'a str>,
    /// A file of certificates that are trusted beside the machine's own.
    pub(super) ca: Option<&'a Path>,
    pub(super) named_by: NamedBy,
    /// Whether the feed says that it is in a private network.
    pub(super) private: bool,
    /// Whether it is a page to read: it has to be text, and is cut where it is long.
    pub(super) page: bool,
    /// All headers; those that are marked sensitive go to the first scheme, host and port only.
    pub(super) headers: &'a HeaderMap,
    pub(super) validators: &'a Validators,
}

impl<'a> Request<'a> {
    /// Makes a request on behalf of a feed, without headers and with nothing known.
    pub(super) fn new(feed: &'a Source, url: &'a Url, named_by: NamedBy) -> Self {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        static NOTHING: Validators = Validators { etag: None, last_modified: None };
        Self {
            url,
            proxy: feed.proxy.as_deref(),
            ca: feed.trust.ca.as_deref(),
            named_by,
            private: feed.private,
            page: false,
            headers: &NONE,
            validators: &NOTHING,
        }
    }
}

/// What came back in the end.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) cut: bool,
    pub(super) url: Url,
    pub(super) moved_to: Option<String>,
    /// Why the rest of the body did not come.
    pub(super) fault: Option<FetchError>,
}

impl Fetcher {
    /// Makes a request and follows its redirects. Each is judged anew: only the host that the configuration names may
    /// stand in a private network.
    pub(super) async fn follow(&self, request: &Request<'_>) -> Result<Answer, FetchError> {
        let mut url = request.url.clone();
        let mut for_good = true;
        for _ in 0..=MAX_REDIRECTS {
            let response = self.request(request, &url).await?;
            let status = response.status();
            let Some(next) = redirected(&url, status, response.headers())? else {
                let moved = for_good && url != *request.url;
                return self.take(request, response, url.clone(), moved.then(|| url.to_string())).await;
            };
            for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            url = next;
        }
        Err(FetchError::Redirects { url: shown(request.url), why: "in a circle".into() })
    }

    async fn request(&self, request: &Request<'_>, url: &Url) -> Result<reqwest::Response, FetchError> {
        let named_by = if url.host() == request.url.host() { request.named_by } else { NamedBy::Stranger };
        let named_by = named_by.for_host(url, request.private);
        self.guard.check(url, named_by).map_err(|refusal| refused(request.url, refusal))?;
        let client = self.clients.client(url, named_by, request.proxy, request.ca)?;
        let mut headers = request.headers.clone();
        if url.origin() != request.url.origin() {
            headers = headers.into_iter().filter_map(|(name, value)| Some((name?, value))).filter(public).collect();
        }
        let known = [(IF_NONE_MATCH, &request.validators.etag), (IF_MODIFIED_SINCE, &request.validators.last_modified)];
        for (name, value) in known {
            if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
                headers.insert(name, value);
            }
        }
        client.get(url.clone()).headers(headers).send().await.map_err(|error| body::fault(url, &error, &self.settings))
    }

    /// Reads the last answer.
    async fn take(
        &self,
        request: &Request<'_>,
        response: reqwest::Response,
        url: Url,
        moved_to: Option<String>,
    ) -> Result<Answer, FetchError> {
        let (status, headers) = (response.status(), response.headers().clone());
        let known = !request.validators.is_empty();
        if status == StatusCode::NOT_MODIFIED && known {
            return Ok(Answer { status, headers, body: Vec::new(), cut: false, url, moved_to, fault: None });
        }
        if !status.is_success() {
            let retry_after = retry::after(&headers, jiff::Timestamp::now());
            return Err(FetchError::Status { url: shown(&url), status: status.as_u16(), retry_after });
        }
        let page = request.page;
        if page && let Some(kind) = headers::text(&headers, "content-type").filter(|kind| !headers::is_page(kind)) {
            return Err(FetchError::NotText { url: shown(&url), kind });
        }
        let limit_mb = if page { self.settings.max_page_mb } else { self.settings.max_feed_mb };
        let body::Body { bytes: body, cut, fault } = body::read(response, &url, limit_mb, &self.settings).await;
        if cut && !page {
            return Err(FetchError::TooLarge { url: shown(&url), limit_mb });
        }
        Ok(Answer { status, headers, body, cut, url, moved_to, fault })
    }
}

pub(super) fn refused(url: &Url, refused: Refused) -> FetchError {
    FetchError::Refused { url: shown(url), target: refused.target }
}

fn public((_, value): &(reqwest::header::HeaderName, HeaderValue)) -> bool {
    !value.is_sensitive()
}

/// Returns the address that an answer redirects to, or `None` if it is not a redirect.
fn redirected(url: &Url, status: StatusCode, headers: &HeaderMap) -> Result<Option<Url>, FetchError> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let nowhere = |why: &str| FetchError::Redirects { url: shown(url), why: why.into() };
    let location = headers.get(LOCATION).ok_or_else(|| nowhere("without saying where"))?;
    let location = String::from_utf8_lossy(location.as_bytes());
    url.join(location.trim()).map(Some).map_err(|_| nowhere("to something that is no address"))
}
