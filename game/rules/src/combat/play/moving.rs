//! Movement: by force, by magic, and on one's own legs.

use grid::Position;

use crate::language::expr::Luck;
use crate::language::{Event, Move, MoveHow};
use crate::vocabulary::{Movement, State};

use super::{Context, EventFacts, Play};
use crate::combat::{Handle, Happening, Refusal, Space};

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Moves somebody as a step tells.
    pub(super) fn move_by(&mut self, context: Context<'c>, moved: &'c Move) {
        let who = context.role(moved.who);
        let feet = match &moved.feet {
            Some(feet) => self.roll(context, feet).clamp(0, i32::from(u16::MAX)) as u16,
            None => u16::MAX,
        };
        // Who bears an effect that moves it is moved by whoever laid it there, unless somebody else is in it.
        let from = match (who == context.own, context.target == who) {
            (true, true) => context.source,
            (true, false) => context.target,
            (false, _) => context.own,
        };
        match moved.how {
            MoveHow::Fall => {
                let feet = match moved.feet {
                    Some(_) => feet,
                    None => self.space.shift(who, MoveHow::Fall, from, None, feet),
                };
                self.fall(who, feet);
                return;
            }
            MoveHow::Banish => {
                self.banish(who);
                return;
            }
            _ => {}
        }
        if let (MoveHow::Teleport, Some(to)) = (moved.how, context.point)
            && !self.slips_through(who, to)
        {
            return;
        }
        let went = self.space.shift(who, moved.how, from, context.point, feet);
        self.emit(Happening::Moved { who, how: moved.how, feet: went });
        self.affects(context.own, who);
        self.moved_by(who, went);
    }

    /// Out of this world, or back to where it left.
    pub(super) fn banish(&mut self, who: Handle) {
        let at = self.space.position(who);
        let Some(creature) = self.arena.get_mut(who) else { return };
        match creature.away_from.take() {
            Some(left) => self.space.place(who, left),
            None => {
                creature.away_from = Some(at);
                self.space.lift_out(who);
            }
        }
        self.emit(Happening::Moved { who, how: MoveHow::Banish, feet: 0 });
        self.meet_zones(who);
    }

    /// Whoever drives the play calls this after a creature has changed its place by itself, by a space of five feet.
    pub fn moved(&mut self, who: Handle) {
        self.moved_by(who, 5);
    }

    /// What lay on a creature before it moved is told first: the way into a zone is not yet a way through it.
    fn moved_by(&mut self, who: Handle, feet: u16) {
        self.fire(
            Event::Moves,
            who,
            who,
            &EventFacts { amount: i32::from(feet), ..EventFacts::default() },
            0,
        );
        self.meet_zones(who);
    }

    /// A creature walks so many feet to a point: it pays with its movement, and enemies whose reach it leaves may strike.
    pub fn walk(&mut self, who: Handle, to: Position, feet: u16, is_difficult: bool) -> Result<(), Refusal> {
        let context = self.arena.own_context(
            who,
            self.arena.get(who).ok_or(Refusal::Absent)?.sheet.id.unwrap_or_else(super::harm::unnamed),
        );
        let creature = self.arena.get(who).ok_or(Refusal::Absent)?;
        if !creature.is_up() || creature.is(State::NoMovement) {
            return Err(Refusal::CannotAct);
        }
        // Crawling and difficult ground cost a foot more each.
        let hard = is_difficult && !creature.is(State::IgnoresDifficult);
        let factor = 1 + u16::from(hard) + u16::from(creature.is(State::Prone));
        let needed = feet.saturating_mul(factor);
        let left = creature.economy.movement;
        let speed = self.arena.speed(who, Movement::Walk, &self.scene(&context));
        let left = if speed == 0 { 0 } else { left };
        if needed > left {
            return Err(Refusal::NoMovement { left, needed });
        }
        if self.is_barred(who, to) {
            return Err(Refusal::Barred);
        }
        let spared = creature.is(State::Disengaged) || creature.is(State::NoOpportunity);
        if !spared {
            self.provoke(who, to);
        }
        let Some(creature) = self.arena.get_mut(who) else { return Err(Refusal::Absent) };
        if !creature.is_up() {
            return Err(Refusal::CannotAct);
        }
        creature.economy.movement -= needed;
        creature.economy.moved = creature.economy.moved.saturating_add(feet);
        let went = self.space.shift(who, MoveHow::Walk, who, Some(to), feet);
        self.emit(Happening::Moved { who, how: MoveHow::Walk, feet: went });
        self.moved_by(who, went);
        Ok(())
    }

    /// Enemies whose reach is left strike with their reaction, before it is left.
    pub(super) fn provoke(&mut self, who: Handle, to: Position) {
        let Some(side) = self.arena.get(who).map(|creature| creature.side) else { return };
        let start = self.arena.scratch.found.len();
        let at = self.space.position(who);
        self.space.within(&crate::combat::Volume::Sphere { at, radius: 20 }, &mut self.arena.scratch.found);
        let end = self.arena.scratch.found.len();
        self.each((start, end), |play, _, enemy| {
            let Some(creature) = play.arena.get(enemy) else { return };
            let willing = creature.side != side
                && creature.can_react()
                && creature.policy != crate::combat::Policy::Never
                && play.arena.sees(play.space, enemy, who);
            if !willing {
                return;
            }
            let reach = play.reach_of(enemy);
            let stays =
                crate::combat::Volume::Sphere { at: play.space.position(enemy), radius: reach }.holds(to);
            if play.space.distance(enemy, who) <= reach && !stays {
                play.strike_in_passing(enemy, who);
            }
        });
    }

    /// An opportunity attack with the first melee attack at hand.
    pub(super) fn strike_in_passing(&mut self, who: Handle, target: Handle) {
        let Some(creature) = self.arena.get_mut(who) else { return };
        creature.economy.reactions = creature.economy.reactions.saturating_sub(1);
        self.emit(Happening::Reacted { who });
        self.melee(who, target);
    }

    /// How far a creature's melee attacks reach, in feet.
    pub(super) fn reach_of(&self, who: Handle) -> u16 {
        let Some(creature) = self.arena.get(who) else { return 5 };
        let natural = creature.actions.iter().find_map(|action| melee_of(&action.then)).unwrap_or(5);
        let armed = creature
            .weapons
            .iter()
            .any(|weapon| weapon.traits & crate::language::expr::AttackTrait::Reach.bit() != 0);
        natural.max(if armed { 10 } else { 5 })
    }

    /// A creature falls: a d6 for each ten feet, and it lies prone.
    pub fn fall(&mut self, who: Handle, feet: u16) {
        let Some(creature) = self.arena.get(who) else { return };
        if creature.is(State::FallsSlowly) {
            return;
        }
        let id = creature.sheet.id.unwrap_or_else(super::harm::unnamed);
        self.fire(
            Event::Falls,
            who,
            who,
            &EventFacts { amount: i32::from(feet), ..EventFacts::default() },
            0,
        );
        if self.arena.get(who).is_some_and(|creature| creature.is(State::FallsSlowly)) {
            return;
        }
        self.space.shift(who, MoveHow::Fall, who, None, feet);
        self.emit(Happening::Moved { who, how: MoveHow::Fall, feet });
        let dice = crate::fall_damage_dice(u32::from(feet));
        let amount: i32 = (0..dice).map(|_| self.luck.die(6) as i32).sum();
        if amount > 0 {
            let context = self.arena.own_context(who, id);
            self.gather_plain(crate::vocabulary::DamageType::Bludgeoning, amount, who);
            self.land(&context);
            self.fall_prone(who);
        }
        self.moved(who);
    }
}

/// Reach of the first melee attack in steps.
fn melee_of(nodes: &[crate::language::Node]) -> Option<u16> {
    nodes.iter().find_map(|node| match node {
        crate::language::Node::Attack(attack)
            if matches!(
                attack.kind,
                crate::language::AttackKind::MeleeWeapon | crate::language::AttackKind::MeleeSpell
            ) =>
        {
            Some(attack.reach.unwrap_or(5))
        }
        _ => None,
    })
}
