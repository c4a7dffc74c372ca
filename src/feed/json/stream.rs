use std::{borrow::Cow, fmt};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::value::Bounded;

/// The greatest number of parts of an item, and of all that stands beside the items, that is kept.
const MAX_PARTS: usize = 20_000;
/// The greatest number of names beside the items that are kept.
const MAX_MEMBERS: usize = 200;

/// A list in a JSON document that may be one of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// The document itself.
    Document,
    /// `items`, as in JSON Feed.
    Items,
    /// `vulnerabilities`, as in CISA's catalogue.
    Vulnerabilities,
}

/// Reads a JSON document item by item, so that it needs the memory of one. Returns what stands beside the items, and for
/// each of `lists` whether it is one.
pub(super) fn read(
    text: &str,
    lists: &[List],
    take: &mut dyn FnMut(List, Value),
) -> serde_json::Result<Map<String, Value>> {
    let mut from = serde_json::Deserializer::from_str(text);
    let beside = Stream { lists, take, parts: MAX_PARTS }.deserialize(&mut from)?;
    from.end()?;
    Ok(beside)
}

struct Stream<'a> {
    lists: &'a [List],
    take: &'a mut dyn FnMut(List, Value),
    parts: usize,
}

impl<'de> DeserializeSeed<'de> for Stream<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Stream<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        Items { list: List::Document, take: self.take }.visit_seq(items)?;
        Ok(Map::new())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut beside = Map::new();
        while let Some(key) = members.next_key::<Cow<'_, str>>()? {
            let list = match &*key {
                "items" => Some(List::Items),
                "vulnerabilities" => Some(List::Vulnerabilities),
                _ => None,
            };
            if let Some(list) = list.filter(|list| self.lists.contains(list)) {
                let is_list = members.next_value_seed(Items { list, take: self.take })?;
                beside.insert(key.into_owned(), Value::Bool(is_list));
            } else if beside.len() < MAX_MEMBERS {
                let value = members.next_value_seed(Bounded { parts: &mut self.parts })?;
                beside.insert(key.into_owned(), value);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(beside)
    }
}

/// Reads a list and hands its items over one by one. Returns `false` if it is not a list.
struct Items<'a> {
    list: List,
    take: &'a mut dyn FnMut(List, Value),
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        let mut parts = MAX_PARTS;
        while let Some(item) = items.next_element_seed(Bounded { parts: &mut parts })? {
            (self.take)(self.list, item);
            parts = MAX_PARTS;
        }
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<bool, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }
}
