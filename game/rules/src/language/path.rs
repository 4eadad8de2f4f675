//! What a modifier changes.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::vocabulary::{DamageType, Movement, Sense, Skill, State};
use crate::{Ability, Id};

/// The number, roll or state that a modifier changes, written with dots: `ac`, `save.dex`, `speed.fly`, `resist.fire`.
///
/// Where a part may be left out, leaving it out means all of them: `save` is every save, `check` every ability check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Path {
    /// `ac`: armour class.
    Ac,
    /// `ac.base`: a way to work out armour class, such as `13 + @mod.dex`; the best one counts.
    AcBase,
    /// `hp_max`: most hit points.
    HpMax,
    /// `initiative`: initiative rolls.
    Initiative,
    /// `attack`: attack rolls of the bearer.
    Attack,
    /// `attacked`: attack rolls against the bearer.
    Attacked,
    /// `damage`: damage that the bearer's attacks and spells do.
    Damage,
    /// `damage_taken`: damage that the bearer takes, before resistance.
    DamageTaken,
    /// `crit_from`: the least d20 that is a critical hit.
    CritFrom,
    /// `crit_dice`: more weapon dice in a critical hit.
    CritDice,
    /// `save`, `save.dex`: saving throws.
    Save(Option<Ability>),
    /// `death_save`: death saving throws.
    DeathSave,
    /// `concentration`: saves to keep concentration.
    Concentration,
    /// `check`, `check.str`: ability checks, with or without a skill.
    Check(Option<Ability>),
    /// `skill.stealth`: checks with this skill.
    Skill(Skill),
    /// `passive.perception`: the passive score.
    Passive(Skill),
    /// `score.str`: an ability score.
    Score(Ability),
    /// `speed`, `speed.fly`: speeds in feet.
    Speed(Option<Movement>),
    /// `jump`: how far and high it jumps.
    Jump,
    /// `dc`: difficulty of saves against the bearer's spells.
    Dc,
    /// `resist.fire`, `resist`: half damage.
    Resist(Option<DamageType>),
    /// `immune.fire`, `immune`: no damage.
    Immune(Option<DamageType>),
    /// `absorb.fire`: no damage, and as many hit points regained.
    Absorb(DamageType),
    /// `vulnerable.fire`: double damage.
    Vulnerable(Option<DamageType>),
    /// `condition_immune.srd:charmed`: the condition or effect can't be applied.
    ConditionImmune(Id),
    /// `sense.darkvision`: range of a sense in feet.
    Sense(Sense),
    /// `reach`: feet that melee attacks reach further.
    Reach,
    /// `attacks`: attacks in one attack action.
    Attacks,
    /// `actions`: actions a turn.
    Actions,
    /// `bonus_actions`: bonus actions a turn.
    BonusActions,
    /// `reactions`: reactions a round.
    Reactions,
    /// `healing`: hit points that the bearer regains.
    Healing,
    /// `healing_done`: hit points that the bearer's magic restores.
    HealingDone,
    /// `carry`: how much it carries.
    Carry,
    /// `size`: steps of size.
    Size,
    /// `unarmed_die`: sides of the die of unarmed strikes.
    UnarmedDie,
    /// `proficiency.<what>`: with weapons, armour and tools (`simple-weapons`, `heavy-armor`, `srd:thieves-tools`), in skills
    /// (`animal-handling`) and in saves (`save-wis`).
    Proficiency(Id),
    /// `expertise.stealth`: double proficiency bonus.
    Expertise(Skill),
    /// `language.<which>`: a language.
    Language(Id),
    /// `state.invisible`: a state of the bearer.
    State(State),
    /// `attunements`: how many items can be attuned.
    Attunements,
    /// `rerolls`: how many dice of one damage roll may be thrown again.
    Rerolls,
}

impl Path {
    /// The bit of this path's kind, whatever its part, in a set of kinds.
    #[must_use]
    pub const fn bit(self) -> u64 {
        let number = match self {
            Self::Ac => 0,
            Self::AcBase => 1,
            Self::HpMax => 2,
            Self::Initiative => 3,
            Self::Attack => 4,
            Self::Attacked => 5,
            Self::Damage => 6,
            Self::DamageTaken => 7,
            Self::CritFrom => 8,
            Self::CritDice => 9,
            Self::Save(_) => 10,
            Self::DeathSave => 11,
            Self::Concentration => 12,
            Self::Check(_) => 13,
            Self::Skill(_) => 14,
            Self::Passive(_) => 15,
            Self::Score(_) => 16,
            Self::Speed(_) => 17,
            Self::Jump => 18,
            Self::Dc => 19,
            Self::Resist(_) => 20,
            Self::Immune(_) => 21,
            Self::Vulnerable(_) => 22,
            Self::ConditionImmune(_) => 23,
            Self::Sense(_) => 24,
            Self::Reach => 25,
            Self::Attacks => 26,
            Self::Actions => 27,
            Self::BonusActions => 28,
            Self::Reactions => 29,
            Self::Healing => 30,
            Self::HealingDone => 31,
            Self::Carry => 32,
            Self::Size => 33,
            Self::UnarmedDie => 34,
            Self::Proficiency(_) => 35,
            Self::Expertise(_) => 36,
            Self::Language(_) => 37,
            Self::State(_) => 38,
            Self::Attunements => 39,
            Self::Absorb(_) => 40,
            Self::Rerolls => 41,
        };
        1 << number
    }
}

