//! Whom steps reach: areas, choices of creatures, repetitions, options.

use grid::Position;

use crate::language::expr::Luck;
use crate::language::{Area, Choose, Node, Origin, Pick, Repeat, Select, Shape, Side, Who};

use super::{Context, Play};
use crate::combat::{Arena, Handle, Scene, Space, Volume};

/// Most creatures that one area or choice reaches.
const REACHED_MAX: usize = 64;

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// Reaches every creature in a volume; dice are thrown once for all of them.
    pub(super) fn area(&mut self, mut context: Context<'c>, area: &'c Area) {
        let volume = self.volume(context, &area.shape, area.from);
        let most = area.count.as_ref().map_or(REACHED_MAX as i32, |count| self.value(context, count));
        let start = self.arena.scratch.found.len();
        self.space.within(&volume, &mut self.arena.scratch.found);
        self.keep_found(start, most, |play, who| {
            let spared = area.from == Origin::Own && who == context.own;
            !spared
                && !play.arena.are_apart(context.own, who)
                && play.arena.is_on_side(context.own, who, area.who)
                && play.holds(Context { target: who, ..context }, area.when.as_ref())
        });
        let end = self.arena.scratch.found.len();
        let memo = self.arena.scratch.memo.len();
        context.shared = true;
        context.count = (end - start) as u8;
        if let Some(pool) = &area.hp_pool {
            let pool = self.roll(context, pool);
            self.drain_pool((start, end), pool, context, &area.then);
            return;
        }
        if matches!(area.shape, Shape::Line { .. }) {
            static LINE: crate::Word = crate::Word::new("line");
            context.event.set_against(LINE.id());
        }
        self.each((start, end), |play, index, who| {
            let mut turn = Context { target: who, index: index as u8, ..context };
            if play.aimed_at(&mut turn) {
                play.run(&turn, &area.then);
            }
        });
        self.wear_walls(context, area, &volume);
        self.arena.scratch.memo.truncate(memo);
    }

    /// Chooses creatures near somebody.
    pub(super) fn select(&mut self, mut context: Context<'c>, select: &'c Select) {
        let at = centre_of(self.space, &context, select);
        let radius = self.value(context, &select.within).clamp(0, i32::from(u16::MAX)) as u16;
        let most = select.count.as_ref().map_or(REACHED_MAX as i32, |count| self.value(context, count));
        let start = self.arena.scratch.found.len();
        self.space.within(&Volume::Sphere { at, radius }, &mut self.arena.scratch.found);
        self.keep_found(start, most, |play, who| {
            !play.arena.are_apart(context.own, who)
                && play.arena.is_on_side(context.own, who, select.who)
                && play.holds(Context { target: who, ..context }, select.when.as_ref())
        });
        let end = self.arena.scratch.found.len();
        context.count = (end - start) as u8;
        if let Some(pool) = &select.hp_pool {
            let pool = self.roll(context, pool);
            self.drain_pool((start, end), pool, context, &select.then);
            return;
        }
        self.each((start, end), |play, index, who| {
            let mut turn = Context { target: who, index: index as u8, ..context };
            if play.aimed_at(&mut turn) {
                play.run(&turn, &select.then);
            }
        });
    }

    /// The weakest first, each taking its hit points from a pool while it lasts.
    fn drain_pool(
        &mut self,
        (start, end): (usize, usize),
        pool: i32,
        context: Context<'c>,
        then: &'c [Node],
    ) {
        let mut found = std::mem::take(&mut self.arena.scratch.found);
        let hp = |who: &Handle| self.arena.get(*who).map_or(0, |creature| creature.hp);
        found[start..end].sort_by_key(|who| (hp(who), *who));
        self.arena.scratch.found = found;
        let mut left = pool;
        self.each((start, end), |play, index, who| {
            let hp = play.arena.get(who).map_or(0, |creature| creature.hp);
            if hp > 0 && hp <= left {
                left -= hp;
                play.run(&Context { target: who, index: index as u8, ..context }, then);
            }
        });
    }

    /// Keeps those of the found creatures that fit, and not too many.
    fn keep_found(&mut self, start: usize, most: i32, fits: impl Fn(&Self, Handle) -> bool) {
        let most = (most.max(0) as usize).min(REACHED_MAX);
        let mut kept = start;
        for index in start..self.arena.scratch.found.len() {
            let who = self.arena.scratch.found[index];
            if kept - start < most && self.is_alive(who) && fits(self, who) {
                self.arena.scratch.found[kept] = who;
                kept += 1;
            }
        }
        self.arena.scratch.found.truncate(kept);
    }

    /// A volume as a step describes it.
    pub(super) fn volume(&self, context: Context<'c>, shape: &Shape, from: Origin) -> Volume {
        volume_of(self.arena, self.space, context, shape, from)
    }

    /// The same several times, at one target or at those that were aimed at in turn.
    pub(super) fn repeat(&mut self, context: Context<'c>, repeat: &'c Repeat) {
        let times = self.roll(context, &repeat.times).clamp(0, REACHED_MAX as i32);
        let (start, length) = context.aim;
        for index in 0..times as u32 {
            let mut turn = Context { index: index as u8, ..context };
            if repeat.retarget && length > 0 {
                turn.target = self.arena.scratch.found[(start + index % length) as usize];
                if !self.is_alive(turn.target) {
                    turn.target = self.next_aim(context).unwrap_or(turn.target);
                }
            }
            if !self.holds(turn, repeat.as_long.as_ref()) {
                return;
            }
            // Whoever was aimed at from the start has been asked already.
            let asks = repeat.retarget && length > 0;
            if !asks || self.aimed_at(&mut turn) {
                self.run(&turn, &repeat.then);
            }
        }
    }

    /// Somebody among those aimed at who still stands.
    fn next_aim(&self, context: Context<'c>) -> Option<Handle> {
        let (start, length) = (context.aim.0 as usize, context.aim.1 as usize);
        self.arena.scratch.found[start..start + length].iter().copied().find(|who| self.is_alive(*who))
    }

    /// One of several things.
    pub(super) fn choose(&mut self, context: Context<'c>, choose: &'c Choose) {
        let fits = |play: &Self, index: usize| {
            choose.options.get(index).is_some_and(|option| play.holds(context, option.when.as_ref()))
        };
        let index = match choose.by {
            Pick::Random => {
                let weight = |play: &Self, at: usize| {
                    if fits(play, at) { u32::from(choose.options[at].weight.unwrap_or(1)) } else { 0 }
                };
                let all: u32 = (0..choose.options.len()).map(|at| weight(self, at)).sum();
                let mut thrown = self.luck.die(all.max(1));
                (0..choose.options.len()).find(|at| {
                    let reached = thrown <= weight(self, *at);
                    thrown = thrown.saturating_sub(weight(self, *at));
                    reached
                })
            }
            Pick::User | Pick::Target => {
                let chosen = usize::from(context.choice);
                if fits(self, chosen) {
                    Some(chosen)
                } else {
                    (0..choose.options.len()).find(|at| fits(self, *at))
                }
            }
        };
        if let Some(option) = index.and_then(|index| choose.options.get(index)) {
            self.run(&context, &option.then);
        }
    }
}

