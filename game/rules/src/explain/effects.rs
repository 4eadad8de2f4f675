//! Effects in words: what they change, what they set off, how they end.

use crate::language::{Bond, Cost, Effect, Event, Frequency, Modifier, Op, Path, Trigger};

use super::numbers::{ability, condition, duration, number};
use super::{listed, named, sentences, steps::explain_steps};

/// What an effect does to its bearer.
#[must_use]
pub fn explain_effect(effect: &Effect) -> String {
    let mut parts = Vec::new();
    let conditions: Vec<String> = effect.conditions.iter().map(|id| named(*id)).collect();
    if !conditions.is_empty() {
        parts.push(format!("the bearer is {}", listed(&conditions, "and")));
    }
    parts.extend(effect.modifiers.iter().map(modifier));
    parts.extend(effect.triggers.iter().map(trigger));
    for action in &effect.actions {
        let text = super::explain_action(action);
        parts.push(format!("{} ({}): {text}", action.name, cost(action.cost)));
    }
    for resource in &effect.resources {
        parts.push(format!("{}: {} at most", resource.name, number(&resource.max)));
    }
    if !effect.spells.is_empty() {
        let spells: Vec<String> = effect.spells.iter().map(|id| named(*id)).collect();
        parts.push(format!("the bearer can cast {}", listed(&spells, "and")));
    }
    if let Some(aura) = &effect.aura {
        parts.push(format!("within {} feet: {}", number(&aura.feet), explain_effect(&aura.gives)));
    }
    if let Some(light) = &effect.light {
        parts.push(format!(
            "it sheds bright light for {} feet and dim light for {} more",
            light.bright, light.dim
        ));
    }
    if let Some(save) = &effect.save_ends {
        let when = moment(save.at);
        parts.push(format!("{when}, a {} save ends it", ability(save.ability)));
    }
    if let Some(escape) = &effect.escape {
        let skills: Vec<String> = escape.skills.iter().map(ToString::to_string).collect();
        let with = escape.ability.map_or_else(|| listed(&skills, "or"), |one| ability(one).to_owned());
        parts.push(format!("an action and a check of {with} get free"));
    }
    if let Some(bond) = &effect.breaks {
        parts.push(broken(bond));
    }
    let ends: Vec<String> = effect.ends_on.iter().map(|event| moment(*event)).collect();
    if !ends.is_empty() {
        parts.push(format!("it ends {}", listed(&ends, "or")));
    }
    match effect.held {
        Some(crate::language::Hold::Alive) => {
            parts.push("it ends with the death of whoever laid it".to_owned());
        }
        Some(crate::language::Hold::Able) => {
            parts.push("it ends when whoever laid it can't act any more".to_owned());
        }
        None => {}
    }
    if let Some(when) = &effect.ends_when {
        parts.push(format!("it ends as soon as {}", condition(when)));
    }
    sentences(parts)
}

/// How long an effect lasts, for the end of a sentence.
pub(super) fn lasting(effect: &Effect) -> String {
    effect
        .duration
        .as_ref()
        .map(duration)
        .filter(|text| !text.is_empty())
        .map_or_else(String::new, |text| format!(" {text}"))
}

fn modifier(modifier: &Modifier) -> String {
    let value = modifier.value.as_ref().map(number).unwrap_or_default();
    let kind = modifier.damage.map(|kind| format!(" {kind}")).unwrap_or_default();
    let what = path(modifier.path);
    let text = match modifier.op {
        Op::Add if value.starts_with('-') => format!("{value}{kind} to {what}"),
        Op::Add => format!("+{value}{kind} to {what}"),
        Op::Set => format!("{what} becomes {value}"),
        Op::AtLeast => format!("{what} is {value} at least"),
        Op::AtMost => format!("{what} is {value} at most"),
        Op::Multiply => format!("{what} is multiplied by {value}"),
        Op::Divide if value == "2" => format!("{what} is halved"),
        Op::Divide => format!("{what} is divided by {value}"),
        Op::Advantage => format!("advantage on {what}"),
        Op::Disadvantage => format!("disadvantage on {what}"),
        Op::Reroll => format!("dice of {what} that show {value} or less are thrown again"),
        Op::DieAtLeast => format!("dice of {what} count as {value} at least"),
        Op::Fail => format!("{what} fail"),
        Op::Succeed => format!("{what} succeed"),
        Op::Critical => format!("hits of {what} are critical"),
        Op::Grant => granted(modifier.path),
        Op::Deny => format!("no {what}"),
    };
    match &modifier.when {
        Some(when) => format!("{text}, while {}", condition(when)),
        None => text,
    }
}

fn granted(of: Path) -> String {
    match of {
        Path::State(state) => format!("the bearer is {state}"),
        Path::Resist(kind) => {
            format!("resistance to {} damage", kind.map_or_else(|| "all".to_owned(), |kind| kind.to_string()))
        }
        Path::Immune(kind) => {
            format!("immunity to {} damage", kind.map_or_else(|| "all".to_owned(), |kind| kind.to_string()))
        }
        Path::Vulnerable(kind) => {
            format!(
                "vulnerability to {} damage",
                kind.map_or_else(|| "all".to_owned(), |kind| kind.to_string())
            )
        }
        Path::Absorb(kind) => format!("{kind} damage heals the bearer instead of harming it"),
        Path::ConditionImmune(id) => format!("the bearer can't be {}", named(id)),
        Path::Proficiency(id) => format!("proficiency with {}", named(id)),
        Path::Expertise(skill) => format!("expertise in {skill}"),
        Path::Language(id) => format!("the bearer speaks {}", named(id)),
        other => path(other),
    }
}

