//! One step of what happens.

use serde::{Deserialize, Serialize};

use crate::Id;

use super::{
    Adjust, Apply, Area, Attack, Cast, Check, Choose, Contest, Damage, Dispel, Fact, Grant, Heal, If,
    Illumination, Move, Remove, Repeat, Reveal, Save, Select, Spend, Summon, TempHp, Transform, Wall, Zone,
};

/// One step of what happens. Steps of a list happen one after the other, each to the target of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Rolls to hit the target.
    Attack(Box<Attack>),
    /// The target makes a saving throw.
    Save(Box<Save>),
    /// Somebody makes an ability check.
    Check(Box<Check>),
    /// User and target make opposed checks.
    Contest(Box<Contest>),
    /// Harms. Damage steps that follow each other are one blow.
    Damage(Box<Damage>),
    /// Restores hit points.
    Heal(Box<Heal>),
    /// Gives temporary hit points.
    TempHp(Box<TempHp>),
    /// Lays an effect on somebody.
    Apply(Box<Apply>),
    /// Takes effects off somebody.
    Remove(Box<Remove>),
    /// Reaches every creature in a volume.
    Area(Box<Area>),
    /// Chooses creatures anew and reaches them.
    Select(Box<Select>),
    /// Does something several times.
    Repeat(Box<Repeat>),
    /// Does one thing or another.
    If(Box<If>),
    /// Somebody chooses what happens.
    Choose(Box<Choose>),
    /// Moves somebody.
    Move(Box<Move>),
    /// Calls creatures.
    Summon(Box<Summon>),
    /// Gives somebody another form.
    Transform(Box<Transform>),
    /// Spends or restores a resource, slots or hit dice.
    Resource(Box<Spend>),
    /// Uses an action of the user by its id, without paying for it.
    Use(Id),
    /// Casts a spell.
    Cast(Box<Cast>),
    /// Changes the roll, the damage or the healing that waits for this interrupt.
    Adjust(Box<Adjust>),
    /// Undoes what waits for this interrupt: the spell is lost, the attack misses.
    Cancel,
    /// Ends spells on the target.
    Dispel(Box<Dispel>),
    /// Fills a volume with something lasting.
    Zone(Box<Zone>),
    /// Raises a wall.
    Wall(Box<Wall>),
    /// Sheds light, or darkness.
    Light(Box<Illumination>),
    /// Makes something known.
    Reveal(Box<Reveal>),
    /// Hands over items or grants something.
    Grant(Box<Grant>),
    /// Ends the effect that this step belongs to.
    End,
    /// Ends the spell of whoever this comes from, as losing the concentration does.
    EndSpell,
    /// Kills the target outright, without damage.
    Kill,
    /// Brings the dead target back.
    Revive(Box<Heal>),
    /// The target stops dying.
    Stabilise,
    /// Changes a fact about somebody for good: exhaustion, age, size of a pool.
    Change(Box<Fact>),
    /// Something that only people can play out, in our own words.
    Narrative(String),
    /// A piece of Rust, by its name.
    Script(String),
}
