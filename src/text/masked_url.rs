use url::Url;

/// What stands for a secret.
const MASK: &str = "…";
/// Parts of the names of parameters that hold secrets.
const SECRET_NAMES: [&str; 9] = ["key", "token", "secret", "auth", "passw", "pwd", "sig", "session", "credential"];

/// Returns an address as it may be shown, stored and logged: without its login and without the values of parameters
/// that hold secrets.
pub fn masked_url(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return without_login(address) };
    let parts = [without_login(url.as_str().split(['?', '#']).next().unwrap_or_default())];
    let query = url.query().map(|query| format!("?{}", query.split('&').map(masked).collect::<Vec<_>>().join("&")));
    let fragment = url.fragment().map(|fragment| format!("#{fragment}"));
    let shown: String = parts.into_iter().chain(query).chain(fragment).collect();
    if shown.contains(MASK) { shown } else { address.to_owned() }
}

/// Masks what stands between `//` and `@`, be it a user, a password or a token.
fn without_login(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("//") else { return address.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}//{MASK}{}", &rest[at..]),
        None => address.to_owned(),
    }
}

fn masked(parameter: &str) -> String {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let lower = name.to_ascii_lowercase();
    let secret = !value.is_empty() && SECRET_NAMES.iter().any(|part| lower.contains(part));
    if secret { format!("{name}={MASK}") } else { parameter.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::masked_url;

    #[test]
    fn logins_and_secret_parameters_are_masked() {
        for (address, shown) in [
            ("https://me:secret@feeds.example/x", "https://…@feeds.example/x"),
            ("http://T0KEN@feeds.example:8080", "http://…@feeds.example:8080/"),
            ("https://a.example/f?page=2&api_key=abc&Token=d%20e#k", "https://a.example/f?page=2&api_key=…&Token=…#k"),
            ("https://a.example/@user/feed?x=a@b", "https://a.example/@user/feed?x=a@b"),
            ("/srv/intel", "/srv/intel"),
            ("//me:p@ss@host/x", "//…@host/x"),
            ("http://me:secret@[bad", "http://…@[bad"),
        ] {
            assert_eq!(masked_url(address), shown);
        }
    }
}
