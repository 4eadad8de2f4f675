//! Records in words: a line of facts, then what it does.

use crate::content::{
    CastingTime, Condition, Defenses, Feature, Item, Library, Monster, Range, Spell, TraitUse,
};
use crate::language::{Action, Uses};
use crate::vocabulary::{Movement, Sense};

use super::effects::cost;
use super::numbers::{duration, number};
use super::{capitalised, explain_effect, explain_steps, listed, named};

/// A record for people: its facts, and paragraphs of what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// Short facts with their names, such as `Range`, `60 feet`.
    pub facts: Vec<(&'static str, String)>,
    /// What it does. The first part of each is a heading, where there is one.
    pub text: Vec<(String, String)>,
}

/// A spell for people.
#[must_use]
pub fn explain_spell(spell: &Spell) -> Explained {
    let level = match spell.level {
        0 => format!("{} cantrip", capitalised(spell.school.word())),
        level => format!("level {level}, {}", spell.school),
    };
    let casting = match &spell.casting {
        CastingTime::Action => "an action".to_owned(),
        CastingTime::Bonus => "a bonus action".to_owned(),
        CastingTime::Reaction(trigger) => format!("a reaction ({})", trigger.on),
        CastingTime::Minutes(minutes) if minutes % 60 == 0 => format!("{} hours", minutes / 60),
        CastingTime::Minutes(minutes) => format!("{minutes} minutes"),
    };
    let range = match spell.range {
        Range::Own => "self".to_owned(),
        Range::Touch => "touch".to_owned(),
        Range::Feet(feet) if feet % 5280 == 0 => format!("{} miles", feet / 5280),
        Range::Feet(feet) => format!("{feet} feet"),
        Range::Sight => "sight".to_owned(),
        Range::Unlimited => "unlimited".to_owned(),
    };
    let mut needs = Vec::new();
    if spell.components.verbal {
        needs.push("voice".to_owned());
    }
    if spell.components.somatic {
        needs.push("gesture".to_owned());
    }
    if let Some(material) = &spell.components.material {
        let price =
            material.cost_gp.as_ref().map(|gold| format!(", {} gp", number(gold))).unwrap_or_default();
        let used = if material.consumed { ", used up" } else { "" };
        needs.push(format!(
            "{}{price}{used}",
            if material.what.is_empty() { "material" } else { &material.what }
        ));
    }
    let hold = if spell.concentration { "concentration, " } else { "" };
    let mut facts = vec![
        ("Spell", level),
        ("Casting", casting),
        ("Range", range),
        ("Needs", listed(&needs, "and")),
        ("Lasts", format!("{hold}{}", duration(&spell.duration))),
    ];
    if spell.ritual {
        facts.push(("Ritual", "yes".to_owned()));
    }
    Explained { facts, text: vec![(String::new(), explain_steps(&spell.then))] }
}

/// What an action does.
#[must_use]
pub fn explain_action(action: &Action) -> String {
    let limit = match &action.uses {
        Some(Uses::Recharge(least)) => format!("Recharges on {least} to 6. "),
        Some(Uses::Times(limit)) => format!("{} uses. ", number(&limit.max)),
        Some(Uses::Resource { id, .. }) => format!("Costs {}. ", named(*id)),
        Some(Uses::Charges(amount)) => format!("{} charges. ", number(amount)),
        None => String::new(),
    };
    format!("{limit}{}", explain_steps(&action.then))
}

/// A feature for people.
#[must_use]
pub fn explain_feature(feature: &Feature) -> Explained {
    let mut text = vec![(String::new(), explain_effect(&feature.gives))];
    if !feature.narrative.is_empty() {
        text.push((String::new(), feature.narrative.clone()));
    }
    text.retain(|(_, text)| !text.is_empty());
    let owners: Vec<String> = feature.of.iter().map(|id| named(*id)).collect();
    let mut facts = Vec::new();
    if !owners.is_empty() {
        facts.push(("Of", format!("{}, level {}", listed(&owners, "and"), feature.level)));
    }
    Explained { facts, text }
}

/// A condition for people.
#[must_use]
pub fn explain_condition(condition: &Condition) -> Explained {
    Explained { facts: Vec::new(), text: vec![(String::new(), explain_effect(&condition.gives))] }
}

