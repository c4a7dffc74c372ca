use crate::feed::xml::attributes;

/// The namespaces that matter, and the prefix that this room knows each by. The empty one is the feed's own vocabulary,
/// whatever version of RSS or Atom it is.
const SPACES: [(&str, &str); 11] = [
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/", ""),
    ("www.w3.org/2005/atom", ""),
    ("purl.org/atom/ns", ""),
    ("my.netscape.com/rdf/simple/0.9", ""),
    ("backend.userland.com/rss", ""),
    ("purl.org/dc/elements/", "dc"),
    ("purl.org/dc/terms/", "dcterms"),
    ("search.yahoo.com/mrss", "media"),
    ("www.itunes.com/dtds/podcast", "itunes"),
    ("www.w3.org/1999/xhtml", "xhtml"),
];

/// The prefixes that a feed uses, beyond the customary ones.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    declared: Vec<(&'a str, &'static str)>,
}

impl<'a> Names<'a> {
    /// Learns the declarations of a tag.
    pub(super) fn learn(&mut self, tag: &'a str) {
        for (name, space) in attributes(tag) {
            if let Some(prefix) = name.strip_prefix("xmlns:")
                && self.declared.len() < 32
            {
                let space = space.to_ascii_lowercase();
                let space = space.trim_start_matches("http://").trim_start_matches("https://");
                let known = SPACES.iter().find(|(known, _)| space.starts_with(known)).map_or("?", |(_, known)| *known);
                self.declared.push((prefix, known));
            }
        }
    }

    /// Returns the customary prefix of a name, and the name without prefix. A prefix that the feed declares for
    /// something else is `?`; one that it does not declare is taken at its word.
    pub(super) fn split<'n>(&self, name: &'n str) -> (&'n str, &'n str)
    where
        'a: 'n,
    {
        let Some((prefix, local)) = name.rsplit_once(':') else { return ("", name) };
        let known = match self.declared.iter().find(|(declared, _)| *declared == prefix) {
            // Customary prefixes keep their meaning: a wrong or new address of a namespace is common.
            Some((_, "?")) | None if CUSTOMARY.contains(&prefix) => prefix,
            Some((_, known)) => known,
            None => prefix,
        };
        (if matches!(known, "atom" | "a" | "rss" | "rdf" | "rss1") { "" } else { known }, local)
    }
}

/// Prefixes that mean the same in nearly every feed.
const CUSTOMARY: [&str; 10] = ["atom", "a", "rss", "rdf", "dc", "dcterms", "content", "media", "itunes", "xhtml"];

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_prefix_means_what_the_feed_declares() {
        let mut names = Names::default();
        names.learn(" version='2.0' xmlns:r='http://backend.userland.com/rss2' xmlns:x=\"urn:other\"");
        assert_eq!(names.split("r:item"), ("", "item"));
        assert_eq!(names.split("x:description"), ("?", "description"));
        assert_eq!(names.split("content:encoded"), ("content", "encoded"), "undeclared, but customary");
        assert_eq!(names.split("title"), ("", "title"));
    }
}
