//! Addresses that are handed to the browser: only the web's own, and hunts with the query filled in.

use url::Url;

use super::action::Siem;
use crate::config::SiemSettings;

/// Gives an address back when it is one that a browser may be given.
///
/// A feed chooses the link, so a file, a script or an option of the opener must not come through.
pub fn web(link: &str) -> Option<&str> {
    let link = link.trim();
    let url = Url::parse(link).ok()?;
    let plain = link.chars().all(|c| !c.is_whitespace() && crate::text::Safe::allows(c));
    (matches!(url.scheme(), "http" | "https") && url.host().is_some() && plain).then_some(link)
}

/// Writes the address of a hunt with its query filled in.
pub fn hunt(settings: &SiemSettings, siem: Siem, query: &str) -> Result<String, String> {
    let (name, base) = match siem {
        Siem::Splunk => ("splunk", &settings.splunk),
    };
    if base.is_empty() {
        return Err(format!("[siem] {name} in config.toml is empty: it says where hunts are opened"));
    }
    let mut url = Url::parse(base).map_err(|error| format!("[siem] {name} in config.toml is no address: {error}"))?;
    match siem {
        Siem::Splunk => {
            url.path_segments_mut()
                .map_err(|()| "no base".to_owned())?
                .pop_if_empty()
                .extend(["app", "search", "search"]);
            // Splunk's search bar puts `search` before what begins with no command; its address bar does not.
            let leading = query.trim_start().starts_with('|') || query.trim_start().starts_with("search ");
            let query = if leading { query.to_owned() } else { format!("search {query}") };
            url.query_pairs_mut().append_pair("q", &query);
        }
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::{Siem, SiemSettings, hunt, web};

    #[test]
    fn only_web_addresses_reach_the_browser() {
        assert_eq!(web(" https://news.example/a?b=1 "), Some("https://news.example/a?b=1"));
        for bad in
            ["file:///etc/passwd", "javascript:alert(1)", "--help", "", "https://", "https://a.example/\u{202e}x"]
        {
            assert_eq!(web(bad), None, "{bad}");
        }
    }

    #[test]
    fn splunk_gets_the_query_in_its_address() {
        let settings = SiemSettings { splunk: "https://splunk.example:8000/en-US/".into(), ..SiemSettings::default() };
        let link = hunt(&settings, Siem::Splunk, "| tstats count where a=\"b&c\"").unwrap();
        assert_eq!(
            link,
            "https://splunk.example:8000/en-US/app/search/search?q=%7C+tstats+count+where+a%3D%22b%26c%22"
        );
        assert!(hunt(&SiemSettings::default(), Siem::Splunk, "x").unwrap_err().contains("[siem] splunk"));
    }
}
