//! How those parts of commands are written that belong to other crates.

/// A chunk as its own payload, which has a version of its own.
pub(crate) mod chunk_bytes {
    use std::sync::Arc;

    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::Chunk;

    pub(crate) fn serialize<S: Serializer>(chunk: &Arc<Chunk>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&chunk.encode())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Chunk>, D::Error> {
        let payload = serde_bytes::ByteBuf::deserialize(deserializer)?;
        Chunk::decode(&payload).map(Arc::new).map_err(D::Error::custom)
    }
}

/// What is shared in memory and written for each.
pub(crate) mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Serialize + ?Sized, S: Serializer>(
        value: &Arc<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        (**value).serialize(serializer)
    }

    /// The box is what both a text and a record are made from.
    pub(crate) fn deserialize<'de, T: ?Sized, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<T>, D::Error>
    where
        Box<T>: Deserialize<'de>,
    {
        Box::<T>::deserialize(deserializer).map(Arc::from)
    }
}

/// The same, where there may be none.
pub(crate) mod shared_if_any {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Serialize + ?Sized, S: Serializer>(
        value: &Option<Arc<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_deref().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, T: ?Sized, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Arc<T>>, D::Error>
    where
        Box<T>: Deserialize<'de>,
    {
        Ok(Option::<Box<T>>::deserialize(deserializer)?.map(Arc::from))
    }
}

/// When somebody reacts.
pub(crate) mod policy {
    use rules::combat::Policy;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(remote = "Policy")]
    enum Form {
        Always,
        SlotsBelow(u8),
        Never,
    }

    pub(crate) fn serialize<S: Serializer>(policy: &Policy, serializer: S) -> Result<S::Ok, S::Error> {
        Form::serialize(policy, serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Policy, D::Error> {
        Form::deserialize(deserializer)
    }
}

/// Where a shove leads.
pub(crate) mod shove {
    use rules::combat::ShoveTo;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(remote = "ShoveTo")]
    enum Form {
        Prone,
        Away,
    }

    pub(crate) fn serialize<S: Serializer>(to: &ShoveTo, serializer: S) -> Result<S::Ok, S::Error> {
        Form::serialize(to, serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ShoveTo, D::Error> {
        Form::deserialize(deserializer)
    }
}
