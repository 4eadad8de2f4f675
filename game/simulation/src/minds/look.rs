//! Looking about for foes while at peace.

use rules::combat::{Handle, Space};

use super::attention::Watch;
use crate::{
    battle::{Actor, Fray},
    field::{Ground, units_of},
};

/// How far a foe is noticed, in feet.
const NOTICE_FEET: i64 = 60;
/// How far friends hear that a fight begins, in feet.
const CALL_FEET: i64 = 40;
impl Fray<'_> {
    /// Those whose turn it is to look do.
    pub(crate) fn look_about(&mut self) {
        let tick = self.clock.tick;
        if self.battle.attention.is_due(tick) {
            let players = self.battle.players.iter().filter_map(|player| self.field.position(*player));
            self.battle.attention.survey(self.terrain, players.map(grid::Position::cell));
        }
        let mut due = std::mem::take(&mut self.battle.due);
        self.battle.looks.take(tick, &mut due);
        let is_due = |actor: &Actor| actor.mind.as_ref().is_some_and(|mind| mind.look_at == tick);
        due.retain(|who| self.battle.actor(*who).is_some_and(is_due));
        due.sort_unstable_by_key(|who| self.battle.actor(*who).map(|actor| actor.entity));
        for who in due.drain(..) {
            self.look_later(who);
            let at_peace = self.battle.actor(who).is_some_and(|actor| !actor.is_engaged());
            if at_peace
                && self.is_up(who)
                && let Some(foe) = self.notice(who)
            {
                self.start_fight(who, foe);
            }
        }
        self.battle.due = due;
    }

    /// How closely somebody is watched.
    pub(super) fn watch_over(&self, who: Handle) -> Watch {
        let Some(at) = self.field.position(who) else { return Watch::Far };
        self.battle.attention.of(self.terrain, at.cell())
    }

    /// The next look comes the later the farther players are.
    pub(crate) fn look_later(&mut self, who: Handle) {
        let ticks = self.watch_over(who).look_ticks();
        let Some(actor) = self.battle.actors.get_mut(who) else { return };
        // By id, so that those who came together don't look together.
        let spread = actor.entity.uuid().as_u64_pair().1 >> 16;
        let Some(mind) = &mut actor.mind else { return };
        let first = mind.look_at == 0;
        mind.look_at = self.clock.tick + if first { 1 + spread % ticks } else { ticks };
        let at = mind.look_at;
        self.battle.looks.put(at, who);
    }

    /// The nearest foe in sight.
    fn notice(&mut self, who: Handle) -> Option<Handle> {
        let own = self.battle.actor(who)?;
        let (faction, at) = (own.faction, self.field.position(who)?);
        let mut foes: [Option<(u128, Handle)>; 4] = [None; 4];
        let reach = units_of(NOTICE_FEET);
        let battle = &*self.battle;
        self.field.any_about(at, reach, |body| {
            let far = body.position.ground_distance_squared(at);
            let is_foe = far <= (reach * reach) as u128
                && battle.actor(body.handle).is_some_and(|other| {
                    faction.is_hostile_to(other.faction)
                        && battle.arena.get(other.handle).is_some_and(rules::combat::Creature::is_up)
                });
            if is_foe {
                keep_least(&mut foes, (far, body.handle));
            }
            false
        });
        let ground = Ground { field: self.field, terrain: self.terrain };
        foes.into_iter()
            .flatten()
            .map(|(_, foe)| foe)
            .find(|foe| self.battle.arena.sees(&ground, who, *foe) && ground.in_sight(who, *foe))
    }

    /// A fight begins; friends near by hear it.
    fn start_fight(&mut self, who: Handle, foe: Handle) {
        self.come_to_blows(who, foe);
        let (Some(own), Some(at)) = (self.battle.actor(who), self.field.position(who)) else { return };
        let (faction, reach) = (own.faction, units_of(CALL_FEET));
        let mut friends = Vec::new();
        let battle = &*self.battle;
        self.field.any_about(at, reach, |body| {
            let comes = body.position.ground_distance_squared(at) <= (reach * reach) as u128
                && battle.actor(body.handle).is_some_and(|other| {
                    other.faction == faction && other.mind.is_some() && !other.is_engaged()
                });
            if comes && body.handle != who {
                friends.push(body.handle);
            }
            false
        });
        friends.sort_unstable();
        for friend in friends {
            self.come_to_blows(friend, foe);
        }
        self.muster_joining();
    }
}

/// Keeps the least few, sorted.
pub(super) fn keep_least<T: Ord + Copy, const N: usize>(list: &mut [Option<T>; N], item: T) {
    let place = list.iter().position(|other| other.is_none_or(|other| item < other));
    if let Some(place) = place {
        list[place..].rotate_right(1);
        list[place] = Some(item);
    }
}
