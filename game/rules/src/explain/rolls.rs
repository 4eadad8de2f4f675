//! The rolls of a stat block as dice expressions, each part labelled with where it comes from.

use crate::content::Monster;
use crate::language::expr::Expr;
use crate::language::{Action, Attack, Node};
use crate::{Ability, AbilityScores, ChallengeRating};

/// A roll: what for, and the expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledRoll {
    /// Such as `Bite, to hit`.
    pub name: String,
    /// Such as `1d20 + 4 [Strength] + 2 [Proficiency]`.
    pub roll: String,
}

/// Saves, skills and attacks of a monster.
#[must_use]
pub fn monster_rolls(monster: &Monster) -> Vec<LabelledRoll> {
    let scores = AbilityScores::new(monster.abilities);
    let proficiency =
        monster.cr.parse::<ChallengeRating>().unwrap_or(ChallengeRating::ZERO).proficiency_bonus();
    let sources = Sources { scores, proficiency: i32::from(proficiency) };
    let mut rolls = Vec::new();
    for action in &monster.actions {
        sources.action(action, &mut rolls);
    }
    for ability in Ability::ALL {
        let bonus = monster.saves.get(&ability).copied().unwrap_or_else(|| scores.modifier(ability));
        rolls.push(LabelledRoll {
            name: format!("{} save", ability.name()),
            roll: format!("1d20{}", sources.of(i32::from(bonus), &[ability])),
        });
    }
    for (skill, bonus) in &monster.skills {
        rolls.push(LabelledRoll {
            name: capital(&skill.to_string()),
            roll: format!("1d20{}", sources.of(i32::from(*bonus), &[skill.ability()])),
        });
    }
    rolls
}

struct Sources {
    scores: AbilityScores,
    proficiency: i32,
}

impl Sources {
    fn action(&self, action: &Action, rolls: &mut Vec<LabelledRoll>) {
        let Some(attack) = attack_in(&action.then) else { return };
        let bonus = attack.bonus.as_ref().and_then(Expr::plain).map(|plain| plain.bonus);
        if let Some(bonus) = bonus {
            rolls.push(LabelledRoll {
                name: format!("{}, to hit", action.name),
                roll: format!("1d20{}", self.of(bonus, &[Ability::Strength, Ability::Dexterity])),
            });
        }
        let mut parts = Vec::new();
        for node in &attack.hit {
            let Node::Damage(damage) = node else { continue };
            let Some(plain) = damage.amount.plain().filter(|_| damage.when.is_none()) else { continue };
            let kind = damage.kind.map(|kind| format!(" [{kind}]")).unwrap_or_default();
            let dice = if plain.count > 0 {
                format!("{}d{}{kind}", plain.count, plain.sides)
            } else {
                String::new()
            };
            let bonus = self.flat(plain.bonus);
            parts.push(if dice.is_empty() {
                format!("{}{kind}", plain.bonus)
            } else {
                format!("{dice}{bonus}")
            });
        }
        if !parts.is_empty() {
            rolls.push(LabelledRoll { name: format!("{}, damage", action.name), roll: parts.join(" + ") });
        }
    }

    /// A bonus as what an ability and proficiency add to it, and the rest.
    fn of(&self, bonus: i32, abilities: &[Ability]) -> String {
        let modifier = |ability: Ability| i32::from(self.scores.modifier(ability));
        // Who is proficient adds the bonus once, who is an expert twice.
        let fit = abilities.iter().copied().find_map(|ability| {
            let rest = bonus - modifier(ability);
            [0, 1, 2].into_iter().find(|times| rest == times * self.proficiency).map(|times| (ability, times))
        });
        let (ability, times) = fit.unwrap_or((abilities[0], 0));
        let rest = bonus - modifier(ability) - times * self.proficiency;
        let mut text = signed(modifier(ability), ability.name());
        text.push_str(&signed(
            times * self.proficiency,
            if times == 2 { "Expertise" } else { "Proficiency" },
        ));
        text.push_str(&signed(rest, "Stat block"));
        text
    }

    /// What damage adds without dice, by the ability that it equals.
    fn flat(&self, bonus: i32) -> String {
        let equal = [Ability::Strength, Ability::Dexterity]
            .into_iter()
            .find(|ability| i32::from(self.scores.modifier(*ability)) == bonus);
        signed(bonus, equal.map_or("Stat block", Ability::name))
    }
}

fn signed(number: i32, source: &str) -> String {
    match number {
        0 => String::new(),
        1.. => format!(" + {number} [{source}]"),
        _ => format!(" - {} [{source}]", number.unsigned_abs()),
    }
}

fn attack_in(nodes: &[Node]) -> Option<&Attack> {
    nodes.iter().find_map(|node| match node {
        Node::Attack(attack) => Some(attack.as_ref()),
        Node::Choose(choose) => choose.options.iter().find_map(|option| attack_in(&option.then)),
        Node::If(branch) => attack_in(&branch.then),
        _ => None,
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Expression;
    use crate::content::srd;

    fn rolls_of(id: &str) -> Vec<LabelledRoll> {
        monster_rolls(srd().monster(id.parse().unwrap()).unwrap())
    }

    #[test]
    fn an_ogres_club_hits_by_strength_and_training() {
        let rolls = rolls_of("srd:ogre");
        let roll = |name: &str| rolls.iter().find(|roll| roll.name == name).unwrap().roll.as_str();
        assert_eq!(roll("Greatclub, to hit"), "1d20 + 4 [Strength] + 2 [Proficiency]");
        assert_eq!(roll("Greatclub, damage"), "2d8 [bludgeoning] + 4 [Strength]");
        assert_eq!(roll("Dexterity save"), "1d20 - 1 [Dexterity]");
    }

    #[test]
    fn every_roll_of_every_monster_can_be_thrown() {
        for monster in srd().monsters() {
            for roll in monster_rolls(monster) {
                assert!(roll.roll.parse::<Expression>().is_ok(), "{}: {roll:?}", monster.id);
            }
        }
    }
}