fn path(path: Path) -> String {
    match path {
        Path::Ac => "armour class".to_owned(),
        Path::AcBase => "base armour class".to_owned(),
        Path::HpMax => "maximum hit points".to_owned(),
        Path::Attack => "attack rolls".to_owned(),
        Path::Attacked => "attack rolls against the bearer".to_owned(),
        Path::DamageTaken => "damage taken".to_owned(),
        Path::CritFrom => "the least roll of a critical hit".to_owned(),
        Path::CritDice => "dice of critical hits".to_owned(),
        Path::Save(None) => "saves".to_owned(),
        Path::Save(Some(one)) => format!("{} saves", ability(one)),
        Path::DeathSave => "death saves".to_owned(),
        Path::Concentration => "saves to keep concentration".to_owned(),
        Path::Check(None) => "ability checks".to_owned(),
        Path::Check(Some(one)) => format!("{} checks", ability(one)),
        Path::Skill(skill) => format!("checks of {skill}"),
        Path::Passive(skill) => format!("passive {skill}"),
        Path::Score(one) => ability(one).to_owned(),
        Path::Speed(None) => "speed".to_owned(),
        Path::Speed(Some(movement)) => format!("{movement} speed"),
        Path::Dc => "save DC".to_owned(),
        Path::Sense(sense) => format!("range of {sense}"),
        Path::Attacks => "attacks of an action".to_owned(),
        Path::Healing => "healing received".to_owned(),
        Path::HealingDone => "healing done".to_owned(),
        Path::Rerolls => "dice that are thrown again".to_owned(),
        Path::UnarmedDie => "the die of unarmed strikes".to_owned(),
        other => other.to_string().replace(['_', '.'], " "),
    }
}

fn trigger(trigger: &Trigger) -> String {
    let mut text = moment(trigger.on);
    if let Some(when) = &trigger.when {
        text.push_str(&format!(", if {}", condition(when)));
    }
    match trigger.once_per {
        Some(Frequency::Turn) => text.push_str(", once a turn"),
        Some(Frequency::Round) => text.push_str(", once a round"),
        Some(Frequency::ShortRest) => text.push_str(", once between rests"),
        Some(Frequency::LongRest) => text.push_str(", once between long rests"),
        Some(Frequency::Ever) => text.push_str(", once"),
        None => {}
    }
    if let Some(price) = trigger.cost {
        text.push_str(&format!(", for {}", cost(price)));
    }
    format!("{text}: {}", explain_steps(&trigger.then))
}

/// How a bond or a thing can be broken.
pub(super) fn broken(bond: &Bond) -> String {
    format!("attacks can break it (armour class {}, {} hit points)", bond.ac, number(&bond.hp))
}

/// What something costs.
pub(super) fn cost(cost: Cost) -> String {
    match cost {
        Cost::Action => "an action".to_owned(),
        Cost::Attack => "one attack".to_owned(),
        Cost::Bonus => "a bonus action".to_owned(),
        Cost::Reaction => "a reaction".to_owned(),
        Cost::Legendary(1) => "a legendary action".to_owned(),
        Cost::Legendary(count) => format!("{count} legendary actions"),
        Cost::Lair => "the lair's turn".to_owned(),
        Cost::Free => "nothing".to_owned(),
        Cost::Minutes(minutes) => format!("{minutes} minutes"),
    }
}

fn moment(event: Event) -> String {
    match event {
        Event::TurnStart => "when its turn starts".to_owned(),
        Event::TurnEnd => "when its turn ends".to_owned(),
        Event::Hits => "when it hits".to_owned(),
        Event::Misses => "when it misses".to_owned(),
        Event::Crits => "when it hits critically".to_owned(),
        Event::IsHit => "when it is hit".to_owned(),
        Event::IsMissed => "when it is missed".to_owned(),
        Event::Attacked => "when it is attacked".to_owned(),
        Event::Attacks => "when it attacks".to_owned(),
        Event::Damaged => "when it is damaged".to_owned(),
        Event::Struck => "when damage reaches it".to_owned(),
        Event::Targeted => "when something is aimed at it".to_owned(),
        Event::NearTurnStart => "when somebody's turn starts near it".to_owned(),
        Event::DropsTo0 => "when it falls to 0 hit points".to_owned(),
        Event::SeesCast => "when it sees a spell being cast".to_owned(),
        Event::EntersZone => "when it comes into the area".to_owned(),
        Event::LeavesZone => "when it leaves the area".to_owned(),
        Event::ZoneTurnStart => "when its turn starts in the area".to_owned(),
        Event::ZoneTurnEnd => "when its turn ends in the area".to_owned(),
        Event::Affects => "when it does anything to somebody else".to_owned(),
        Event::Applied => "at once".to_owned(),
        Event::Ends => "when it ends".to_owned(),
        other => format!("when it {other}"),
    }
}
