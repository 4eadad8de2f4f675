//! The 5E-compatible rules as pure maths and data.
//!
//! Nothing here reads a clock, draws a random number of its own or does IO: dice are handed in, so the same dice give
//! the same outcome on every machine, and a rule can't fail for reasons outside the rules.
//!
//! # Notice
//!
//! [`ATTRIBUTION`] goes with whatever shows the content. Facts and figures are the source's; the wording and the code are
//! our own. The source's section is named beside each table.

mod ability;
mod armor_class;
mod attack_odds;
mod attribution;
pub mod census;
mod challenge;
pub mod character;
mod class_powers;
pub mod combat;
mod concentration;
pub mod content;
mod cover;
mod creature;
mod d20_test;
mod damage_taken;
mod death;
mod dice;
mod encounter_budget;
mod exhaustion;
mod experience;
pub mod explain;
mod hazards;
mod hit_points;
mod id;
pub mod language;
mod movement;
mod peril;
mod race;
mod rest;
pub mod ruleset;
mod score_generation;
mod size;
mod spell_slots;
mod time_span;
pub mod vocabulary;
mod weapon_attack;

pub use ability::{Ability, AbilityScores, NoSuchAbility, modifier};
pub use armor_class::{ArmorFormula, DexterityShare, best_armor_class};
pub use attack_odds::{HitChance, dice_mean, expected_damage, hit_chance};
pub use attribution::ATTRIBUTION;
pub use challenge::{ChallengeRating, NotAChallenge};
pub use class_powers::{
    breath_weapon_dice, cantrip_dice, divine_smite_dice, prepared_spells, slot_conversion_points,
    slot_creation_cost,
};
pub use concentration::concentration_dc;
pub use cover::{Cover, NoSuchCover};
pub use creature::CreatureKind;
pub use d20_test::{NoSuchMode, RollMode, Training, passive_score, success_chance};
pub use damage_taken::Defense;
pub use death::{DeathSaves, DeathState, death_saves};
pub use dice::{
    CounterDice, Dice, DiceError, Expression, ExpressionError, Fate, Odds, Purpose, Summand, Throw,
    ThrownDie, ThrownTerm, roll,
};
pub use encounter_budget::{Difficulty, budget_per_character, difficulty_of, encounter_budget};
pub use exhaustion::{EXHAUSTION_MAX, Exhaustion, ExhaustionEffect, exhaustion};
pub use experience::{
    LEVEL_MAX, experience_for_level, level_for_experience, proficiency_bonus, share_of_award,
};
pub use hazards::{breath_seconds, days_without_food, fall_damage_dice, forced_march_dc, suffocation_rounds};
pub use hit_points::{HitPoints, fixed_gain, fixed_maximum, is_massive_damage, level_gain, monster_hit_die};
pub(crate) use id::Word;
pub use id::{Id, IdError};
pub use movement::{
    Feet, ROUND_TICKS, TICK_HZ, attack_interval_ticks, high_jump_half_feet, long_jump_half_feet,
    stand_up_cost, ticks_per_round,
};
pub use peril::{Peril, crowd_tenths, daily_budget, peril_of, peril_thresholds};
pub use race::Race;
pub use rest::hit_dice_regained;
pub use ruleset::Ruleset;
pub use score_generation::{
    POINT_BUY_BUDGET, POINT_BUY_RANGE, STANDARD_ARRAY, ScoresRefused, check_point_buy, check_standard_array,
    point_buy_cost, roll_scores,
};
pub use size::{Burden, Carrying, NoSuchSize, Size};
pub use spell_slots::{CasterProgress, PactMagic, Slots, pact_magic, spell_slots};
pub use time_span::{NotATimeSpan, TimeSpan};
pub use weapon_attack::{WeaponGrip, attack_ability, attack_bonus, off_hand_damage_bonus, save_dc};
