use std::{error::Error, iter};

use url::Url;

use crate::{
    config::FetchSettings,
    feed::{FetchError, error::shown, guard::Refused},
};

/// Reads a body up to a number of decoded bytes, and tells whether there was more. A megabyte of gzip can be a gigabyte
/// of text, so the limit counts what comes out, chunk by chunk.
pub(super) async fn read(
    mut response: reqwest::Response,
    url: &Url,
    limit_mb: u64,
    settings: &FetchSettings,
) -> Result<(Vec<u8>, bool), FetchError> {
    let limit = usize::try_from(limit_mb.saturating_mul(1_000_000)).unwrap_or(usize::MAX);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| fault(url, &error, settings))? {
        let room = limit - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok((body, true));
        }
    }
    Ok((body, false))
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
    let why = causes().last().map_or_else(|| error.to_string(), ToString::to_string);
    if causes().any(<dyn Error>::is::<rustls::Error>) || why.contains("certificate") {
        return FetchError::Tls { url, why };
    }
    if error.is_connect() { FetchError::Unreachable { url, why } } else { FetchError::Broken { url, why } }
}
