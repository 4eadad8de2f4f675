//! What an expression can ask about.

use crate::{
    Ability, Id,
    vocabulary::{CreatureType, DamageType, School, Skill, State, words},
};

/// Whom a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The creature that acts, or that bears the effect. The one meant where none is named.
    Own,
    /// The creature that is acted upon, or the other party of the event.
    Target,
    /// The creature that an effect comes from.
    Source,
}

/// A number about a creature or about what is going on, written `@name`, `@target.name` or `@source.name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// `@level`: character level; of a monster, its caster level, or 0.
    Level,
    /// `@level.<class>`: level in one class.
    LevelIn(Id),
    /// `@class_level`: level in the class that the feature belongs to.
    ClassLevel,
    /// `@pb`: proficiency bonus.
    ProficiencyBonus,
    /// `@cr`: challenge rating in whole numbers, fractions being 0.
    Challenge,
    /// `@score.str`: ability score.
    Score(Ability),
    /// `@own.str`: ability score without what features and items add.
    OwnScore(Ability),
    /// `@mod.str`: ability modifier.
    Modifier(Ability),
    /// `@mod.spell`: modifier of the ability that spells are cast with.
    CastingModifier,
    /// `@save.str`: bonus of saves.
    SaveBonus(Ability),
    /// `@skill.stealth`: bonus of checks with the skill.
    SkillBonus(Skill),
    /// `@dc`: difficulty of saves against the spell or effect.
    Dc,
    /// `@spell_attack`: bonus of attacks with spells.
    SpellAttack,
    /// `@ac`: armour class.
    ArmorClass,
    /// `@hp`: hit points.
    Hp,
    /// `@max_hp`: most hit points.
    HpMax,
    /// `@temp_hp`: temporary hit points.
    TempHp,
    /// `@hit_dice`: hit dice left; of a monster, all of them.
    HitDice,
    /// `@speed`: walking speed in feet.
    Speed,
    /// `@size`: 0 for tiny to 5 for gargantuan; compare it with the words, as in `@target.size <= large`.
    Size,
    /// `@exhaustion`: levels of exhaustion.
    Exhaustion,
    /// `@resource.<id>`: what is left of a resource.
    Resource(Id),
    /// `@slot`: level of the slot that the spell is cast with.
    Slot,
    /// `@spell_level`: level of the spell itself.
    SpellLevel,
    /// `@amount`: damage dealt or healed in the event, or feet moved.
    Amount,
    /// `@roll`: what the d20 shows.
    Roll,
    /// `@total`: the roll with all that is added.
    Total,
    /// `@cast_level`: level of the spell in the event.
    CastLevel,
    /// `@distance`: feet between the two.
    Distance,
    /// `@index`: how often the enclosing repetition went round before, from 0.
    Index,
    /// `@count`: how many targets were chosen.
    Count,
    /// `@stacks`: how often the effect lies on its bearer.
    Stacks,
    /// `@rounds`: rounds for which the effect has lasted.
    Rounds,
    /// `@dead_rounds`: rounds since it died.
    DeadRounds,
    /// `@moved`: feet moved straight towards the target in this turn.
    Moved,
    /// `@walk`: walking speed by itself, in feet, whatever slows it.
    Walk,
    /// `@hurt`: hit points lost in this turn.
    Hurt,
    /// `@dealt`: hit points that it has taken in this turn from the creature that the effect comes from.
    Dealt,
}

/// A question with yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// `is(target, prone)`: in this state.
    In(Role, State),
    /// `is(target, undead)`: of this type.
    Of(Role, CreatureType),
    /// `is(target, bloodied)`: so it is between the two.
    Such(Role, Quality),
    /// `is(target, srd:poisoned)`: under this condition or effect, having this feature, or knowing this spell.
    Under(Role, Id),
    /// `tag(target, goblinoid)`: with this tag, on itself or on an effect.
    Tagged(Role, Id),
    /// `attack(melee)`: the attack is so.
    Attack(AttackTrait),
    /// `damage(fire)`: the damage is of this type.
    Damage(DamageType),
    /// `save(wis)`: the save, check or attack uses this ability.
    Uses(Ability),
    /// `skill(stealth)`: the check uses this skill.
    UsesSkill(Skill),
    /// `against(poison)`, `against(srd:charmed)`: the roll is against an effect with this tag or condition. Spells and
    /// magical effects have the tag `magic`, spells also `spell`.
    Against(Id),
    /// `school(evocation)`: the spell is of this school.
    School(School),
    /// `spell(srd:fireball)`: the spell is this one.
    Spell(Id),
    /// `near(ally, target, 5)`: an ally (`enemy`, `anyone`) of ours, other than ourselves and able to act, is within so many feet.
    Near(Quality, Role, u16),
}

words! {
    /// How a creature is, seen from ours.
    Quality {
        Ally = "ally", Enemy = "enemy", Anyone = "anyone", Willing = "willing", Visible = "visible", SeesUs = "sees_us",
        Bloodied = "bloodied", Unhurt = "unhurt", Dying = "dying", Alive = "alive", Concentrating = "concentrating", Armored = "armored",
        LightArmor = "light_armor", MediumArmor = "medium_armor", HeavyArmor = "heavy_armor", Shielded = "shielded",
        FreeHand = "free_hand", Bright = "bright", Dim = "dim", Dark = "dark", Sunlit = "sunlit", Obscured = "obscured",
        OnGround = "on_ground", InWater = "in_water", Summoned = "summoned", Shapechanged = "shapechanged", Shapechanger = "shapechanger", HasActed = "has_acted",
        Understands = "understands", Hears = "hears", Metal = "metal", Corporeal = "corporeal", Spellcaster = "spellcaster",
        TheSource = "the_source", OwnTurn = "own_turn", FirstTurn = "first_turn", OneSelf = "oneself",
        ProficientCheck = "proficient_check", MagicArmor = "magic_armor", MetalArmor = "metal_armor",
    }
}

words! {
    /// How an attack is made, and with what.
    AttackTrait {
        Melee = "melee", Ranged = "ranged", Weapon = "weapon", Spell = "spell", Unarmed = "unarmed", Natural = "natural",
        Magical = "magical", Silvered = "silvered", Adamantine = "adamantine", ColdIron = "cold_iron",
        Finesse = "finesse", Light = "light", Heavy = "heavy", TwoHanded = "two_handed", Versatile = "versatile", Thrown = "thrown",
        Reach = "reach", Special = "special", Ammunition = "ammunition", Loading = "loading", Monk = "monk", Simple = "simple", Martial = "martial",
        Strength = "strength", Dexterity = "dexterity", OffHand = "off_hand", OneHanded = "one_handed", Opportunity = "opportunity",
        Advantage = "advantage", Disadvantage = "disadvantage", Critical = "critical", Natural20 = "natural_20", Natural1 = "natural_1",
        Hit = "hit", Missed = "missed", Proficient = "proficient",
        // As good under water as above.
        Aquatic = "aquatic",
        // With the very weapon that the effect belongs to.
        ThisItem = "this_item",
    }
}
