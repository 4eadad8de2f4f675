//! Names of content, such as `srd:scorching-ray`: compared as numbers, read as text.
//!
//! Every id is kept once for the whole process, so an [`Id`] is four bytes, needs no allocation to copy or compare,
//! and finds its record by index. Numbers follow the order in which names were first seen: nothing may depend on them.

use std::{
    collections::HashMap,
    fmt,
    num::NonZeroU32,
    str::FromStr,
    sync::{OnceLock, RwLock},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The longest id.
const LENGTH_MAX: usize = 80;
/// Most different ids in one process: far more than any pack needs, and few enough to bound what bad packs can cost.
const IDS_MAX: usize = 200_000;

/// The name of a piece of content, as `pack:name`, or the name of a part inside one, as `name`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(NonZeroU32);

/// Why a text is no id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// It has other characters, or too many of them.
    #[error(
        "`{0}` is not an id: lower-case letters, digits and hyphens, with a pack before it as in `srd:fire-bolt`"
    )]
    Malformed(String),
    /// Too many ids were read.
    #[error("more than {IDS_MAX} different ids")]
    TooMany,
}

impl Id {
    /// The id of a text, or why it isn't one.
    pub fn new(text: &str) -> Result<Self, IdError> {
        if !well_formed(text) {
            return Err(IdError::Malformed(text.chars().take(LENGTH_MAX).collect()));
        }
        if let Some(&known) =
            names().read().unwrap_or_else(std::sync::PoisonError::into_inner).numbers.get(text)
        {
            return Ok(Self(known));
        }
        let mut names = names().write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(&known) = names.numbers.get(text) {
            return Ok(Self(known));
        }
        if names.texts.len() >= IDS_MAX {
            return Err(IdError::TooMany);
        }
        let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
        names.texts.push(text);
        let number = NonZeroU32::new(names.texts.len() as u32).expect("there is one name at least");
        names.numbers.insert(text, number);
        Ok(Self(number))
    }

    /// The id of a text that is an id of something already. For what strangers send: [`Id::new`] would keep any text of theirs
    /// for good.
    #[must_use]
    pub fn known(text: &str) -> Option<Self> {
        let names = names().read().unwrap_or_else(std::sync::PoisonError::into_inner);
        names.numbers.get(text).copied().map(Self)
    }

    /// The id as it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        names().read().unwrap_or_else(std::sync::PoisonError::into_inner).texts[self.index()]
    }

    /// The part before the colon, if it has one.
    #[must_use]
    pub fn pack(self) -> Option<&'static str> {
        self.as_str().split_once(':').map(|(pack, _)| pack)
    }

    /// The part after the colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        let text = self.as_str();
        text.split_once(':').map_or(text, |(_, name)| name)
    }

    /// A small number, unique in this process, for tables that are indexed by ids.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// An id that the code itself names: looked up once, then as cheap as a number.
pub(crate) struct Word {
    text: &'static str,
    id: OnceLock<Id>,
}

impl Word {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, id: OnceLock::new() }
    }

    pub(crate) fn id(&self) -> Id {
        *self.id.get_or_init(|| Id::new(self.text).expect("the ids that code names are well formed"))
    }
}

fn well_formed(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.len() <= LENGTH_MAX
        && match text.split_once(':') {
            Some((pack, name)) => part(pack) && part(name),
            None => part(text),
        }
}

#[derive(Default)]
struct Names {
    numbers: HashMap<&'static str, NonZeroU32>,
    texts: Vec<&'static str>,
}

fn names() -> &'static RwLock<Names> {
    static NAMES: OnceLock<RwLock<Names>> = OnceLock::new();
    NAMES.get_or_init(RwLock::default)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id such as `srd:fire-bolt`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
                Id::new(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(feature = "authoring")]
impl schemars::JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "The name of a piece of content, as `pack:name`, or of a part inside one, as `name`.",
            "pattern": "^([a-z0-9-]+:)?[a-z0-9-]+$",
            "maxLength": LENGTH_MAX,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_written_and_equals_itself() {
        let id = Id::new("srd:scorching-ray").unwrap();
        assert_eq!(id, "srd:scorching-ray".parse().unwrap());
        assert_eq!((id.as_str(), id.pack(), id.name()), ("srd:scorching-ray", Some("srd"), "scorching-ray"));
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""srd:scorching-ray""#);
    }

    #[test]
    fn what_nobody_named_is_not_known() {
        assert_eq!(Id::known("test:never-seen-before"), None);
        let id = Id::new("test:seen-now").unwrap();
        assert_eq!(Id::known("test:seen-now"), Some(id));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", ":", "srd:", ":ray", "SRD:ray", "a b", "srd:a:b", "é", &"x".repeat(81)] {
            assert!(matches!(Id::new(text), Err(IdError::Malformed(_))), "{text}");
        }
    }
}
