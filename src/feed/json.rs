//! Sources in JSON: JSON Feed, CISA's catalogue of exploited vulnerabilities, GitHub's advisories.

mod ghsa;
mod json_feed;
mod kev;

use serde_json::{Map, Value};

use super::{ParseError, ParsedFeed};

/// Reads a JSON document by what is in it.
pub(super) fn read(text: &str, base_url: Option<&str>) -> Result<ParsedFeed, ParseError> {
    let value: Value = serde_json::from_str(text).map_err(|error| ParseError::Json(error.to_string()))?;
    match value {
        Value::Array(items) if items.is_empty() || items.iter().any(|item| item.get("ghsa_id").is_some()) => {
            Ok(ghsa::read(&items))
        }
        Value::Object(object) if object.contains_key("ghsa_id") => Ok(ghsa::read(&[Value::Object(object)])),
        Value::Object(object) => {
            let read = match (list(&object, "vulnerabilities"), list(&object, "items")) {
                (Some(entries), _) => Some((kev::read(entries), entries.len())),
                (None, Some(items)) => Some((json_feed::read(&object, items, base_url), items.len())),
                (None, None) => None,
            };
            // Other JSON has lists of these names too, and not one entry of it makes sense here. GitHub answers with a
            // message when a token is wrong or the hour's requests are used up.
            let sense = read.filter(|(feed, items)| *items == 0 || !feed.entries.is_empty()).map(|(feed, _)| feed);
            sense.ok_or_else(|| ParseError::Unknown {
                found: text_of(&object, "message").unwrap_or_else(|| "JSON of another kind".into()),
            })
        }
        _ => Err(ParseError::Unknown { found: "JSON of another kind".into() }),
    }
}

fn list<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a [Value]> {
    object.get(key)?.as_array().map(Vec::as_slice)
}

/// Returns a member as text; numbers count, blanks do not.
fn text_of(object: &Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
