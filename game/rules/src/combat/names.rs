//! Names for the pieces of content that lie on creatures, so that an arena can be written down and read again.
//!
//! A creature in play points into the library: at its actions, at the effects on it, at the zones that it made, and the rules ask
//! whether two such pointers are the same. So what is written is where in the library a piece stands, and what is read is that
//! piece itself. A name that the library doesn't have is an error, which bounds what foreign bytes can bring in.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::OnceLock,
};

use crate::content::{all_parts, srd};
use crate::language::expr::Expr;
use crate::language::{Action, Aura, Duration, Effect, Node, Trigger, Visit, Wall, Zone};

use super::play::own_effects;

/// All pieces of one type.
#[derive(Debug)]
pub(super) struct Names<T: 'static> {
    by_name: HashMap<Box<str>, &'static T>,
    by_address: HashMap<usize, Box<str>>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { by_name: HashMap::new(), by_address: HashMap::new() }
    }
}

impl<T> Names<T> {
    fn add(&mut self, name: &str, piece: &'static T) {
        // Some pieces of a record stand at paths that read alike; they are told apart by their order.
        let mut name = name.to_owned();
        while let Entry::Occupied(_) = self.by_name.entry(name.as_str().into()) {
            name.push('+');
        }
        self.by_address.insert(address_of(piece), name.as_str().into());
        self.by_name.insert(name.into(), piece);
    }

    fn name_of(&self, piece: &T) -> Option<&str> {
        self.by_address.get(&address_of(piece)).map(AsRef::as_ref)
    }

    fn find(&self, name: &str) -> Option<&'static T> {
        self.by_name.get(name).copied()
    }
}

fn address_of<T>(piece: &T) -> usize {
    std::ptr::from_ref(piece).addr()
}

/// Everything that has a name.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    record: String,
    effects: Names<Effect>,
    actions: Names<Action>,
    triggers: Names<Trigger>,
    auras: Names<Aura>,
    zones: Names<Zone>,
    walls: Names<Wall>,
    exprs: Names<Expr>,
    durations: Names<Duration>,
}

impl Catalogue {
    fn path(&self, path: &str) -> String {
        format!("{}.{path}", self.record)
    }

    /// What the embedded library and the rules themselves lay on creatures.
    fn of_the_rules() -> Self {
        let (library, mut all) = (srd(), Self::default());
        for parts in all_parts(library) {
            all.record = format!("{}/{}", parts.kind.word(), parts.id);
            parts.walk(&mut all);
        }
        for spell in library.spells() {
            all.durations.add(&format!("spells/{}.duration", spell.id), &spell.duration);
        }
        for item in library.items() {
            let weapon = item.weapon.as_ref();
            let dice = [
                ("damage", weapon.and_then(|weapon| weapon.damage.as_ref())),
                ("two_handed", weapon.and_then(|weapon| weapon.two_handed.as_ref())),
                ("regain", item.charges.as_ref().and_then(|charges| charges.regain.as_ref())),
            ];
            for (part, expr) in dice {
                if let Some(expr) = expr {
                    all.exprs.add(&format!("items/{}.{part}", item.id), expr);
                }
            }
        }
        for (name, effect) in own_effects() {
            all.effects.add(name, effect);
        }
        all
    }
}

impl Visit<'static> for Catalogue {
    fn node(&mut self, path: &str, node: &'static Node) {
        match node {
            Node::Zone(zone) => self.zones.add(&self.path(path), zone),
            Node::Wall(wall) => self.walls.add(&self.path(path), wall),
            _ => {}
        }
    }

    fn effect(&mut self, path: &str, effect: &'static Effect) {
        self.effects.add(&self.path(path), effect);
    }

    fn trigger(&mut self, path: &str, trigger: &'static Trigger) {
        self.triggers.add(&self.path(path), trigger);
    }

    fn action(&mut self, path: &str, action: &'static Action) {
        self.actions.add(&self.path(path), action);
    }

    fn aura(&mut self, path: &str, aura: &'static Aura) {
        self.auras.add(&self.path(path), aura);
    }

    fn expr(&mut self, path: &str, expr: &'static Expr, _: bool) {
        self.exprs.add(&self.path(path), expr);
    }
}

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(Catalogue::of_the_rules)
}

/// A type of which pieces have names.
pub(super) trait Named: 'static + Sized {
    fn names(all: &Catalogue) -> &Names<Self>;
}

macro_rules! named {
    ($($piece:ident $names:ident),+) => {
        $(impl Named for $piece {
            fn names(all: &Catalogue) -> &Names<Self> {
                &all.$names
            }
        })+
    };
}

named!(
    Effect effects, Action actions, Trigger triggers, Aura auras, Zone zones, Wall walls, Expr exprs,
    Duration durations
);

/// The name of a piece, if it is the library's.
fn name_of<T: Named>(piece: &T) -> Option<&'static str> {
    T::names(catalogue()).name_of(piece)
}

/// The piece of a name.
fn find<T: Named>(name: &str) -> Option<&'static T> {
    T::names(catalogue()).find(name)
}

/// A piece, written by its name.
pub(super) mod one {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de, ser};

    use super::{Named, find, name_of};

    pub(in crate::combat) fn serialize<T: Named, S: Serializer>(
        piece: &&T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let name = name_of(*piece).ok_or_else(|| ser::Error::custom("content that has no name"))?;
        name.serialize(serializer)
    }

    pub(in crate::combat) fn deserialize<'de, T: Named, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static T, D::Error> {
        let name = String::deserialize(deserializer)?;
        find(&name).ok_or_else(|| de::Error::custom(format!("no content is called `{name}`")))
    }
}

/// Pieces in a row.
pub(super) mod many {
    use serde::{Deserialize as _, Deserializer, Serializer, de, ser};

    use super::{Named, find, name_of};

    pub(in crate::combat) fn serialize<T: Named, S: Serializer>(
        pieces: &[&T],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let names: Option<Vec<&str>> = pieces.iter().map(|piece| name_of(*piece)).collect();
        serializer.collect_seq(names.ok_or_else(|| ser::Error::custom("content that has no name"))?)
    }

    pub(in crate::combat) fn deserialize<'de, T: Named, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<&'static T>, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        let found = |name: &String| {
            find(name).ok_or_else(|| de::Error::custom(format!("no content is called `{name}`")))
        };
        names.iter().map(found).collect()
    }
}

/// A piece, or none.
pub(super) mod maybe {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de, ser};

    use super::{Named, find, name_of};

    pub(in crate::combat) fn serialize<T: Named, S: Serializer>(
        piece: &Option<&T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let name = match piece {
            Some(piece) => {
                Some(name_of(*piece).ok_or_else(|| ser::Error::custom("content that has no name"))?)
            }
            None => None,
        };
        name.serialize(serializer)
    }

    pub(in crate::combat) fn deserialize<'de, T: Named, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<&'static T>, D::Error> {
        let name = Option::<String>::deserialize(deserializer)?;
        let found = |name: String| {
            find(&name).ok_or_else(|| de::Error::custom(format!("no content is called `{name}`")))
        };
        name.map(found).transpose()
    }
}
