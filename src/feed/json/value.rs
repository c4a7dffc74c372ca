use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads a JSON value of which at most so many parts are kept: a value takes many times the memory of its text.
#[derive(Debug)]
pub(super) struct Bounded<'a> {
    /// How many more parts may be kept; what comes after them is read and dropped.
    pub(super) parts: &'a mut usize,
}

impl Bounded<'_> {
    fn inner(&mut self) -> Option<Bounded<'_>> {
        *self.parts = self.parts.checked_sub(1)?;
        Some(Bounded { parts: self.parts })
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        let mut kept = Vec::new();
        while let Some(inner) = self.inner() {
            let Some(item) = items.next_element_seed(inner)? else { return Ok(Value::Array(kept)) };
            kept.push(item);
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(kept))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            match self.inner() {
                Some(inner) => drop(kept.insert(key, members.next_value_seed(inner)?)),
                None => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Value::Object(kept))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed;
    use serde_json::{Value, json};

    use super::Bounded;

    fn read(text: &str, mut parts: usize) -> Value {
        Bounded { parts: &mut parts }.deserialize(&mut serde_json::Deserializer::from_str(text)).unwrap()
    }

    #[test]
    fn what_is_too_much_is_dropped() {
        let text = r#"{"a": [1, -2, 0.5, null, true, "x"], "b": {"c": "d"}}"#;
        assert_eq!(read(text, 100), serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(read("[1, 2, 3, 4]", 2), json!([1, 2]));
        assert_eq!(read(r#"{"a": [1, 2, 3], "b": 4}"#, 3), json!({"a": [1, 2]}));
    }
}
