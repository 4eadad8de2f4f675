//! All modifiers that bear on a character at rest, and how they change a number.

use std::collections::HashMap;

use crate::Id;
use crate::content::Library;
use crate::language::{Modifier, Op, Path, Resource};

use super::{Character, Value};
use crate::character::{HeldFeature, facts::Known};

/// A modifier, the class whose level it counts by, and its name for people.
struct Bearing<'a> {
    source: &'a str,
    class: Option<Id>,
    modifier: &'a Modifier,
}

/// Modifiers and resources of features and of items in use.
pub(super) struct Modifiers<'a> {
    bearing: Vec<Bearing<'a>>,
    resources: Vec<(Option<Id>, &'a Resource)>,
}

/// The order in which kinds of changes are made: what is set first, then sums, products, bounds.
const ORDER: [&[Op]; 4] = [&[Op::Set], &[Op::Add], &[Op::Multiply, Op::Divide], &[Op::AtLeast, Op::AtMost]];

impl<'a> Modifiers<'a> {
    pub(super) fn of(character: &Character, library: &'a Library, held: &[HeldFeature<'a>]) -> Self {
        let mut all = Self { bearing: Vec::new(), resources: Vec::new() };
        for HeldFeature { feature, class } in held {
            all.bearing.extend(feature.gives.modifiers.iter().map(|modifier| Bearing {
                source: &feature.name,
                class: *class,
                modifier,
            }));
            // The bearer of an aura for allies stands in it.
            if let Some(aura) = &feature.gives.aura
                && !matches!(aura.who, crate::language::Side::Enemies | crate::language::Side::Others)
            {
                let modifiers = aura.gives.modifiers.iter();
                all.bearing.extend(modifiers.map(|modifier| Bearing {
                    source: &feature.name,
                    class: *class,
                    modifier,
                }));
            }
            all.resources.extend(feature.gives.resources.iter().map(|resource| (*class, resource)));
        }
        for item in character.items_in_use(library) {
            all.bearing.extend(item.gives.modifiers.iter().map(|modifier| Bearing {
                source: &item.name,
                class: None,
                modifier,
            }));
            all.resources.extend(item.gives.resources.iter().map(|resource| (None, resource)));
        }
        all
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = (Option<Id>, &'a Resource)> {
        self.resources.iter().copied()
    }

    /// Paths of all modifiers that grant something, while they hold.
    pub(super) fn grants(&self, known: &Known) -> impl Iterator<Item = Path> {
        self.bearing
            .iter()
            .filter(|bearing| bearing.modifier.op == Op::Grant && bearing.holds(known))
            .map(|bearing| bearing.modifier.path)
    }

    /// Whether there is any modifier of this path.
    pub(super) fn has(&self, path: Path) -> bool {
        self.bearing.iter().any(|bearing| bearing.modifier.path == path)
    }

    /// Every way of one path with a value of its own, such as each way to work out armour class.
    pub(super) fn values(&self, path: Path, known: &Known) -> impl Iterator<Item = (&'a str, i32)> {
        self.bearing
            .iter()
            .filter(move |bearing| bearing.modifier.path == path && bearing.holds(known))
            .map(|bearing| (bearing.source, bearing.value(known)))
    }

    /// A number with all that changes it. Of modifiers with one stacking key, the best counts.
    pub(super) fn apply(&self, path: Path, mut value: Value, known: &Known) -> Value {
        for ops in ORDER {
            let mut keyed: HashMap<Id, (&str, Op, i32)> = HashMap::new();
            let fits = |bearing: &&Bearing<'_>| {
                bearing.modifier.path == path && ops.contains(&bearing.modifier.op) && bearing.holds(known)
            };
            for bearing in self.bearing.iter().filter(fits) {
                let (op, amount) = (bearing.modifier.op, bearing.value(known));
                if let Some(key) = bearing.modifier.stack {
                    let best = keyed.entry(key).or_insert((bearing.source, op, amount));
                    if amount > best.2 {
                        *best = (bearing.source, op, amount);
                    }
                    continue;
                }
                value = change(value, bearing.source, op, amount);
            }
            let mut keyed: Vec<_> = keyed.into_values().collect();
            keyed.sort_unstable_by_key(|(source, _, amount)| (*source, *amount));
            for (source, op, amount) in keyed {
                value = change(value, source, op, amount);
            }
        }
        value
    }
}

impl Bearing<'_> {
    fn holds(&self, known: &Known) -> bool {
        self.modifier.when.as_ref().is_none_or(|when| when.holds(&known.of_class(self.class)))
    }

    fn value(&self, known: &Known) -> i32 {
        self.modifier.value.as_ref().map_or(0, |value| value.value(&known.of_class(self.class)))
    }
}

fn change(value: Value, source: &str, op: Op, amount: i32) -> Value {
    match op {
        Op::Add => value.plus(source, amount),
        Op::Set => value.becoming(source, amount),
        Op::Multiply => {
            let total = value.total.saturating_mul(amount);
            value.becoming(source, total)
        }
        Op::Divide if amount != 0 => {
            let total = value.total.div_euclid(amount);
            value.becoming(source, total)
        }
        Op::AtLeast if value.total < amount => value.becoming(source, amount),
        Op::AtMost if value.total > amount => value.becoming(source, amount),
        _ => value,
    }
}
