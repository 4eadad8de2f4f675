//! Attacks with what is wielded, and with bare hands.

use serde::Serialize;

use crate::content::{Item, WeaponStats};
use crate::language::{Path, expr::AttackTrait};
use crate::vocabulary::DamageType;
use crate::{Ability, Id, WeaponGrip, attack_ability, proficiency_bonus};

use super::{Desk, Value};

/// An attack of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttackLine {
    /// The weapon; none for bare hands.
    pub item: Option<Id>,
    /// Its name for people.
    pub name: String,
    /// What is added to the roll.
    pub bonus: Value,
    /// Damage dice, such as `1d8`; nothing for a net.
    pub dice: Option<String>,
    /// Damage dice in two hands, of versatile weapons.
    pub dice_two_handed: Option<String>,
    /// What is added to the damage.
    pub damage_bonus: Value,
    /// Its type.
    pub damage_type: DamageType,
    /// How far it reaches in melee, in feet; none at range only.
    pub reach_ft: Option<u16>,
    /// Normal and long range in feet, if it is thrown or shot.
    pub range_ft: Option<(u16, u16)>,
}

impl WeaponStats {
    /// What decides the ability of an attack with it.
    #[must_use]
    pub fn grip(&self) -> WeaponGrip {
        let has = |property| self.with.contains(&property);
        WeaponGrip {
            ranged: has(AttackTrait::Ranged),
            // A net is thrown, but no melee weapon.
            thrown: has(AttackTrait::Thrown) && !has(AttackTrait::Ranged),
            finesse: has(AttackTrait::Finesse),
        }
    }
}

impl Desk<'_> {
    /// All attacks with wielded weapons, then bare hands.
    pub(super) fn attacks(&self) -> Vec<AttackLine> {
        let wielded = self.character.equipped(self.library);
        let armed = wielded.filter_map(|item| item.weapon.as_ref().map(|weapon| self.armed(item, weapon)));
        armed.chain([self.unarmed()]).collect()
    }

    /// Sides of the die of martial arts, 0 without them.
    fn martial_arts_die(&self) -> i32 {
        if self.known.armor.is_some() || self.known.shielded {
            return 0;
        }
        self.changed(Path::UnarmedDie, Value::default()).total
    }

    fn armed(&self, item: &Item, weapon: &WeaponStats) -> AttackLine {
        let scores = self.ability_scores();
        let mut grip = weapon.grip();
        let monk_die = if weapon.with.contains(&AttackTrait::Monk) { self.martial_arts_die() } else { 0 };
        grip.finesse |= monk_die > 0;
        let ability = attack_ability(grip, scores);
        let dice = weapon.damage.as_ref().map(ToString::to_string);
        // A monk may roll its own die in place of a smaller one.
        let dice = match weapon.damage.as_ref().and_then(crate::language::expr::Expr::plain) {
            Some(plain) if i32::from(plain.sides) < monk_die => Some(format!("1d{monk_die}")),
            _ => dice,
        };
        let magic = format!("{}, magic", item.name);
        let line = self.line(ability, self.is_proficient_with(item, weapon), &weapon.with);
        let has = |property| weapon.with.contains(&property);
        let reach = if has(AttackTrait::Reach) { 10 } else { 5 };
        AttackLine {
            item: Some(item.id),
            name: item.name.clone(),
            bonus: line.0.plus(magic.clone(), i32::from(item.bonus)),
            dice,
            dice_two_handed: weapon.two_handed.as_ref().map(ToString::to_string),
            damage_bonus: line.1.plus(magic, i32::from(item.bonus)),
            damage_type: weapon.kind,
            reach_ft: (!has(AttackTrait::Ranged)).then_some(reach),
            range_ft: weapon.range,
        }
    }

    fn unarmed(&self) -> AttackLine {
        let die = self.martial_arts_die();
        let grip = WeaponGrip { finesse: die > 0, ..WeaponGrip::default() };
        let ability = attack_ability(grip, self.ability_scores());
        let (bonus, damage_bonus) = self.line(ability, true, &[AttackTrait::Melee, AttackTrait::Unarmed]);
        AttackLine {
            item: None,
            name: "Unarmed strike".to_owned(),
            bonus,
            dice: Some(if die > 0 { format!("1d{die}") } else { "1".to_owned() }),
            dice_two_handed: None,
            damage_bonus,
            damage_type: DamageType::Bludgeoning,
            reach_ft: Some(5),
            range_ft: None,
        }
    }

    /// Bonus of the roll and of the damage, with what features add to such attacks.
    fn line(&self, ability: Ability, is_proficient: bool, with: &[AttackTrait]) -> (Value, Value) {
        let mut known = self.known.clone();
        known.attack = with.to_vec();
        known.attack.push(if ability == Ability::Dexterity {
            AttackTrait::Dexterity
        } else {
            AttackTrait::Strength
        });
        if !with.contains(&AttackTrait::Unarmed) {
            known.attack.push(AttackTrait::Weapon);
        }
        if !with.contains(&AttackTrait::TwoHanded) {
            known.attack.push(AttackTrait::OneHanded);
        }
        let modifier = i32::from(self.ability_scores().modifier(ability));
        let proficiency = if is_proficient { i32::from(proficiency_bonus(self.known.level)) } else { 0 };
        let bonus = Value::of(ability.name(), modifier).plus("Proficiency", proficiency);
        let damage = Value::of(ability.name(), modifier);
        (
            self.modifiers.apply(Path::Attack, bonus, &known),
            self.modifiers.apply(Path::Damage, damage, &known),
        )
    }

    /// Whether it is proficient with a weapon.
    pub(in crate::character) fn wields_well(&self, item: &Item) -> bool {
        let base = item.base.first().and_then(|base| self.library.item(*base));
        let weapon = item.weapon.as_ref().or_else(|| base?.weapon.as_ref());
        weapon.is_some_and(|weapon| self.is_proficient_with(item, weapon))
    }

    fn is_proficient_with(&self, item: &Item, weapon: &WeaponStats) -> bool {
        let class =
            if weapon.with.contains(&AttackTrait::Martial) { "martial-weapons" } else { "simple-weapons" };
        let proficiencies = self.proficiencies();
        let mut names = item.base.iter().copied().chain([item.id]);
        proficiencies.iter().any(|known| known.as_str() == class)
            || names.any(|id| proficiencies.contains(&id))
    }
}
