//! Live values made harmless, in the form that analysts read most easily.

/// Makes a network value harmless: `evil[.]example`, `hxxps://evil[.]example/a.php`, `user[@]evil[.]example`.
///
/// Only scheme, host and at sign change, and [`refang`](super::refang) gives the value back. A value that is harmless
/// already stays as it is.
pub fn defang(value: &str) -> String {
    let (head, rest) = match value.split_once("://") {
        Some((scheme, rest)) => (harmless_scheme(scheme) + "://", rest),
        None => (String::new(), value),
    };
    let cut = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(cut);
    let mut out = head;
    out.reserve(value.len() + 8);
    match authority.rsplit_once('@') {
        Some((user, host)) => {
            out.push_str(user);
            out.push_str(if out_is_url(&out) || user.ends_with('[') { "@" } else { "[@]" });
            push_host(host, &mut out);
        }
        None => push_host(authority, &mut out),
    }
    out.push_str(path);
    out
}

fn out_is_url(out: &str) -> bool {
    out.contains("://")
}

fn harmless_scheme(scheme: &str) -> String {
    match scheme {
        "http" => "hxxp".to_owned(),
        "https" => "hxxps".to_owned(),
        "ftp" => "fxp".to_owned(),
        "ftps" => "fxps".to_owned(),
        other => other.to_owned(),
    }
}

/// Breaks every dot of a host, or every colon of an IPv6 address.
fn push_host(host: &str, out: &mut String) {
    let bytes = host.as_bytes();
    let six = host.split(':').nth(2).is_some() && !host.starts_with('[');
    for (at, c) in host.char_indices() {
        let guarded = at > 0 && bytes[at - 1] == b'[' && bytes.get(at + 1) == Some(&b']');
        match c {
            '.' if !guarded => out.push_str("[.]"),
            ':' if six && !guarded => out.push_str("[:]"),
            c => out.push(c),
        }
    }
}
