use url::Url;

/// Makes a link absolute, in the form that every parser of addresses gives it. One that cannot be resolved stays as it is
/// written.
pub(super) fn absolute(link: &str, base: Option<&Url>, site: Option<&Url>, document: Option<&Url>) -> String {
    if let Ok(url) = Url::parse(link) {
        return url.into();
    }
    let around = base.or(site.filter(|site| !site.cannot_be_a_base())).or(document);
    around.and_then(|base| base.join(link).ok()).map_or_else(|| link.to_owned(), String::from)
}
