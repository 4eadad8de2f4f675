//! Numbers, dice and questions in words.

use crate::Ability;
use crate::language::expr::{AttackTrait, Expr, Quantity, Question, Role};
use crate::language::{Duration, Edge};

use super::named;

/// An expression in words: `8d6 + (slot level - 3)d6`.
pub(super) fn number(expr: &Expr) -> String {
    expr.render(&quantity, &question)
}

/// A condition in words: `the target is prone`.
pub(super) fn condition(expr: &Expr) -> String {
    number(expr)
        .replace(" <= ", " is at most ")
        .replace(" >= ", " is at least ")
        .replace(" < ", " is below ")
        .replace(" > ", " is above ")
        .replace(" != ", " is not ")
        .replace(" = ", " is ")
}

/// How many of something: `3 beams`, `1 beam`.
pub(super) fn counted(expr: &Expr, one: &str, several: &str) -> String {
    match expr.plain() {
        Some(plain) if plain.count == 0 && plain.bonus == 1 => format!("1 {one}"),
        _ => format!("{} {several}", number(expr)),
    }
}

fn owner(role: Role) -> &'static str {
    match role {
        Role::Own => "",
        Role::Target => "the target's ",
        Role::Source => "the source's ",
    }
}

fn subject(role: Role) -> &'static str {
    match role {
        Role::Own => "the bearer",
        Role::Target => "the target",
        Role::Source => "the source",
    }
}

fn quantity(role: Role, quantity: Quantity) -> String {
    let words = match quantity {
        Quantity::Level => "level".to_owned(),
        Quantity::LevelIn(class) => format!("{} level", named(class)),
        Quantity::ClassLevel => "class level".to_owned(),
        Quantity::ProficiencyBonus => "proficiency bonus".to_owned(),
        Quantity::Challenge => "challenge".to_owned(),
        Quantity::OwnScore(ability) => format!("own {}", ability.name()),
        Quantity::Score(ability) => ability.name().to_owned(),
        Quantity::Modifier(ability) => format!("{} modifier", ability.name()),
        Quantity::CastingModifier => "spellcasting modifier".to_owned(),
        Quantity::SaveBonus(ability) => format!("{} save bonus", ability.name()),
        Quantity::SkillBonus(skill) => format!("{skill} bonus"),
        Quantity::Dc => "save DC".to_owned(),
        Quantity::SpellAttack => "spell attack bonus".to_owned(),
        Quantity::ArmorClass => "armour class".to_owned(),
        Quantity::Hp => "hit points".to_owned(),
        Quantity::HpMax => "maximum hit points".to_owned(),
        Quantity::TempHp => "temporary hit points".to_owned(),
        Quantity::HitDice => "hit dice".to_owned(),
        Quantity::Speed => "speed".to_owned(),
        Quantity::Size => "size".to_owned(),
        Quantity::Exhaustion => "exhaustion".to_owned(),
        Quantity::Resource(id) => format!("{} left", named(id)),
        Quantity::Slot => return "slot level".to_owned(),
        Quantity::SpellLevel => return "spell level".to_owned(),
        Quantity::Amount => return "the amount".to_owned(),
        Quantity::Roll => return "the die".to_owned(),
        Quantity::Total => return "the total".to_owned(),
        Quantity::CastLevel => return "that spell's level".to_owned(),
        Quantity::Distance => return "the distance".to_owned(),
        Quantity::Index => return "the number of the turn".to_owned(),
        Quantity::Count => return "the number of targets".to_owned(),
        Quantity::Stacks => return "the number of stacks".to_owned(),
        Quantity::Rounds => return "the rounds it has lasted".to_owned(),
        Quantity::DeadRounds => "rounds since it died".to_owned(),
        Quantity::Moved => "feet moved".to_owned(),
        Quantity::Walk => "own walking speed".to_owned(),
        Quantity::Hurt => "hit points lost this turn".to_owned(),
        Quantity::Dealt => "damage done this turn to whoever it comes from".to_owned(),
    };
    format!("{}{words}", owner(role))
}

fn question(question: &Question) -> String {
    match question {
        Question::In(role, state) => format!("{} is {state}", subject(*role)),
        Question::Of(role, kind) => format!("{} is of the type {kind}", subject(*role)),
        Question::Such(role, quality) => format!("{} is {quality}", subject(*role)),
        Question::Under(role, id) => format!("{} has {}", subject(*role), named(*id)),
        Question::Tagged(role, tag) => format!("{} counts as {}", subject(*role), named(*tag)),
        Question::Attack(with) => attack_trait(*with),
        Question::Damage(kind) => format!("the damage is {kind}"),
        Question::Uses(ability) => format!("the roll uses {}", ability.name()),
        Question::UsesSkill(skill) => format!("the check uses {skill}"),
        Question::Against(id) => format!("the roll is against {}", named(*id)),
        Question::School(school) => format!("the spell is of the school of {school}"),
        Question::Spell(id) => format!("the spell is {}", named(*id)),
        Question::Near(who, role, feet) => format!("an {who} is within {feet} feet of {}", subject(*role)),
    }
}

fn attack_trait(with: AttackTrait) -> String {
    match with {
        AttackTrait::Advantage => "the attack has advantage".to_owned(),
        AttackTrait::Disadvantage => "the attack has disadvantage".to_owned(),
        AttackTrait::Critical => "the hit is critical".to_owned(),
        AttackTrait::ThisItem => "the attack is made with it".to_owned(),
        AttackTrait::Hit => "the attack hits".to_owned(),
        AttackTrait::Missed => "the attack misses".to_owned(),
        other => format!("the attack is {other}"),
    }
}

/// A duration in words.
pub(super) fn duration(duration: &Duration) -> String {
    match duration {
        Duration::Instant => "at once".to_owned(),
        Duration::Span(amount, _) => {
            let written = duration.to_string();
            let unit = written.rsplit(' ').next().unwrap_or_default().to_owned();
            format!("for {} {unit}", number(amount))
        }
        Duration::Until(Edge::SourceStart) => "until the user's next turn starts".to_owned(),
        Duration::Until(Edge::SourceEnd) => "until the user's next turn ends".to_owned(),
        Duration::Until(Edge::TargetStart) => "until the bearer's next turn starts".to_owned(),
        Duration::Until(Edge::TargetEnd) => "until the bearer's next turn ends".to_owned(),
        Duration::Until(Edge::ThisTurn) => "until this turn ends".to_owned(),
        Duration::ShortRest => "until the next rest".to_owned(),
        Duration::LongRest => "until the next long rest".to_owned(),
        Duration::Dawn => "until the next dawn".to_owned(),
        Duration::Parent => String::new(),
        Duration::Dispelled => "until dispelled".to_owned(),
        Duration::Permanent => "for good".to_owned(),
    }
}

/// Abilities in words.
pub(super) fn ability(ability: Ability) -> &'static str {
    ability.name()
}
