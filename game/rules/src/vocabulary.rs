//! The words that rules and content share: damage types, sizes, skills and the like.
//!
//! Source: SRD 5.1. Each list is closed, because the mechanics know its members.

use crate::Ability;
pub use crate::Size;

/// Declares a closed list of words with their spelling in content, which is also how people read them.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the words say it all")]
        pub enum $name { $(#[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as content spells it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The member that content spells so.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.word().replace('_', " "))
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What kind of harm is done. Source: SRD 5.1, "Damage Types".
    DamageType {
        Acid = "acid", Bludgeoning = "bludgeoning", Cold = "cold", Fire = "fire", Force = "force",
        Lightning = "lightning", Necrotic = "necrotic", Piercing = "piercing", Poison = "poison",
        Psychic = "psychic", Radiant = "radiant", Slashing = "slashing", Thunder = "thunder",
    }
}

words! {
    /// What a creature is. Source: SRD 5.1, "Monsters", "Type".
    CreatureType {
        Aberration = "aberration", Beast = "beast", Celestial = "celestial", Construct = "construct",
        Dragon = "dragon", Elemental = "elemental", Fey = "fey", Fiend = "fiend", Giant = "giant",
        Humanoid = "humanoid", Monstrosity = "monstrosity", Ooze = "ooze", Plant = "plant", Undead = "undead",
    }
}

words! {
    /// The school of magic of a spell. Source: SRD 5.1, "The Schools of Magic".
    School {
        Abjuration = "abjuration", Conjuration = "conjuration", Divination = "divination",
        Enchantment = "enchantment", Evocation = "evocation", Illusion = "illusion",
        Necromancy = "necromancy", Transmutation = "transmutation",
    }
}

words! {
    /// A skill. Source: SRD 5.1, "Skills".
    Skill {
        Acrobatics = "acrobatics", AnimalHandling = "animal_handling", Arcana = "arcana", Athletics = "athletics",
        Deception = "deception", History = "history", Insight = "insight", Intimidation = "intimidation",
        Investigation = "investigation", Medicine = "medicine", Nature = "nature", Perception = "perception",
        Performance = "performance", Persuasion = "persuasion", Religion = "religion",
        SleightOfHand = "sleight_of_hand", Stealth = "stealth", Survival = "survival",
    }
}

impl Skill {
    /// The ability that the skill goes with unless the situation asks for another.
    #[must_use]
    pub const fn ability(self) -> Ability {
        match self {
            Self::Athletics => Ability::Strength,
            Self::Acrobatics | Self::SleightOfHand | Self::Stealth => Ability::Dexterity,
            Self::Arcana | Self::History | Self::Investigation | Self::Nature | Self::Religion => {
                Ability::Intelligence
            }
            Self::AnimalHandling | Self::Insight | Self::Medicine | Self::Perception | Self::Survival => {
                Ability::Wisdom
            }
            Self::Deception | Self::Intimidation | Self::Performance | Self::Persuasion => Ability::Charisma,
        }
    }
}

words! {
    /// A way to get about. Source: SRD 5.1, "Speed" and "Special Types of Movement".
    Movement { Walk = "walk", Burrow = "burrow", Climb = "climb", Fly = "fly", Swim = "swim" }
}

words! {
    /// A way to perceive beyond what eyes do in light. Source: SRD 5.1, "Senses".
    Sense {
        Blindsight = "blindsight", Darkvision = "darkvision", Tremorsense = "tremorsense",
        Truesight = "truesight",
    }
}

words! {
    /// How well lit a place is. Source: SRD 5.1, "Vision and Light".
    Light { Dark = "dark", Dim = "dim", Bright = "bright" }
}

words! {
    /// How rare a magic item is. Source: SRD 5.1, "Magic Items".
    Rarity {
        Common = "common", Uncommon = "uncommon", Rare = "rare", VeryRare = "very_rare",
        Legendary = "legendary", Artifact = "artifact", Varies = "varies",
    }
}

words! {
    /// A state that the mechanics ask about. Conditions and features put creatures in it; `grant` it by a modifier.
    State {
        // What a creature can't do.
        Incapacitated = "incapacitated", NoActions = "no_actions", NoBonusActions = "no_bonus_actions",
        NoReactions = "no_reactions", NoMovement = "no_movement", NoSpeech = "no_speech", NoSight = "no_sight",
        NoHearing = "no_hearing", NoSpells = "no_spells", NoHealing = "no_healing", NoConcentration = "no_concentration",
        NoHands = "no_hands", NoRest = "no_rest", Trance = "trance",
        // How it is.
        Unconscious = "unconscious", Prone = "prone", Surprised = "surprised", Invisible = "invisible",
        Hidden = "hidden", Ethereal = "ethereal", Flying = "flying", Hovering = "hovering", Underwater = "underwater",
        Mounted = "mounted", Swarm = "swarm", Object = "object", Dead = "dead", Stable = "stable",
        Disengaged = "disengaged", Dodging = "dodging", Grappled = "grappled", Restrained = "restrained",
        Charmed = "charmed", Frightened = "frightened", Raging = "raging", Antimagic = "antimagic",
        // What it is spared.
        Evasion = "evasion", NoOpportunity = "no_opportunity", IgnoresDifficult = "ignores_difficult",
        SpiderClimb = "spider_climb", WaterWalk = "water_walk", WaterBreathing = "water_breathing",
        Incorporeal = "incorporeal", SeesInvisible = "sees_invisible", SeesInMagicalDarkness = "sees_in_magical_darkness",
        NoSleep = "no_sleep", NoBreath = "no_breath", NoFood = "no_food", NoAging = "no_aging", CantBeSurprised = "cant_be_surprised",
        CantBeTransformed = "cant_be_transformed", CantBeTracked = "cant_be_tracked", CantBeScried = "cant_be_scried",
        HalfWhenSaved = "half_when_saved", TongueOfAll = "tongue_of_all", Telepathy = "telepathy",
        DeathWard = "death_ward", StandsCheaply = "stands_cheaply", NoRangedPenalty = "no_ranged_penalty",
        IgnoresCover = "ignores_cover", IgnoresHalfCover = "ignores_half_cover", NoCriticals = "no_criticals", FallsSlowly = "falls_slowly", FreeDisengage = "free_disengage",
        FreeDash = "free_dash", FreeHide = "free_hide", MagicWeapons = "magic_weapons", SiegeMonster = "siege_monster",
        TwoWeaponFighting = "two_weapon_fighting", RitualCaster = "ritual_caster", Reckless = "reckless",
        BlockedByNothing = "blocked_by_nothing", PowerfulBuild = "powerful_build", NoApproach = "no_approach",
        PassesLarger = "passes_larger", HidesBehindLarger = "hides_behind_larger", FastHands = "fast_hands",
        UnslowedByArmor = "unslowed_by_armor", FightsUnseen = "fights_unseen", MagicFists = "magic_fists",
        UsesAnyMagic = "uses_any_magic", TwoFirstTurns = "two_first_turns",
        // Inside of whoever the effect comes from, out of everybody else's reach.
        Enclosed = "enclosed",
        // How its spells are cast.
        NoComponents = "no_components", SculptsSpells = "sculpts_spells", EldritchSpear = "eldritch_spear",
        CarefulSpell = "careful_spell", DistantSpell = "distant_spell", ExtendedSpell = "extended_spell",
        HeightenedSpell = "heightened_spell", QuickenedSpell = "quickened_spell", TwinnedSpell = "twinned_spell",
    }
}
