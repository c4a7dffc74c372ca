use url::Url;

/// Makes a link absolute. An absolute one stays as it is written; one that cannot be resolved too.
pub(super) fn absolute(link: &str, base: Option<&Url>, site: Option<&Url>, document: Option<&Url>) -> String {
    if Url::parse(link).is_ok() {
        return link.to_owned();
    }
    let around = base.or(site.filter(|site| !site.cannot_be_a_base())).or(document);
    around.and_then(|base| base.join(link).ok()).map_or_else(|| link.to_owned(), String::from)
}
