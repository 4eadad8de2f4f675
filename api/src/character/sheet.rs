//! A character sheet: every figure with where it comes from.

use rules::{Ability, Training, vocabulary::DamageType};
use serde::{Deserialize, Serialize};

use super::ClassLevel;

/// Something of the content, with its name for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Named {
    /// Its id, such as `srd:longsword`, or a word such as `perception`.
    pub id: String,
    /// Its name for people.
    pub name: String,
}

/// A number and where it comes from. The parts add up to the total.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// The number.
    pub total: i32,
    /// Where it comes from, in the order in which it was added.
    pub parts: Vec<FigurePart>,
}

/// A part of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigurePart {
    /// Where it comes from: a feature, an item, an ability.
    pub source: String,
    /// What it adds.
    pub amount: i32,
}

/// An ability with its save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AbilityLine {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "strength"))]
    pub ability: Ability,
    /// The score.
    pub score: Figure,
    /// What the score adds to rolls.
    pub modifier: i8,
    /// What is added to saves.
    pub save: Figure,
}

/// A skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkillView {
    /// Such as `sleight_of_hand`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The ability that it goes with.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "dexterity"))]
    pub ability: Ability,
    /// How much of the proficiency bonus counts.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "proficient"))]
    pub training: Training,
    /// What is added to checks.
    pub bonus: Figure,
}

/// A sense beyond sight in light.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SenseView {
    /// Such as `darkvision`.
    pub name: String,
    /// How far, in feet.
    pub range_ft: u16,
}

/// An attack with what is wielded, or with bare hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttackView {
    /// The weapon; none for bare hands.
    pub item: Option<String>,
    /// Its name for people.
    pub name: String,
    /// What is added to the roll.
    pub bonus: Figure,
    /// Damage dice, such as `1d8`; none for a net.
    pub dice: Option<String>,
    /// Damage dice in two hands, of versatile weapons.
    pub dice_two_handed: Option<String>,
    /// What is added to the damage.
    pub damage_bonus: Figure,
    /// Kind of the damage.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "slashing"))]
    pub damage_type: DamageType,
    /// How far it reaches in melee, in feet; none at range only.
    pub reach_ft: Option<u16>,
    /// Range without disadvantage in feet, if it is thrown or shot.
    pub range_ft: Option<u16>,
    /// Longest range in feet, if it is thrown or shot.
    pub range_max_ft: Option<u16>,
}

/// Spell slots of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotView {
    /// Their level.
    pub level: u8,
    /// How many there are after a rest.
    pub max: u8,
    /// How many are left.
    pub left: u8,
}

/// A spell that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpellView {
    /// The spell.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// 0 for cantrips.
    pub level: u8,
    /// It can be cast now: a cantrip, known for good, or prepared.
    pub ready: bool,
}

/// How a character casts through one class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CastingView {
    /// The class.
    pub class: Named,
    /// The ability that it casts with.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "intelligence"))]
    pub ability: Ability,
    /// What its targets' saves must reach.
    pub save_dc: Figure,
    /// What is added to its attacks with spells.
    pub attack: Figure,
    /// Cantrips that it knows at most.
    pub cantrips_max: u8,
    /// Spells that it knows at most, of classes that know a few or keep them in a book.
    pub known_max: Option<u8>,
    /// Spells that it prepares at most, of classes that prepare.
    pub prepared_max: Option<u8>,
    /// It prepares what stands in its book, and not of its whole list.
    pub keeps_book: bool,
    /// The highest level of spells that it learns or prepares.
    pub level_max: u8,
    /// What it knows.
    pub spells: Vec<SpellView>,
    /// What it could learn or prepare beside that, by level and name.
    pub on_offer: Vec<SpellView>,
}

/// A store of something that is spent and comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResourceView {
    /// Its id, such as `srd:ki`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The most that it holds.
    pub max: u32,
    /// What is left.
    pub left: u32,
    /// When it comes back, such as `short rest`.
    pub recharge: String,
}

/// Hit dice of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HitDiceView {
    /// Their sides.
    pub sides: u8,
    /// How many there are.
    pub max: u8,
    /// How many are left.
    pub left: u8,
}

/// Some of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BelongingView {
    /// The thing.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// How many.
    pub count: u32,
    /// Worn, wielded or held ready.
    pub equipped: bool,
    /// Attuned to its owner.
    pub attuned: bool,
    /// It can be worn or wielded.
    pub wearable: bool,
    /// It asks to be attuned to.
    pub attunable: bool,
    /// What one of it weighs, in hundredths of a pound.
    pub weight_centipounds: u32,
}

