//! What a condition does, flag by flag, read from its effect.

use rules::{
    Ability, Ruleset,
    content::Condition,
    language::{Modifier, Op, Path},
    vocabulary::State,
};
use serde_json::json;

use super::Answer;
use crate::{arguments::Arguments, lookup};

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    if function != "condition_flags" {
        return Ok(None);
    }
    Ok(Some(json!(flags(lookup::condition(input.text("condition")?)?))))
}

fn flags(condition: &Condition) -> Vec<String> {
    let modifiers = &condition.gives.modifiers;
    let has =
        |path: Path, op: Op| modifiers.iter().any(|modifier| modifier.path == path && modifier.op == op);
    let is = |state| has(Path::State(state), Op::Grant);
    let mut flags: Vec<String> =
        condition.gives.conditions.iter().map(|other| other.name().to_owned()).collect();
    flags.extend(modifiers.iter().filter_map(rolled));
    if has(Path::Save(Some(Ability::Strength)), Op::Fail)
        && has(Path::Save(Some(Ability::Dexterity)), Op::Fail)
    {
        flags.push("autofail_str_dex_saves".to_owned());
    }
    let words = [
        (is(State::NoMovement), "cannot_move"),
        (!is(State::NoMovement) && has(Path::Speed(None), Op::AtMost), "speed_zero"),
        (has(Path::Resist(None), Op::Grant), "resist_all"),
        (has(Path::Immune(Some(rules::vocabulary::DamageType::Poison)), Op::Grant), "immune_poison_disease"),
        (is(State::NoSight) && !is(State::Unconscious), "autofail_sight_checks"),
        (is(State::NoHearing) && !is(State::Unconscious), "autofail_hearing_checks"),
        (is(State::Charmed), "cannot_attack_source"),
        (is(State::Charmed), "source_social_advantage"),
        (is(State::Frightened), "cannot_approach_source"),
        (is(State::NoActions), "no_actions"),
        (is(State::NoReactions), "no_reactions"),
        (is(State::Prone), "crawl_only"),
        (is(State::Unconscious), "prone"),
        (is(State::NoHands), "drops_items"),
    ];
    flags.extend(words.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| word.to_owned()));
    flags
}

/// Flags of attacks, checks and saves.
fn rolled(modifier: &Modifier) -> Option<String> {
    let subject = match modifier.path {
        Path::Attack => "attack",
        Path::Attacked => "attacked",
        Path::Check(None) => "check",
        Path::Save(Some(Ability::Dexterity)) => "dex_save",
        _ => return None,
    };
    let effect = match modifier.op {
        Op::Advantage => "advantage",
        Op::Disadvantage => "disadvantage",
        Op::Critical => return Some("hit_within_5ft_is_crit".to_owned()),
        _ => return None,
    };
    let when = modifier.when.as_ref().map(ToString::to_string).unwrap_or_default();
    let only = match when.as_str() {
        "is(source, visible)" => "_if_source_visible",
        "@distance <= 5" => "_within_5ft",
        "@distance > 5" => "_beyond_5ft",
        _ => "",
    };
    Some(format!("{subject}_{effect}{only}"))
}
