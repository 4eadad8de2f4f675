//! How those parts of commands and checkpoints are written that belong to other crates.

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

/// The same, where there may be none.
pub(crate) mod chunk_bytes_if_any {
    use std::sync::Arc;

    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};

    use crate::Chunk;

    pub(crate) fn serialize<S: Serializer>(
        chunk: &Option<Arc<Chunk>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        chunk.as_ref().map(|chunk| serde_bytes::ByteBuf::from(chunk.encode())).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Arc<Chunk>>, D::Error> {
        let payload = Option::<serde_bytes::ByteBuf>::deserialize(deserializer)?;
        payload.map(|payload| Chunk::decode(&payload).map(Arc::new).map_err(D::Error::custom)).transpose()
    }
}

/// The number of a body in the world that it was taken from.
pub(crate) mod body {
    use flecs_ecs::prelude::Entity;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(crate) fn serialize<S: Serializer>(body: &Entity, serializer: S) -> Result<S::Ok, S::Error> {
        body.0.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Entity, D::Error> {
        u64::deserialize(deserializer).map(Entity)
    }
}

/// The same, where there may be none.
pub(crate) mod body_if_any {
    use flecs_ecs::prelude::Entity;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(crate) fn serialize<S: Serializer>(body: &Option<Entity>, serializer: S) -> Result<S::Ok, S::Error> {
        body.map(|body| body.0).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Entity>, D::Error> {
        Ok(Option::<u64>::deserialize(deserializer)?.map(Entity))
    }
}

/// Bodies, and whose they were.
pub(crate) mod bodies_of {
    use flecs_ecs::prelude::Entity;
    use grid::EntityId;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        bodies: &[(Entity, EntityId)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(bodies.iter().map(|(body, of)| (body.0, *of)))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(Entity, EntityId)>, D::Error> {
        let bodies = Vec::<(u64, EntityId)>::deserialize(deserializer)?;
        Ok(bodies.into_iter().map(|(body, of)| (Entity(body), of)).collect())
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
