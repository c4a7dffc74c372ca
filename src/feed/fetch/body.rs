use std::{error::Error, iter};

use url::Url;

use crate::{
    config::FetchSettings,
    feed::{FetchError, error::shown, guard::Refused},
};

/// A body, as far as it came.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    /// Whether there was more than the limit.
    pub(super) cut: bool,
    /// Why the rest did not come.
    pub(super) fault: Option<FetchError>,
}

/// Reads a body up to a number of decoded bytes. A megabyte of gzip can be a gigabyte of text, so the limit counts what
/// comes out, chunk by chunk.
pub(super) async fn read(mut response: reqwest::Response, url: &Url, limit_mb: u64, settings: &FetchSettings) -> Body {
    let limit = usize::try_from(limit_mb.saturating_mul(1_000_000)).unwrap_or(usize::MAX);
    let mut body = Body::default();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = limit - body.bytes.len();
                body.bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return Body { cut: true, ..body };
                }
            }
            Ok(None) => return body,
            Err(error) => return Body { fault: Some(fault(url, &error, settings)), ..body },
        }
    }
}

/// Cuts what arrived of a feed behind its last whole item; none when not one arrived.
pub(super) fn whole_items(bytes: &[u8]) -> Option<&[u8]> {
    let ends: [&[u8]; 2] = [b"</item>", b"</entry>"];
    let end = |mark: &[u8]| Some(memchr::memmem::rfind(bytes, mark)? + mark.len());
    ends.into_iter().filter_map(end).max().map(|end| &bytes[..end])
}

/// Returns what an error says, with its address masked.
fn masked(error: &reqwest::Error) -> String {
    let said = error.to_string();
    error.url().map_or(said.clone(), |url| said.replace(url.as_str(), &shown(url)))
}

/// Says in the analyst's words what went wrong with a request.
pub(super) fn fault(url: &Url, error: &reqwest::Error, settings: &FetchSettings) -> FetchError {
    let causes = || iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    let url = shown(url);
    if let Some(refused) = causes().find_map(|cause| cause.downcast_ref::<Refused>()) {
        return FetchError::Refused { url, target: refused.target.clone() };
    }
    if error.is_timeout() {
        let limit = if error.is_connect() {
            format!("no connection within {} s", settings.connect_timeout.as_secs_f32())
        } else {
            format!("silent for {} s", settings.read_timeout.as_secs_f32())
        };
        return FetchError::Timeout { url, limit };
    }
    let why = causes().last().map_or_else(|| masked(error), ToString::to_string);
    if causes().any(<dyn Error>::is::<rustls::Error>) || why.contains("certificate") {
        return FetchError::Tls { url, why };
    }
    if error.is_connect() { FetchError::Unreachable { url, why } } else { FetchError::Broken { url, why } }
}
