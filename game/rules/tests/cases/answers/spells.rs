//! Spells: areas, dice by slot, cantrips by level, read from what the spell does.

use std::{cell::RefCell, collections::BTreeMap};

use rules::{
    Id, Ruleset,
    content::Spell,
    language::{
        Effect, Node, Shape, Visit,
        expr::{Expr, Facts, Luck, NoFacts, Quantity, Question, Role},
        walk,
    },
};
use serde_json::{Value, json};

use super::Answer;
use crate::{
    arguments::{Arguments, Refused},
    lookup,
};

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    let named = |function: &str| -> Option<&str> {
        Some(match function {
            "scorching_ray_rays" => "scorching-ray",
            "magic_missile_darts" => "magic-missile",
            "sleep_hp_pool" => "sleep",
            _ => return None,
        })
    };
    Ok(Some(match function {
        "cantrip_damage" | "spell_dice" => {
            let spell = lookup::spell(input.text("spell")?)?;
            json!(dice_of(spell, &Casting::of(input, spell)?)?)
        }
        "scorching_ray_rays" | "magic_missile_darts" => {
            let spell = lookup::spell(named(function).unwrap_or_default())?;
            let casting = Casting::of(input, spell)?;
            let times = spell.then.iter().find_map(|node| match node {
                Node::Repeat(repeat) => Some(repeat.times.value(&casting)),
                _ => None,
            });
            json!(times.ok_or(Refused::Malformed("spell"))?)
        }
        "sleep_hp_pool" => {
            let spell = lookup::spell("sleep")?;
            let casting = Casting::of(input, spell)?;
            let pool = spell.then.iter().find_map(|node| match node {
                Node::Select(select) => select.hp_pool.as_ref(),
                _ => None,
            });
            json!(casting.text(pool.ok_or(Refused::Malformed("spell"))?, 1))
        }
        "area" => {
            let spell = lookup::spell(input.text("spell")?)?;
            let casting = Casting::of(input, spell)?;
            area(&spell.then, &casting).ok_or(Refused::NotFound { kind: "area", name: spell.name.clone() })?
        }
        "counts" => counts(),
        _ => return Ok(None),
    }))
}

fn counts() -> Value {
    let spells = lookup::library().spells();
    let of_level = |level| spells.iter().filter(|spell| spell.level == level).count();
    json!({
        "total": spells.len(),
        "by_level": (0..=9).map(of_level).collect::<Vec<_>>(),
        "concentration": spells.iter().filter(|spell| spell.concentration).count(),
        "ritual": spells.iter().filter(|spell| spell.ritual).count(),
    })
}

/// The first volume that a spell fills.
fn area(nodes: &[Node], casting: &Casting) -> Option<Value> {
    let found = |shape: &Shape| {
        let (name, size) = match shape {
            Shape::Sphere(size) => ("sphere", size),
            Shape::Cone(size) => ("cone", size),
            Shape::Cube(size) => ("cube", size),
            Shape::Line { length, .. } => ("line", length),
            Shape::Cylinder { radius, .. } => ("cylinder", radius),
        };
        json!({ "shape": name, "size_ft": size.value(casting) })
    };
    nodes.iter().find_map(|node| match node {
        Node::Area(area) => Some(found(&area.shape)),
        Node::Zone(zone) => Some(found(&zone.shape)),
        Node::Select(select) => Some(json!({ "shape": "sphere", "size_ft": select.within.value(casting) })),
        Node::Wall(wall) => Some(json!({ "shape": "line", "size_ft": wall.length.value(casting) })),
        Node::Save(save) => area(&save.half, casting).or_else(|| area(&save.fail, casting)),
        Node::Choose(choose) => choose.options.iter().find_map(|option| area(&option.then, casting)),
        Node::Apply(apply) => apply.effect.triggers.iter().find_map(|trigger| area(&trigger.then, casting)),
        Node::Reveal(reveal) => {
            let within = reveal.within.as_ref()?;
            Some(json!({ "shape": "sphere", "size_ft": within.value(casting) }))
        }
        _ => None,
    })
}

/// The facts of a casting: slot and level. It notes when the caster's modifier is asked for.
struct Casting {
    slot: i32,
    spell_level: i32,
    level: i32,
    /// Stores that the spell brings, and what they hold.
    stores: BTreeMap<Id, i32>,
    asked_modifier: RefCell<bool>,
}

impl Casting {
    fn of(input: Arguments<'_>, spell: &Spell) -> Result<Self, Refused> {
        let own = i64::from(spell.level);
        Ok(Self {
            slot: input.small_or("slot", own)? as i32,
            spell_level: own as i32,
            level: if input.optional("character_level").is_some() || input.optional("level").is_some() {
                i32::from(input.level()?)
            } else {
                1
            },
            stores: stores_of(spell),
            asked_modifier: RefCell::new(false),
        })
    }