/// Paths of one word and their words.
const PLAIN: [(&str, Path); 33] = [
    ("ac", Path::Ac),
    ("ac.base", Path::AcBase),
    ("hp_max", Path::HpMax),
    ("initiative", Path::Initiative),
    ("attack", Path::Attack),
    ("attacked", Path::Attacked),
    ("damage", Path::Damage),
    ("damage_taken", Path::DamageTaken),
    ("crit_from", Path::CritFrom),
    ("crit_dice", Path::CritDice),
    ("save", Path::Save(None)),
    ("death_save", Path::DeathSave),
    ("concentration", Path::Concentration),
    ("check", Path::Check(None)),
    ("speed", Path::Speed(None)),
    ("jump", Path::Jump),
    ("dc", Path::Dc),
    ("resist", Path::Resist(None)),
    ("immune", Path::Immune(None)),
    ("vulnerable", Path::Vulnerable(None)),
    ("reach", Path::Reach),
    ("attacks", Path::Attacks),
    ("actions", Path::Actions),
    ("bonus_actions", Path::BonusActions),
    ("reactions", Path::Reactions),
    ("healing", Path::Healing),
    ("healing_done", Path::HealingDone),
    ("carry", Path::Carry),
    ("size", Path::Size),
    ("unarmed_die", Path::UnarmedDie),
    ("attunements", Path::Attunements),
    ("rerolls", Path::Rerolls),
    ("death_saves", Path::DeathSave),
];

impl FromStr for Path {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, path)) = PLAIN.iter().find(|(word, _)| *word == text) {
            return Ok(*path);
        }
        let parted = text.split_once('.').and_then(|(head, part)| {
            Some(match head {
                "save" => Self::Save(Some(part.parse().ok()?)),
                "check" => Self::Check(Some(part.parse().ok()?)),
                "skill" => Self::Skill(Skill::from_word(part)?),
                "passive" => Self::Passive(Skill::from_word(part)?),
                "score" => Self::Score(part.parse().ok()?),
                "speed" => Self::Speed(Some(Movement::from_word(part)?)),
                "resist" => Self::Resist(Some(DamageType::from_word(part)?)),
                "immune" => Self::Immune(Some(DamageType::from_word(part)?)),
                "vulnerable" => Self::Vulnerable(Some(DamageType::from_word(part)?)),
                "absorb" => Self::Absorb(DamageType::from_word(part)?),
                "condition_immune" => Self::ConditionImmune(Id::new(part).ok()?),
                "sense" => Self::Sense(Sense::from_word(part)?),
                "proficiency" => Self::Proficiency(Id::new(part).ok()?),
                "expertise" => Self::Expertise(Skill::from_word(part)?),
                "language" => Self::Language(Id::new(part).ok()?),
                "state" => Self::State(State::from_word(part)?),
                _ => return None,
            })
        });
        parted.ok_or_else(|| {
            format!(
                "nothing is called `{}`; see the guide for all paths",
                text.chars().take(60).collect::<String>()
            )
        })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((word, _)) = PLAIN.iter().find(|(_, path)| path == self) {
            return f.write_str(word);
        }
        match self {
            Self::Save(Some(ability)) => write!(f, "save.{}", ability.short()),
            Self::Check(Some(ability)) => write!(f, "check.{}", ability.short()),
            Self::Skill(skill) => write!(f, "skill.{}", skill.word()),
            Self::Passive(skill) => write!(f, "passive.{}", skill.word()),
            Self::Score(ability) => write!(f, "score.{}", ability.short()),
            Self::Speed(Some(movement)) => write!(f, "speed.{}", movement.word()),
            Self::Resist(Some(kind)) => write!(f, "resist.{}", kind.word()),
            Self::Immune(Some(kind)) => write!(f, "immune.{}", kind.word()),
            Self::Vulnerable(Some(kind)) => write!(f, "vulnerable.{}", kind.word()),
            Self::Absorb(kind) => write!(f, "absorb.{}", kind.word()),
            Self::ConditionImmune(id) => write!(f, "condition_immune.{id}"),
            Self::Sense(sense) => write!(f, "sense.{}", sense.word()),
            Self::Proficiency(id) => write!(f, "proficiency.{id}"),
            Self::Expertise(skill) => write!(f, "expertise.{}", skill.word()),
            Self::Language(id) => write!(f, "language.{id}"),
            Self::State(state) => write!(f, "state.{}", state.word()),
            _ => Ok(()),
        }
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "authoring")]
impl schemars::JsonSchema for Path {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Path".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "What a modifier changes.",
            "examples": ["ac", "attack", "save.dex", "skill.stealth", "speed.fly", "resist.fire", "state.invisible"],
        })
    }
}