impl Arena<'_> {
    /// Whether somebody is on the side that is meant.
    pub(in crate::combat) fn is_on_side(&self, us: Handle, who: Handle, side: Side) -> bool {
        let (Some(own), Some(other)) = (self.get(us), self.get(who)) else { return false };
        match side {
            Side::All => true,
            Side::Others => us != who,
            Side::Allies => own.side == other.side,
            Side::Enemies => own.side != other.side,
        }
    }
}

/// Around where a step chooses creatures.
pub(in crate::combat) fn centre_of<S: Space>(space: &S, context: &Context<'_>, select: &Select) -> Position {
    let around = context.role(select.near);
    match context.point {
        // Without a target that was chosen, the point that was chosen is meant.
        Some(point) if select.near == Who::Target && around == context.own => point,
        _ => space.position(around),
    }
}

/// A volume as a step describes it.
pub(in crate::combat) fn volume_of<'c, S: Space>(
    arena: &Arena<'c>,
    space: &S,
    context: Context<'c>,
    shape: &Shape,
    from: Origin,
) -> Volume {
    let own = space.position(context.own);
    let aimed = context.point.unwrap_or_else(|| space.position(context.target));
    let at = match from {
        Origin::Point => aimed,
        Origin::Own => own,
        Origin::Target => space.position(context.target),
    };
    let feet = |expr: &crate::language::expr::Expr| {
        expr.value(&Scene::new(arena, space, &context)).clamp(0, i32::from(u16::MAX)) as u16
    };
    match shape {
        Shape::Sphere(radius) => Volume::Sphere { at, radius: feet(radius) },
        Shape::Cone(length) => Volume::Cone { at, towards: aimed, length: feet(length) },
        Shape::Cube(edge) if from == Origin::Own => {
            // From a face, the cube reaches as far as a band that is as wide as it is long.
            Volume::Line { at, towards: aimed, length: feet(edge), width: feet(edge) }
        }
        Shape::Cube(edge) => Volume::Cube { at, edge: feet(edge) },
        Shape::Line { length, width } => {
            Volume::Line { at, towards: aimed, length: feet(length), width: feet(width) }
        }
        Shape::Cylinder { radius, height } => {
            Volume::Cylinder { at, radius: feet(radius), height: feet(height) }
        }
    }
}
