//! Items that follow from others: a magic weapon of each kind that it may be made of, a scroll of each spell.
//!
//! Nobody writes five hundred records that differ in one word. A record with several `base`s stands for all of them, and
//! the scroll of a level for those of all its spells; what a character owns is always one of what is made here.

use std::sync::OnceLock;

use crate::Id;
use crate::language::expr::Expr;
use crate::language::{Action, Cast, Check, Cost, If, Limit, Node, Recharge, Uses, Who};

use super::{CastingTime, Item, Library, Range, Spell, library::Table};

/// Adds what follows from the records that were read.
pub(super) fn add(library: &mut Library) {
    let mut made: Vec<Item> = Vec::new();
    for item in library.items() {
        if item.base.len() > 1 {
            made.extend(item.base.iter().filter_map(|base| of_base(item, library.item(*base)?)));
        }
    }
    for spell in library.spells() {
        let scroll = scroll_of(spell.level).and_then(|id| library.item(id));
        made.extend(scroll.and_then(|scroll| holding(scroll, spell)));
    }
    let mut items = library.items().to_vec();
    items.extend(made.into_iter().filter(|item| library.item(item.id).is_none()));
    library.items = Table::of(items);
}

/// A magic item that is made of this ordinary one.
fn of_base(item: &Item, base: &Item) -> Option<Item> {
    let id = Id::new(&format!("{}-{}", item.id, base.id.name())).ok()?;
    let mut made = item.clone();
    made.tags.extend(base.tags.iter().copied().filter(|tag| !item.tags.contains(tag)));
    Some(Item {
        id,
        name: format!("{} ({})", item.name, base.name),
        base: vec![base.id],
        weapon: item.weapon.clone().or_else(|| base.weapon.clone()),
        armor: item.armor.clone().or_else(|| base.armor.clone()),
        weight_centipounds: item.weight_centipounds.or(base.weight_centipounds),
        variant_of: Some(item.id),
        ..made
    })
}

/// The record that stands for the scrolls of a level.
fn scroll_of(level: u8) -> Option<Id> {
    const ENDINGS: [&str; 10] = ["cantrip", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"];
    Id::new(&format!("srd:spell-scroll-{}", ENDINGS.get(usize::from(level))?)).ok()
}

/// Difficulty of saves against what a scroll of this level casts, and its bonus of attacks. Source: SRD 5.1, "Spell Scroll".
const fn strength_of(level: u8) -> (u8, u8) {
    match level {
        0..=2 => (13, 5),
        3 | 4 => (15, 7),
        5 | 6 => (17, 9),
        7 | 8 => (18, 10),
        _ => (19, 11),
    }
}

/// A scroll with a spell on it.
fn holding(scroll: &Item, spell: &Spell) -> Option<Item> {
    let id = Id::new(&format!("srd:spell-scroll-{}", spell.id.name())).ok()?;
    let action = Id::new(&format!("read-scroll-{}", spell.id.name())).ok()?;
    let mut made = scroll.clone();
    made.gives.actions.push(Action {
        id: action,
        name: format!("Read {}", spell.name),
        cost: match spell.casting {
            CastingTime::Action | CastingTime::Reaction(_) => Cost::Action,
            CastingTime::Bonus => Cost::Bonus,
            CastingTime::Minutes(minutes) => Cost::Minutes(minutes.min(u32::from(u16::MAX)) as u16),
        },
        uses: Some(Uses::Times(Limit { max: one().clone(), per: Recharge::Never, days: None })),
        when: Some(parsed(&readers(spell))?),
        target: spell.target.clone(),
        range: match spell.range {
            Range::Touch => Some(5),
            Range::Feet(feet) => Some(feet.min(u32::from(u16::MAX)) as u16),
            Range::Own | Range::Sight | Range::Unlimited => None,
        },
        concentration: false,
        hidden: false,
        then: vec![reading(spell)?],
    });
    Some(Item {
        id,
        name: format!("Scroll of {}", spell.name),
        narrative: String::new(),
        coverage: spell.coverage.clone(),
        variant_of: Some(scroll.id),
        ..made
    })
}

fn parsed(text: &str) -> Option<Expr> {
    text.parse().ok()
}

fn one() -> &'static Expr {
    static ONE: OnceLock<Expr> = OnceLock::new();
    ONE.get_or_init(|| "1".parse().expect("a number is an expression"))
}

/// Who understands a scroll: whoever has the spell on the list of a class.
fn readers(spell: &Spell) -> String {
    let classes = spell.classes.iter().map(|class| format!("@level.{class} >= 1"));
    classes.chain(["is(self, uses_any_magic)".to_owned()]).collect::<Vec<_>>().join(" or ")
}

/// Whoever can cast spells of the level casts it; others must pass a check, or the scroll is spent for nothing.
fn reading(spell: &Spell) -> Option<Node> {
    let (dc, attack) = strength_of(spell.level);
    let cast = Node::Cast(Box::new(Cast {
        spell: Some(spell.id),
        one_of: Vec::new(),
        own: None,
        level: Some(parsed(&spell.level.to_string())?),
        dc: Some(parsed(&dc.to_string())?),
        attack: Some(parsed(&attack.to_string())?),
        no_concentration: false,
        on_self: false,
        by: Who::Own,
    }));
    if spell.level == 0 {
        return Some(cast);
    }
    let check = Node::Check(Box::new(Check {
        skills: Vec::new(),
        ability: None,
        casting: true,
        by: Who::Own,
        dc: parsed(&(10 + spell.level).to_string())?,
        success: vec![cast.clone()],
        fail: Vec::new(),
    }));
    let able: Vec<String> = spell
        .classes
        .iter()
        .map(|class| format!("@level.{class} >= {}", level_needed(class.name(), spell.level)))
        .collect();
    if able.is_empty() {
        return Some(check);
    }
    let when = parsed(&able.join(" or "))?;
    Some(Node::If(Box::new(If { when, then: vec![cast], otherwise: vec![check] })))
}

/// The level in a class from which it casts spells of a level.
fn level_needed(class: &str, spell_level: u8) -> u8 {
    match (class, spell_level) {
        ("paladin" | "ranger", 1) => 2,
        ("paladin" | "ranger", level) => 4 * level - 3,
        (_, level) => 2 * level - 1,
    }
}
