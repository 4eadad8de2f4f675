//! What sets something off.

use serde::{Deserialize, Serialize};

use crate::vocabulary::words;

use super::{Cost, Node, expr::Expr};

/// Does something when something happens to the bearer or around it.
///
/// A trigger that costs a reaction is an interrupt: it is put to the bearer's policy, and what set it off waits for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// The event.
    pub on: Event,
    /// Only if this holds. `target` is the other party of the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// How often at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once_per: Option<Frequency>,
    /// What the bearer spends on it. Free and forced, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// The bearer may also leave it, though it costs nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// What happens. `self` is the bearer, `target` the other party, `source` the creature that the effect comes from.
    #[serde(rename = "do")]
    pub then: Vec<Node>,
}

words! {
    /// Something that happens to the bearer of a trigger, or that it does.
    Event {
        // Attacks. `target` is the one attacked, or the attacker.
        Attacks = "attacks", Hits = "hits", Misses = "misses", Crits = "crits",
        Attacked = "attacked", IsHit = "is_hit", IsMissed = "is_missed", IsCrit = "is_crit",
        // Harm and healing. `@amount` is how much.
        // `struck` is also told where nothing of the damage comes through; `@amount` is then what was dealt.
        // `affects`: it does anything to somebody else, be it harm, help, or a save that succeeds.
        DealsDamage = "deals_damage", Affects = "affects", Struck = "struck", Damaged = "damaged", Healed = "healed", DropsTo0 = "drops_to_0",
        Kills = "kills", Dies = "dies",
        // Rolls of the bearer.
        RollsSave = "rolls_save", FailsSave = "fails_save", Saves = "saves", RollsCheck = "rolls_check", RollsInitiative = "rolls_initiative",
        // Others' rolls in sight.
        AllyAttacked = "ally_attacked", AllyRolls = "ally_rolls", EnemyRolls = "enemy_rolls",
        // Spells. `@cast_level` is the level of the spell.
        Casts = "casts", SeesCast = "sees_cast", Targeted = "targeted", ConcentrationEnds = "concentration_ends",
        // Turns and movement.
        TurnStart = "turn_start", TurnEnd = "turn_end", NearTurnStart = "near_turn_start", Moves = "moves",
        LeavesReach = "leaves_reach", EntersReach = "enters_reach", TakesAction = "takes_action", Falls = "falls",
        // Zones, for the creature in them.
        EntersZone = "enters_zone", ZoneTurnStart = "zone_turn_start", ZoneTurnEnd = "zone_turn_end", LeavesZone = "leaves_zone",
        // The effect itself.
        Applied = "applied", Ends = "ends", Used = "used",
        // Time.
        ShortRest = "short_rest", LongRest = "long_rest", Dawn = "dawn", EachMinute = "each_minute", EachHour = "each_hour", EachDay = "each_day",
    }
}

impl Event {
    /// The bit of this event in a set of events.
    #[must_use]
    pub const fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// How often something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Once in each turn of anybody.
    Turn,
    /// Once until the bearer's next turn begins.
    Round,
    /// Once until the next short or long rest.
    ShortRest,
    /// Once until the next long rest.
    LongRest,
    /// Once ever, then the effect is used up.
    Ever,
}
