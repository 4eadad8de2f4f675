//! All about one fighter. Nothing is changed by it.

use rules::combat::{Context, Creature, Ends, Handle, Intent, Lasting, Scene};
use rules::vocabulary::Movement;
use rules::{Ability, Id, ROUND_TICKS};

use super::{Actor, Doing, Fray};
use crate::{
    EntityId,
    field::Ground,
    inspection::{EffectInspection, FighterInspection, TaskInspection, TurnInspection},
};

/// A fighter, closely.
pub(crate) fn inspect(fray: &mut Fray<'_>, entity: EntityId) -> Option<FighterInspection> {
    let who = fray.battle.actors.find(entity)?;
    let ground = Ground { field: fray.field, terrain: fray.terrain };
    let battle = &*fray.battle;
    let (actor, creature) = (battle.actor(who)?, battle.arena.get(who)?);
    let cause = creature.sheet.id.unwrap_or_else(|| Id::new("itself").expect("the word is well formed"));
    let context = Context::of(who, cause);
    let scene = Scene::new(&battle.arena, &ground, &context);
    let arena = &battle.arena;
    let economy = creature.economy;
    let entity_of = |handle: Handle| battle.actor(handle).map(|actor| actor.entity);
    let speeds = Movement::ALL.iter().map(|way| (*way, arena.speed(who, *way, &scene)));
    let mut grudges: Vec<_> =
        actor.grudges.iter().filter_map(|(by, harm)| Some((entity_of(by)?, harm))).collect();
    grudges.sort_unstable_by_key(|(by, harm)| (std::cmp::Reverse(*harm), *by));
    Some(FighterInspection {
        scores: Ability::ALL.map(|ability| arena.score(who, ability, &scene)),
        armor_class: arena.armor_class(who, &scene),
        speeds: speeds.filter(|(_, feet)| *feet > 0).collect(),
        level: creature.sheet.level,
        challenge_eighths: if actor.monster.is_some() { creature.sheet.challenge_eighths } else { 0 },
        effects: arena.effects_on(who).map(|(_, lasting)| effect(battle, lasting)).collect(),
        stores: stores(creature),
        exhaustion: creature.exhaustion,
        concentration: creature.concentration,
        initiative: actor.is_engaged().then_some(actor.initiative),
        turn_at: actor.turn_at,
        peace_at: actor.is_engaged().then_some(actor.engaged_until),
        turn: TurnInspection {
            actions: economy.actions,
            attacks: economy.attacks,
            bonus_actions: economy.bonus_actions,
            reactions: economy.reactions,
            legendary: economy.legendary,
            movement: economy.movement,
        },
        task: task(actor, entity_of),
        wits: actor.mind.as_ref().map(|mind| mind.wits),
        flees: actor.mind.as_ref().is_some_and(|mind| mind.flees),
        why: actor.mind.as_ref().map(|mind| mind.why).filter(|why| why.tick > 0),
        grudges,
    })
}

fn effect(battle: &super::Battle, lasting: &Lasting<'static>) -> EffectInspection {
    let turn_at = battle.actor(lasting.anchor).map(|anchor| anchor.turn_at);
    let rounds = match lasting.ends {
        Ends::TurnStart => Some(0),
        // The first start of the anchor's turns that counts is the next one.
        Ends::Rounds(rounds) => Some(u64::from(rounds.saturating_sub(1))),
        // A turn ends where the next one begins.
        Ends::TurnEnd(ends) => Some(u64::from(ends)),
        Ends::Never | Ends::ShortRest | Ends::LongRest | Ends::Dawn => None,
    };
    EffectInspection {
        effect: lasting.id,
        conditions: lasting.effect.conditions.clone(),
        source: battle.actor(lasting.source).map(|source| source.entity),
        concentration: lasting.concentration,
        innate: lasting.innate,
        stacks: lasting.stacks,
        ends: lasting.ends,
        ends_at: turn_at.zip(rounds).map(|(turn_at, rounds)| turn_at + rounds * ROUND_TICKS),
    }
}

fn stores(creature: &Creature<'_>) -> Vec<(Id, i32, i32)> {
    let book = &creature.book;
    let slot = |level: usize| Id::new(&format!("slot{level}")).ok();
    let slots = (1..book.slots_max.len()).filter(|level| book.slots_max[*level] > 0).filter_map(|level| {
        Some((slot(level)?, i32::from(book.slots[level]), i32::from(book.slots_max[level])))
    });
    let pact = (book.pact_max > 0)
        .then(|| Id::new("pact-slot").ok())
        .flatten()
        .map(|id| (id, i32::from(book.pact.0), i32::from(book.pact_max)));
    let stocks = creature.stocks.iter().map(|stock| (stock.id, stock.left, stock.max));
    slots.chain(pact).chain(stocks).collect()
}

fn task(actor: &Actor, entity_of: impl Fn(Handle) -> Option<EntityId>) -> Option<TaskInspection> {
    let deed = actor.task.deed?;
    let what = match deed.doing {
        Doing::Exactly(Intent::Use(id) | Intent::Cast(id, _)) => Some(id),
        Doing::Exactly(_) | Doing::Strike(_) => None,
    };
    Some(TaskInspection {
        what,
        targets: deed.targets().filter_map(entity_of).collect(),
        point: deed.point,
        cast_at: Some(actor.task.casting_until).filter(|at| *at > 0),
        is_ordered: actor.task.request.is_some(),
    })
}
