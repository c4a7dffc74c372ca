//! Addresses that are handed to the browser: only the web's own, and hunts with the query filled in.

use std::io::Write;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use flate2::{Compression, write::GzEncoder};
use url::{Url, form_urlencoded::byte_serialize};

use super::action::Siem;
use crate::{config::SiemSettings, hunt::Dialect};

/// The longest address that is handed on, in bytes: browsers and portals cut longer ones.
const MAX_LINK_BYTES: usize = 8_000;

/// Returns an address back when it is one that a browser may be given.
///
/// A feed chooses the link, so a file, a script or an option of the opener must not come through.
pub fn web(link: &str) -> Option<&str> {
    let link = link.trim();
    let url = Url::parse(link).ok()?;
    let plain = link.chars().all(|c| !c.is_whitespace() && crate::text::Safe::allows(c));
    (matches!(url.scheme(), "http" | "https") && url.host().is_some() && plain).then_some(link)
}

/// Returns the dialect that a SIEM runs.
pub const fn dialect(siem: Siem) -> Dialect {
    match siem {
        Siem::Splunk => Dialect::Spl,
        Siem::Defender | Siem::Sentinel => Dialect::Kql,
    }
}

/// Writes the address of a hunt with its query filled in.
///
/// Splunk takes the query as it is (`/app/search/search?q=`). Defender takes it gzipped over UTF-16LE, in base64 for
/// addresses (`/v2/advanced-hunting?query=`); the Azure portal takes it gzipped over UTF-8 in base64, behind the
/// workspace's address (`…/source/LogsBlade.AnalyticsShareLinkToQuery/q/…`).
///
/// # Errors
/// Says why there is no address: none is configured, or it would be too long.
pub fn hunt(settings: &SiemSettings, siem: Siem, query: &str) -> Result<String, String> {
    let (name, base) = match siem {
        Siem::Splunk => ("splunk", &settings.splunk),
        Siem::Defender => ("defender", &settings.defender),
        Siem::Sentinel => ("sentinel", &settings.sentinel),
    };
    if base.is_empty() {
        return Err(format!("[siem] {name} in config.toml is empty: it says where hunts are opened"));
    }
    let base =
        web(base).ok_or_else(|| format!("[siem] {name} in config.toml is not a web address"))?.trim_end_matches('/');
    let link = match siem {
        Siem::Splunk => {
            // Splunk's search bar puts `search` before what begins with no command; its address bar does not.
            let leading = query.trim_start().starts_with('|') || query.trim_start().starts_with("search ");
            let query = if leading { query.to_owned() } else { format!("search {query}") };
            format!("{base}/app/search/search?q={}", encoded(query.as_bytes()))
        }
        Siem::Defender => {
            let wide: Vec<u8> = query.encode_utf16().flat_map(u16::to_le_bytes).collect();
            format!("{base}/v2/advanced-hunting?query={}", URL_SAFE_NO_PAD.encode(gzipped(&wide)))
        }
        Siem::Sentinel => {
            let packed = STANDARD.encode(gzipped(query.as_bytes()));
            format!("{base}/source/LogsBlade.AnalyticsShareLinkToQuery/q/{}", encoded(packed.as_bytes()))
        }
    };
    if link.len() > MAX_LINK_BYTES {
        return Err(format!("the query is too long for an address ({} bytes); y copies it", link.len()));
    }
    Ok(link)
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory cannot fail")
}

fn encoded(bytes: &[u8]) -> String {
    byte_serialize(bytes).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use base64::Engine as _;

    use super::{STANDARD, Siem, SiemSettings, URL_SAFE_NO_PAD, hunt, web};

    fn unpacked(gzip: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(gzip).read_to_end(&mut bytes).unwrap();
        bytes
    }

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
            "https://splunk.example:8000/en-US/app/search/search?q=%7C%20tstats%20count%20where%20a%3D%22b%26c%22"
        );
        assert!(hunt(&SiemSettings::default(), Siem::Splunk, "x").unwrap_err().contains("[siem] splunk"));
        assert!(hunt(&settings, Siem::Splunk, &"x".repeat(9_000)).unwrap_err().contains("too long"));
    }

    #[test]
    fn defender_and_sentinel_get_it_packed() {
        let settings = SiemSettings {
            defender: "https://security.example".into(),
            sentinel: "https://portal.example/#blade/resourceId/x".into(),
            ..SiemSettings::default()
        };
        let link = hunt(&settings, Siem::Defender, "DeviceInfo").unwrap();
        let packed = link.strip_prefix("https://security.example/v2/advanced-hunting?query=").unwrap();
        let wide = unpacked(&URL_SAFE_NO_PAD.decode(packed).unwrap());
        let units: Vec<u16> = wide.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
        assert_eq!(String::from_utf16(&units).unwrap(), "DeviceInfo");
        let link = hunt(&settings, Siem::Sentinel, "SigninLogs | take 1").unwrap();
        let (_, packed) = link.split_once("/source/LogsBlade.AnalyticsShareLinkToQuery/q/").unwrap();
        assert!(!packed.contains(['+', '/', '=']), "{packed}");
        let packed = packed.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        assert_eq!(unpacked(&STANDARD.decode(packed).unwrap()), b"SigninLogs | take 1");
    }

    #[test]
    fn a_long_query_that_repeats_itself_fits_into_an_address() {
        let settings = SiemSettings { defender: "https://security.example".into(), ..SiemSettings::default() };
        let link = hunt(&settings, Siem::Defender, &"| where RemoteUrl has 'a.example'\n".repeat(400));
        assert!(link.is_ok_and(|link| link.len() < 1_000));
    }
}
