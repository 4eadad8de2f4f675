//! YAML as a tree that remembers where each part stands, and a serde reader over it whose errors know key and place.
//!
//! serde's own tagged enums buffer their content and lose the places; [`Node`] keeps them, so that a misspelt key deep
//! inside a step is reported at its line.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer, value::StrDeserializer},
    forward_to_deserialize_any,
};
use serde_saphyr::Spanned;

use super::{
    Param, ParamUnit,
    fault::{RecipeFault, nearest, shortened},
};

/// A line and a column, each counted from 1.
pub(crate) type Place = (u64, u64);

/// A part of a YAML document.
#[derive(Debug)]
pub(crate) enum Node {
    Nothing,
    Flag(bool),
    Whole(i64),
    Real(f64),
    Text(String),
    List(Vec<Spanned<Node>>),
    Map(Vec<(Spanned<String>, Spanned<Node>)>),
}

/// Where each part of a recipe's text stands, by its keys joined with dots, such as `layers.hills.wavelength`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<String, Place>);

impl Places {
    pub(crate) fn of(root: &Spanned<Node>) -> Self {
        let mut places = Self::default();
        places.gather(root, "");
        places
    }

    fn gather(&mut self, part: &Spanned<Node>, path: &str) {
        let mut note = |key: &str, at: Place, child: &Spanned<Node>| {
            let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            self.gather(child, &path);
            self.0.insert(path, at);
        };
        match &part.value {
            Node::Map(entries) => entries.iter().for_each(|(key, child)| note(&key.value, place(key), child)),
            Node::List(items) => {
                items.iter().enumerate().for_each(|(i, item)| note(&i.to_string(), place(item), item));
            }
            _ => {}
        }
    }

    /// The line and column, each counted from 1, of the key that the keys lead to.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(u64, u64)> {
        self.0.get(path).copied()
    }
}

pub(crate) fn place<T>(part: &Spanned<T>) -> Place {
    (part.referenced.line(), part.referenced.column())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> de::Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Real(value as f64), Node::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Real(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}

/// The place of the part that `path` leads to, or of the last part on the way that exists.
pub(crate) fn find(root: &Spanned<Node>, path: &[String]) -> Place {
    let Some((key, rest)) = path.split_first() else { return place(root) };
    let child = match &root.value {
        Node::Map(entries) => entries.iter().find(|(name, _)| name.value == *key),
        Node::List(items) => {
            return key
                .parse()
                .ok()
                .and_then(|i: usize| items.get(i))
                .map_or(place(root), |item| find(item, rest));
        }
        _ => None,
    };
    match child {
        Some((name, _)) if rest.is_empty() => place(name),
        Some((_, value)) => find(value, rest),
        None => place(root),
    }
}

/// A fault and where it was noticed.
#[derive(Debug)]
pub(crate) struct Misread {
    pub(crate) place: Option<Place>,
    pub(crate) fault: RecipeFault,
}

impl Misread {
    fn at(mut self, place: Place) -> Self {
        self.place.get_or_insert(place);
        self
    }

    fn under(mut self, key: impl ToString) -> Self {
        self.fault = self.fault.under(key);
        self
    }
}

impl std::error::Error for Misread {}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

impl de::Error for Misread {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { place: None, fault: RecipeFault::new(message.to_string()) }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let mut fault = RecipeFault::new(format!("unknown key `{}`", shortened(field)));
        fault.suggestion = nearest(field, expected.iter().copied());
        if fault.suggestion.is_none() {
            fault.what += &format!(", known are {}", expected.join(", "));
        }
        Self { place: None, fault }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let mut fault = RecipeFault::new(format!("unknown value `{}`", shortened(variant)));
        fault.suggestion = nearest(variant, expected.iter().copied());
        if fault.suggestion.is_none() {
            fault.what += &format!(", known are {}", expected.join(", "));
        }
        Self { place: None, fault }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { place: None, fault: RecipeFault::new(format!("the key `{field}` is missing")) }
    }
}

/// Reads recipe data out of a part of the tree, putting the parameters' values in place of `$name`.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) part: &'a Spanned<Node>,
    pub(crate) params: &'a BTreeMap<String, Param>,
}

impl<'a> Reader<'a> {
    fn child(self, part: &'a Spanned<Node>) -> Self {
        Self { part, ..self }
    }

    fn text<'de, V: de::Visitor<'de>>(self, text: &str, visitor: V) -> Result<V::Value, Misread> {
        let Some(name) = text.strip_prefix('$') else { return visitor.visit_str(text) };
        let Some(param) = self.params.get(name) else {
            let fault = RecipeFault::unknown("parameter", name, self.params.keys().map(String::as_str));
            return Err(Misread { place: None, fault });
        };
        match param.unit {
            ParamUnit::Metres => visitor.visit_str(&format!("{} m", param.value)),
            ParamUnit::Percent => visitor.visit_str(&format!("{}%", param.value)),
            ParamUnit::Number => visitor.visit_f64(param.value),
        }
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Misread;

    fn deserialize_any<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match &self.part.value {
            Node::Nothing => visitor.visit_unit(),
            Node::Flag(value) => visitor.visit_bool(*value),
            Node::Whole(value) => visitor.visit_i64(*value),
            Node::Real(value) => visitor.visit_f64(*value),
            Node::Text(text) => self.text(text, visitor),
            Node::List(items) => visitor.visit_seq(Items { reader: self, items: items.iter().enumerate() }),
            Node::Map(entries) => {
                // A step's kind decides how its other keys are read, wherever the author put it.
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by_key(|(key, _)| key.value != "step");
                visitor.visit_map(Entries { reader: self, entries: entries.into_iter(), value: None })
            }
        }
        .map_err(|misread| misread.at(place(self.part)))
    }

    fn deserialize_option<V: de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match &self.part.value {
            Node::Nothing => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        match &self.part.value {
            Node::Text(text) => {
                visitor.visit_enum(IntoDeserializer::<Misread>::into_deserializer(text.as_str()))
            }
            _ => Err(de::Error::custom("one word is expected here")),
        }
        .map_err(|misread| misread.at(place(self.part)))
    }

    fn deserialize_newtype_struct<V: de::Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

struct Items<'a> {
    reader: Reader<'a>,
    items: std::iter::Enumerate<std::slice::Iter<'a, Spanned<Node>>>,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Misread;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misread> {
        let Some((index, item)) = self.items.next() else { return Ok(None) };
        let value = seed.deserialize(self.reader.child(item));
        value.map(Some).map_err(|misread| misread.at(place(item)).under(index))
    }
}

type Entry<'a> = &'a (Spanned<String>, Spanned<Node>);

struct Entries<'a> {
    reader: Reader<'a>,
    entries: std::vec::IntoIter<Entry<'a>>,
    value: Option<Entry<'a>>,
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Misread;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misread> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.value = Some(entry);
        let key: StrDeserializer<'_, Misread> = entry.0.value.as_str().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|misread| misread.at(place(&entry.0)))
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        let Some((key, value)) = self.value.take() else {
            return Err(de::Error::custom("a value was read before its key"));
        };
        let read = seed.deserialize(self.reader.child(value));
        read.map_err(|misread| misread.at(place(value)).under(shortened(&key.value)))
    }
}
