//! The closed lists of words by which fights are ordered and told. Spells, actions and effects are named by their ids in the
//! rules' content instead, such as `srd:fireball`, since the content grows.

use crate::declare::wire_enum;

wire_enum! {
    /// What an attack is made with.
    pub enum AttackWith: u8 {
        /// Whatever does most damage to the target from where the character stands.
        Best = 1,
        /// The weapon whose number is given.
        Held = 2,
        /// The bare body.
        Unarmed = 3,
    }
}

wire_enum! {
    /// What everybody can do in a fight.
    pub enum Act: u8 {
        /// Go twice as far in this turn.
        Dash = 1,
        /// Give no opportunity for attacks by walking away.
        Disengage = 2,
        /// Be hard to hit until the next turn.
        Dodge = 3,
        /// Give an ally's next roll advantage. Needs a target.
        Help = 4,
        /// Try not to be noticed.
        Hide = 5,
        /// Look out for what is hidden.
        Search = 6,
        /// Hold somebody fast. Needs a target.
        Grapple = 7,
        /// Push somebody five feet away. Needs a target.
        ShoveAway = 8,
        /// Throw somebody to the ground. Needs a target.
        ShoveProne = 9,
        /// Break free of whoever holds the character.
        Escape = 10,
        /// Rise from the ground, for half of the turn's movement.
        StandUp = 11,
        /// Lie down.
        DropProne = 12,
        /// Keep somebody who is dying from it. Needs a target within 5 feet.
        Stabilise = 13,
        /// Let go of the spell that is concentrated on.
        EndConcentration = 14,
        /// Get onto somebody who carries. Needs a target.
        Mount = 15,
    }
}

wire_enum! {
    /// Why an order was refused, or can't be carried out any more.
    pub enum OrderRefusal: u8 {
        /// The character can't fight here, or is not in the world any more.
        NotHere = 1,
        /// No such target is in the region.
        UnknownTarget = 2,
        /// The target is too far away; the reason tells how far, and how far one reaches.
        OutOfRange = 3,
        /// The target is behind too much cover.
        Covered = 4,
        /// The target can't be chosen for this.
        WrongTarget = 5,
        /// More targets than it has.
        TooManyTargets = 6,
        /// It needs a target.
        NoTarget = 7,
        /// It needs a point, or another one.
        NoPoint = 8,
        /// No way leads there.
        NoWay = 9,
        /// The character is down, held, silenced or the like.
        CannotAct = 10,
        /// No action, reaction or movement is left for it in this turn.
        NoAction = 11,
        /// No slot of that level is left, or it is too low for the spell.
        NoSlot = 12,
        /// Nothing is left of it until a rest.
        Spent = 13,
        /// The character knows no such spell or action, or holds no such weapon.
        Unknown = 14,
        /// It doesn't go with what was done before, or takes longer than a fight leaves.
        NotNow = 15,
        /// The character lives: only the dead are released.
        Alive = 16,
        /// It belongs to somebody else, for some time yet; the reason tells how long.
        NotYours = 17,
    }
}

wire_enum! {
    /// How an attack ended.
    pub enum AttackOutcome: u8 {
        /// It missed.
        Miss = 1,
        /// It hit.
        Hit = 2,
        /// It hit critically.
        Critical = 3,
    }
}

wire_enum! {
    /// What kind of harm was done.
    pub enum DamageType: u8 {
        /// Acid.
        Acid = 1,
        /// By something blunt.
        Bludgeoning = 2,
        /// Cold.
        Cold = 3,
        /// Fire.
        Fire = 4,
        /// Magical force.
        Force = 5,
        /// Lightning.
        Lightning = 6,
        /// Withering.
        Necrotic = 7,
        /// By something pointed.
        Piercing = 8,
        /// Poison.
        Poison = 9,
        /// Of the mind.
        Psychic = 10,
        /// Searing light.
        Radiant = 11,
        /// By something edged.
        Slashing = 12,
        /// Thunder.
        Thunder = 13,
    }
}

wire_enum! {
    /// An ability, by which saves are made.
    pub enum Ability: u8 {
        /// Strength.
        Strength = 1,
        /// Dexterity.
        Dexterity = 2,
        /// Constitution.
        Constitution = 3,
        /// Intelligence.
        Intelligence = 4,
        /// Wisdom.
        Wisdom = 5,
        /// Charisma.
        Charisma = 6,
    }
}

wire_enum! {
    /// A condition that all can see. Its number is the place of its bit among an entity's conditions, from 0 for the lowest.
    pub enum Condition: u8 {
        /// Sees nothing.
        Blinded = 0,
        /// Is fond of somebody.
        Charmed = 1,
        /// Hears nothing.
        Deafened = 2,
        /// Fears somebody.
        Frightened = 3,
        /// Is held by somebody.
        Grappled = 4,
        /// Can do nothing.
        Incapacitated = 5,
        /// Can't be seen.
        Invisible = 6,
        /// Can't move at all.
        Paralyzed = 7,
        /// Is of stone.
        Petrified = 8,
        /// Is poisoned.
        Poisoned = 9,
        /// Lies on the ground.
        Prone = 10,
        /// Is caught fast.
        Restrained = 11,
        /// Staggers.
        Stunned = 12,
        /// Is not awake.
        Unconscious = 13,
        /// Dodges.
        Dodging = 14,
        /// Is caught unawares.
        Surprised = 15,
    }
}

impl Condition {
    /// Its bit among an entity's conditions.
    #[must_use]
    pub const fn bit(self) -> u32 {
        1 << self.number()
    }
}
