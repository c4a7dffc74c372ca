use super::Document;

pub(super) fn clean(html: &str) -> Document {
    Document::from_plain(html)
}
