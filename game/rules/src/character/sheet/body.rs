//! Scores, hit points, armour class, speed, senses and load.

use std::collections::BTreeMap;

use crate::content::{ArmorKind, Item};
use crate::language::Path;
use crate::vocabulary::{Movement, Sense, State};
use crate::{Ability, ArmorFormula, Carrying, DexterityShare, Size, fixed_gain};

use super::{Desk, Value};
use crate::character::Improvement;

/// Coins to a pound. Source: SRD 5.1, "Coinage".
const COINS_PER_POUND: u64 = 50;
/// Feet that armour takes from who is too weak for it. Source: SRD 5.1, "Heavy Armor".
const HEAVY_ARMOR_SLOWS_FT: i32 = 10;

impl Desk<'_> {
    /// Ability scores: what was bought or rolled, race, improvements, features. No improvement leads beyond 20.
    pub(super) fn scores(&self) -> Vec<Value> {
        let race = self.library.race(self.character.race);
        let subrace = self.character.subrace.and_then(|subrace| self.library.subrace(subrace));
        Ability::ALL
            .into_iter()
            .map(|ability| {
                let base = self.character.scores.scores[ability as usize];
                let mut value = Value::of("Base", i32::from(base));
                for (name, bonuses) in race
                    .map(|race| (&race.name, &race.scores))
                    .into_iter()
                    .chain(subrace.map(|subrace| (&subrace.name, &subrace.scores)))
                {
                    for bonus in bonuses.iter().filter(|bonus| bonus.ability == Some(ability)) {
                        value = value.plus(name, i32::from(bonus.bonus));
                    }
                }
                let free = self.character.free_bonuses.iter().filter(|free| **free == ability).count();
                value = value.plus("Chosen with the race", free as i32);
                let raised: usize = self
                    .character
                    .improvements
                    .iter()
                    .filter_map(|improvement| match improvement {
                        Improvement::Scores(raised) => {
                            Some(raised.iter().filter(|raised| **raised == ability).count())
                        }
                        Improvement::Feat(_) => None,
                    })
                    .sum();
                let raised = (raised as i32).min((20 - value.total).max(0));
                value = value.plus("Improvements", raised);
                self.changed(Path::Score(ability), value)
            })
            .collect()
    }

    /// Hit points of the dice, and of Constitution for each level.
    pub(in crate::character) fn plain_hit_points(&self) -> Value {
        let constitution = i32::from(self.ability_scores().modifier(Ability::Constitution));
        let mut dice = 0;
        let mut from_constitution = 0;
        for (number, taken) in self.character.levels.iter().enumerate() {
            let Some(class) = self.library.class(taken.class) else { continue };
            let die =
                if number == 0 { class.hit_die } else { taken.hit_die.unwrap_or(fixed_gain(class.hit_die)) };
            dice += i32::from(die);
            // Each level gives a point at least.
            from_constitution += constitution.max(1 - i32::from(die));
        }
        Value::of("Hit dice", dice).plus("Constitution", from_constitution)
    }

    /// Most hit points: the dice, Constitution for each level, features.
    pub(in crate::character) fn hit_points_max(&self) -> Value {
        let value = self.changed(Path::HpMax, self.plain_hit_points());
        let least = self.character.levels.len().min(1) as i32;
        if value.total < least { value.becoming("Least", least) } else { value }
    }

    /// Armour class: the best of all ways to it, then shield and what adds.
    pub(super) fn armor_class(&self) -> Value {
        let scores = self.ability_scores();
        let dexterity = i32::from(scores.modifier(Ability::Dexterity));
        let worn: Vec<&Item> =
            self.character.equipped(self.library).filter(|item| item.armor.is_some()).collect();
        let suit = worn.iter().find_map(|item| match &item.armor {
            Some(armor) if armor.kind != ArmorKind::Shield => Some((*item, armor)),
            _ => None,
        });
        let mut best = match suit {
            Some((item, armor)) => {
                let share = match armor.kind {
                    ArmorKind::Light | ArmorKind::Shield => DexterityShare::Full,
                    ArmorKind::Medium => DexterityShare::AtMostTwo,
                    ArmorKind::Heavy => DexterityShare::Nothing,
                };
                let whole = ArmorFormula::Worn { base: armor.ac, dexterity: share }.value(scores, 0);
                Value::of(&item.name, i32::from(armor.ac))
                    .becoming("Dexterity", i32::from(whole))
                    .plus(format!("{}, magic", item.name), i32::from(item.bonus))
            }
            None => Value::of("Unarmored", 10).plus("Dexterity", dexterity),
        };
        for (source, amount) in self.modifiers.values(Path::AcBase, &self.known) {
            if amount > best.total {
                best = Value::of(source, amount);
            }
        }
        for item in worn {
            if let Some(armor) = item.armor.as_ref().filter(|armor| armor.kind == ArmorKind::Shield) {
                best = best.plus(&item.name, i32::from(armor.ac) + i32::from(item.bonus));
            }
        }
        self.changed(Path::Ac, best)
    }

    /// Walking speed in feet.
    pub(super) fn speed(&self) -> Value {
        let race = self.library.race(self.character.race);
        let mut value = race.map_or_else(Value::default, |race| Value::of(&race.name, i32::from(race.speed)));
        value = self.changed(Path::Speed(None), value);
        value = self.changed(Path::Speed(Some(Movement::Walk)), value);
        let too_heavy = self.character.equipped(self.library).find(|item| {
            let strength = item.armor.as_ref().and_then(|armor| armor.strength);
            strength.is_some_and(|strength| self.ability_scores()[Ability::Strength] < strength)
        });
        match too_heavy {
            Some(item) if !self.states().contains(&State::UnslowedByArmor) => {
                let slowed = (value.total - HEAVY_ARMOR_SLOWS_FT).max(0);
                value.becoming(format!("{}, too heavy", item.name), slowed)
            }
            _ => value,
        }
    }

    /// States that it is in by its features and items.
    pub(in crate::character) fn states(&self) -> Vec<State> {
        let grants = self.modifiers.grants(&self.known);
        grants.filter_map(|path| if let Path::State(state) = path { Some(state) } else { None }).collect()
    }

    /// Whether anything changes this at all, whether it holds now or not.
    pub(in crate::character) fn has_path(&self, path: Path) -> bool {
        self.modifiers.has(path)
    }

    /// Ranges of senses in feet.
    pub(in crate::character) fn senses(&self) -> BTreeMap<Sense, u16> {
        Sense::ALL
            .iter()
            .map(|sense| (*sense, self.changed(Path::Sense(*sense), Value::default()).total.max(0) as u16))
            .filter(|(_, range)| *range > 0)
            .collect()
    }

    /// Attacks in one attack action. Extra attacks of several classes don't add up.
    pub(super) fn attacks_per_action(&self) -> u8 {
        self.changed(Path::Attacks, Value::of("Attack", 1)).total.clamp(1, 10) as u8
    }

    /// What is carried, in hundredths of a pound.
    pub(super) fn load(&self) -> u64 {
        let things = self.character.belongings.iter().map(|belonging| {
            let weight =
                self.library.item(belonging.item).and_then(|item| item.weight_centipounds).unwrap_or(0);
            u64::from(weight) * u64::from(belonging.count)
        });
        // Gold, the coin that most of it is counted in.
        let coins = u64::from(self.character.money_cp) / 100 * 100 / COINS_PER_POUND;
        things.sum::<u64>() + coins
    }

    /// What can be carried, in hundredths of a pound.
    pub(super) fn capacity(&self) -> u64 {
        let size = self.library.race(self.character.race).map_or(Size::Medium, |race| race.size);
        let pounds = Carrying::of(self.ability_scores()[Ability::Strength], size).capacity_lb();
        let value = Value::of("Strength", (pounds * 100.0) as i32);
        self.changed(Path::Carry, value).total.max(0) as u64
    }
}