/// A place at which something may still be picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenPickView {
    /// The race, class, background or feature that lets one pick.
    pub of: Named,
    /// Which of its picks, from 0.
    pub number: u8,
    /// How many may be picked there, all together.
    pub count: u8,
    /// What is picked already.
    pub chosen: Vec<Named>,
    /// What may be picked.
    pub options: Vec<Named>,
    /// What picked words mean, such as `language` or `expertise`.
    pub means: Option<String>,
}

/// Spells of a class that may still be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpellsMissing {
    /// The class.
    pub class: Named,
    /// Cantrips to learn.
    pub cantrips: u8,
    /// Spells to learn.
    pub known: u8,
    /// Spells to prepare.
    pub prepared: u8,
}

/// A class in which the next level may be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelUpOption {
    /// The class.
    pub class: Named,
    /// The level in it that it would be.
    pub level: u8,
    /// The subclasses one of which is to be chosen with it; empty where none is.
    pub subclasses: Vec<Named>,
}

/// What has not been chosen yet, and may be at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenChoices {
    /// Skills of its classes.
    pub skills: u8,
    /// Among these.
    pub skill_options: Vec<Named>,
    /// Raised abilities or feats.
    pub improvements: u8,
    /// Feats among which one may be taken for an improvement.
    pub feat_options: Vec<Named>,
    /// Picks of features and the like.
    pub picks: Vec<OpenPickView>,
    /// Spells, class by class.
    pub spells: Vec<SpellsMissing>,
    /// Classes in which the next level may be taken; empty while the experience for it is missing.
    pub level_ups: Vec<LevelUpOption>,
}

impl OpenChoices {
    /// How many choices are open.
    #[must_use]
    pub fn count(&self) -> u32 {
        let picks =
            self.picks.iter().map(|pick| u32::from(pick.count).saturating_sub(pick.chosen.len() as u32));
        let spells = self.spells.iter().flat_map(|open| [open.cantrips, open.known, open.prepared]);
        u32::from(self.skills)
            + u32::from(self.improvements)
            + picks.sum::<u32>()
            + spells.map(u32::from).sum::<u32>()
    }
}

/// A character sheet. It is worked out whenever it is asked for, from choices, belongings and wear.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CharacterSheet {
    /// Its race.
    pub race: Named,
    /// Its subrace.
    pub subrace: Option<Named>,
    /// Its background.
    pub background: Named,
    /// Level, all classes together.
    pub level: u8,
    /// Its classes, in the order in which it took them up.
    pub classes: Vec<ClassLevel>,
    /// Experience points.
    pub experience: u32,
    /// Experience at which the next level begins; none at the last.
    pub next_level_at: Option<u32>,
    /// What is added where it is proficient.
    pub proficiency_bonus: u8,
    /// Abilities, in the order of a sheet.
    pub abilities: Vec<AbilityLine>,
    /// Hit points that are left.
    pub hit_points: u32,
    /// Most hit points.
    pub hit_points_max: Figure,
    /// Hit points on top of them, which go first.
    pub temporary_hit_points: u32,
    /// Levels of exhaustion, to 6.
    pub exhaustion: u8,
    /// Armour class.
    pub armor_class: Figure,
    /// What is added to initiative.
    pub initiative: Figure,
    /// Walking speed in feet a round.
    pub speed_ft: Figure,
    /// Skills, by name.
    pub skills: Vec<SkillView>,
    /// What it notices without looking.
    pub passive_perception: i16,
    /// Armour, weapons and tools that it is proficient with.
    pub proficiencies: Vec<Named>,
    /// Languages that it speaks.
    pub languages: Vec<Named>,
    /// Senses beyond sight in light.
    pub senses: Vec<SenseView>,
    /// Attacks with what it wields, and with its bare hands.
    pub attacks: Vec<AttackView>,
    /// Attacks in one attack action.
    pub attacks_per_action: u8,
    /// How it casts, class by class.
    pub casting: Vec<CastingView>,
    /// Spell slots, level by level.
    pub slots: Vec<SlotView>,
    /// Slots of pact magic.
    pub pact_slots: Option<SlotView>,
    /// Stores such as rages and ki.
    pub resources: Vec<ResourceView>,
    /// Hit dice by their sides.
    pub hit_dice: Vec<HitDiceView>,
    /// Its features.
    pub features: Vec<Named>,
    /// What it owns.
    pub belongings: Vec<BelongingView>,
    /// Its money, in copper pieces.
    pub money_cp: u32,
    /// What it carries, in hundredths of a pound.
    pub load_centipounds: u64,
    /// What it can carry, in hundredths of a pound.
    pub capacity_centipounds: u64,
    /// What has not been chosen yet.
    pub open: OpenChoices,
}