    /// An expression with its dice counted together: `8d6`, `1d8+MOD`, `70`.
    fn text(&self, expr: &Expr, times: i32) -> String {
        let mut counted = Counted::default();
        *self.asked_modifier.borrow_mut() = false;
        let constant = expr.roll(self, &mut counted);
        let mut parts: Vec<String> = counted
            .0
            .iter()
            .rev()
            .map(|(sides, count)| format!("{}d{sides}", count * times as u32))
            .collect();
        if *self.asked_modifier.borrow() {
            parts.push("MOD".to_owned());
        }
        if constant != 0 || parts.is_empty() {
            parts.push((constant * times).to_string());
        }
        parts.join("+")
    }
}

impl Facts for Casting {
    fn quantity(&self, _: Role, quantity: Quantity) -> i32 {
        match quantity {
            Quantity::Slot => self.slot,
            Quantity::SpellLevel => self.spell_level,
            Quantity::Level => self.level,
            // What the casting fills is full, and whoever is healed can take all of it.
            Quantity::Resource(id) => self.stores.get(&id).copied().unwrap_or(0),
            Quantity::HpMax => i32::from(i16::MAX),
            Quantity::CastingModifier => {
                *self.asked_modifier.borrow_mut() = true;
                0
            }
            _ => 0,
        }
    }

    fn holds(&self, _: Question) -> bool {
        false
    }
}

/// Stores of the effects that a spell lays.
fn stores_of(spell: &Spell) -> BTreeMap<Id, i32> {
    struct Stores(BTreeMap<Id, i32>);
    impl Visit<'_> for Stores {
        fn effect(&mut self, _: &str, effect: &Effect) {
            self.0.extend(effect.resources.iter().map(|store| (store.id, store.max.value(&NoFacts))));
        }
    }
    let mut stores = Stores(BTreeMap::new());
    walk(&mut stores, "do", &spell.then);
    stores.0
}

/// Counts dice by their sides instead of throwing them.
#[derive(Default)]
struct Counted(BTreeMap<u32, u32>);

impl Luck for Counted {
    fn die(&mut self, sides: u32) -> u32 {
        *self.0.entry(sides).or_default() += 1;
        0
    }
}

fn dice_of(spell: &Spell, casting: &Casting) -> Result<String, Refused> {
    let mut found = Vec::new();
    harm(&spell.then, casting, 1, &mut found);
    if found.is_empty() {
        return Err(Refused::NotFound { kind: "dice", name: spell.name.clone() });
    }
    Ok(found.join("+"))
}

/// The first blow or healing of a list of steps: damage in a row, all darts of a spell that never rolls to hit, one ray of one that does.
fn harm(nodes: &[Node], casting: &Casting, times: i32, found: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Damage(damage) if damage.when.is_none() => found.push(casting.text(&damage.amount, times)),
            // What is healed by the harm that was done tells no dice of its own.
            Node::Heal(heal) if heal.amount.quantities().any(|(_, asked)| asked == Quantity::Amount) => {}
            Node::Heal(heal) => found.push(casting.text(&heal.amount, times)),
            Node::TempHp(temporary) => found.push(casting.text(&temporary.amount, times)),
            _ if !found.is_empty() => return,
            Node::Attack(attack) => harm(&attack.hit, casting, 1, found),
            Node::Save(save) => {
                harm(&save.half, casting, times, found);
                if found.is_empty() {
                    harm(&save.fail, casting, times, found);
                }
            }
            Node::Area(area) => match &area.hp_pool {
                Some(pool) => found.push(casting.text(pool, 1)),
                None => harm(&area.then, casting, times, found),
            },
            Node::Select(select) => match &select.hp_pool {
                Some(pool) => found.push(casting.text(pool, 1)),
                None => harm(&select.then, casting, times, found),
            },
            Node::Repeat(repeat) => harm(&repeat.then, casting, repeat.times.value(casting), found),
            Node::If(either) => harm(&either.then, casting, times, found),
            Node::Choose(choose) => {
                for option in &choose.options {
                    if found.is_empty() {
                        harm(&option.then, casting, times, found);
                    }
                }
            }
            Node::Zone(zone) => {
                harm(&zone.at_once, casting, times, found);
                lasting(&zone.gives, casting, found);
                for action in zone.actions.iter().take(usize::from(found.is_empty())) {
                    harm(&action.then, casting, 1, found);
                }
            }
            Node::Wall(wall) => {
                harm(&wall.at_once, casting, times, found);
                lasting(&wall.gives, casting, found);
            }
            Node::Apply(apply) => lasting(&apply.effect, casting, found),
            _ => {}
        }
    }
}

/// What an effect does later counts only where nothing happens at once.
fn lasting(effect: &Effect, casting: &Casting, found: &mut Vec<String>) {
    let steps = effect.triggers.iter().map(|trigger| &trigger.then);
    for steps in steps.chain(effect.actions.iter().map(|action| &action.then)) {
        if found.is_empty() {
            harm(steps, casting, 1, found);
        }
    }
}
