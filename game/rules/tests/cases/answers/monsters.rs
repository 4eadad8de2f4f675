//! Stat blocks.

use rules::{
    ChallengeRating, Ruleset,
    content::Monster,
    language::{
        Action, Node,
        expr::{Facts, Quantity, Question, Role},
    },
    vocabulary::DamageType,
};
use serde_json::{Value, json};

use super::Answer;
use crate::{
    arguments::{Arguments, Refused},
    lookup,
};

pub(super) fn answer(function: &str, input: Arguments<'_>, _: &Ruleset) -> Answer {
    if function != "monster" {
        return Ok(None);
    }
    let name = if input.optional("name").is_some() { input.text("name")? } else { input.text("monster")? };
    described(lookup::monster(name)?).map(Some)
}

fn described(monster: &Monster) -> Result<Value, Refused> {
    let dice = monster.hp.plain().ok_or(Refused::Malformed("hit dice"))?;
    let mean = (i32::from(dice.count) * (i32::from(dice.sides) + 1)).div_euclid(2) + dice.bonus;
    let rating: ChallengeRating =
        monster.cr.parse().map_err(|error: rules::NotAChallenge| Refused::Rule(error.to_string()))?;
    let attacks: Vec<Value> = monster.actions.iter().filter_map(attack).take(ATTACKS).collect();
    Ok(json!({
        "ac": monster.ac,
        "hp": mean,
        "hit_dice": monster.hp.to_string(),
        "cr": rating.as_number(),
        "xp": monster.experience(),
        "abilities": monster.abilities,
        "attacks": attacks,
    }))
}

/// Somebody unhurt, of whom nothing particular is true.
struct Hale;

impl Facts for Hale {
    fn quantity(&self, _: Role, _: Quantity) -> i32 {
        0
    }

    fn holds(&self, _: Question) -> bool {
        false
    }
}

/// How many of its attacks a summary of a monster names.
const ATTACKS: usize = 2;

/// The attack that an action begins with, and the damage of its hit; of damage with a choice, the first, and of damage
/// that hangs on how hale the attacker is, what it deals unhurt.
fn attack(action: &Action) -> Option<Value> {
    let attack = attack_in(&action.then)?;
    let to_hit = attack.bonus.as_ref()?.plain()?.bonus;
    let mut damage = Vec::new();
    for node in &attack.hit {
        let blow = match node {
            Node::Choose(choose) => choose.options.first().and_then(|option| option.then.first()),
            Node::If(branch) if !branch.otherwise.is_empty() => branch.then.first(),
            other => Some(other),
        };
        if let Some(Node::Damage(blow)) = blow
            && blow.when.as_ref().is_none_or(|when| when.holds(&Hale))
        {
            let kind = blow.kind.or_else(|| blow.one_of.first().copied());
            damage.push(json!([blow.amount.to_string(), kind.map(DamageType::word)]));
        }
    }
    let name = action.name.split(" (").next().unwrap_or(&action.name);
    Some(json!({ "name": name, "to_hit": to_hit, "damage": damage }))
}

fn attack_in(nodes: &[Node]) -> Option<&rules::language::Attack> {
    nodes.iter().find_map(|node| match node {
        Node::Attack(attack) => Some(attack.as_ref()),
        Node::Choose(choose) => choose.options.iter().find_map(|option| attack_in(&option.then)),
        Node::If(branch) => attack_in(&branch.then),
        _ => None,
    })
}