/// An item for people.
#[must_use]
pub fn explain_item(item: &Item) -> Explained {
    let mut facts = Vec::new();
    if let Some(rarity) = item.rarity {
        facts.push(("Rarity", rarity.to_string()));
    }
    if item.attunement.is_some() {
        facts.push(("Attunement", "needed".to_owned()));
    }
    if let Some(weapon) = &item.weapon {
        let damage = weapon.damage.as_ref().map(number).unwrap_or_default();
        facts.push(("Damage", format!("{damage} {}", weapon.kind)));
        let with: Vec<String> = weapon.with.iter().map(ToString::to_string).collect();
        facts.push(("Properties", listed(&with, "and")));
    }
    if let Some(armor) = &item.armor {
        facts.push(("Armour class", armor.ac.to_string()));
    }
    if let Some(charges) = &item.charges {
        facts.push(("Charges", number(&charges.max)));
    }
    let mut text = vec![(String::new(), explain_effect(&item.gives))];
    if item.bonus > 0 {
        text.insert(0, (String::new(), format!("+{} to what it does.", item.bonus)));
    }
    if !item.narrative.is_empty() {
        text.push((String::new(), item.narrative.clone()));
    }
    text.retain(|(_, text)| !text.is_empty());
    Explained { facts, text }
}

/// A monster for people.
#[must_use]
pub fn explain_monster(monster: &Monster, library: &Library) -> Explained {
    let speeds: Vec<String> = Movement::ALL
        .iter()
        .filter(|movement| monster.speed.of(**movement) > 0)
        .map(|movement| format!("{movement} {} feet", monster.speed.of(*movement)))
        .collect();
    let senses: Vec<String> = Sense::ALL
        .iter()
        .filter_map(|sense| Some(format!("{sense} {} feet", monster.senses.get(sense)?)))
        .collect();
    let mut facts = vec![
        (
            "Creature",
            format!("{} {}, {}", monster.size.name().to_lowercase(), monster.kind, monster.alignment),
        ),
        ("Armour class", monster.ac.to_string()),
        ("Hit points", number(&monster.hp)),
        ("Speed", listed(&speeds, "and")),
        ("Challenge", monster.cr.clone()),
    ];
    let defenses = [
        ("Resists", &monster.resist),
        ("Immune to", &monster.immune),
        ("Vulnerable to", &monster.vulnerable),
    ];
    facts.extend(
        defenses.into_iter().filter(|(_, list)| !list.is_empty()).map(|(name, list)| (name, wards(list))),
    );
    if !senses.is_empty() {
        facts.push(("Senses", listed(&senses, "and")));
    }
    let mut text = Vec::new();
    for one in &monster.traits {
        let feature = match one {
            TraitUse::Shared(id) => library.feature(*id),
            TraitUse::Own(feature) => Some(&**feature),
        };
        if let Some(feature) = feature {
            let told: Vec<String> = explain_feature(feature).text.into_iter().map(|(_, text)| text).collect();
            text.push((feature.name.clone(), told.join(" ")));
        }
    }
    let all = monster.actions.iter();
    let all = all.chain(monster.legendary.iter().flat_map(|legendary| &legendary.actions));
    for action in all.chain(monster.lair.iter().flat_map(|lair| &lair.actions)) {
        text.push((format!("{} ({})", action.name, cost(action.cost)), explain_action(action)));
    }
    for reaction in &monster.reactions {
        text.push((reaction.name.clone(), explain_steps(&reaction.trigger.then)));
    }
    Explained { facts, text }
}

fn wards(list: &[Defenses]) -> String {
    let items: Vec<String> = list
        .iter()
        .map(|defense| match defense {
            Defenses::Type(kind) => kind.to_string(),
            Defenses::Of(of) => {
                let types: Vec<String> = of.types.iter().map(ToString::to_string).collect();
                let unless: Vec<String> = of.unless.iter().map(ToString::to_string).collect();
                let but = if unless.is_empty() {
                    String::new()
                } else {
                    format!(" unless {}", listed(&unless, "or"))
                };
                format!("{}{but}", listed(&types, "and"))
            }
        })
        .collect();
    items.join("; ")
}
