//! All about one entity.

use std::{collections::HashMap, sync::Arc};

use api::{
    character::Named,
    combat_log::CombatParty,
    inspection::{
        CandidateView, EffectView, EntityInspection, FighterInspection, GrudgeView, SpeedView, StoreView,
        TaskView, ThoughtView, TurnView,
    },
    right,
};
use game::{EffectInspection, Ends, TICK_HZ, Weighed, Why, Wits};
use grid::EntityId;
use rules::{ChallengeRating, Id, content::srd};

use super::{list::view, live, no_answer};
use crate::{Allowed, Domain, Error, LiveRegion};

/// An entity of the live region, with everything that the region knows of it.
///
/// # Errors
/// [`Error::NotFound`] if it is not there; [`Error::Unavailable`] where no region runs.
pub async fn inspect(
    domain: &Domain,
    _: &Allowed<right::InspectEntities>,
    entity: EntityId,
) -> Result<EntityInspection, Error> {
    let live = live(domain)?;
    let inspection = live.desk.inspect(entity).await.map_err(|_| no_answer())?;
    let inspection = inspection.ok_or(Error::NotFound("entity in this region"))?;
    let known = Known { tick: inspection.tick, names: names(live) };
    Ok(EntityInspection {
        id: entity,
        tick: inspection.tick,
        at: store::now(),
        entity: view(&inspection.view),
        fighter: inspection.fighter.map(|fighter| {
            let monster = inspection.view.fighter.as_ref().and_then(|fighter| fighter.monster);
            known.fighter(fighter, monster)
        }),
    })
}

fn names(live: &LiveRegion) -> HashMap<EntityId, Arc<str>> {
    live.watch.entities().iter().map(|view| (view.entity, Arc::clone(&view.name))).collect()
}

/// What is needed to tell people of ticks and ids.
struct Known {
    tick: u64,
    names: HashMap<EntityId, Arc<str>>,
}

impl Known {
    fn party(&self, id: EntityId) -> CombatParty {
        let name = self.names.get(&id).map_or("Somebody who is gone", |name| name);
        CombatParty { id, name: name.to_owned() }
    }

    /// Seconds until a tick.
    fn seconds_to(&self, tick: u64) -> f64 {
        tick.saturating_sub(self.tick) as f64 / f64::from(TICK_HZ)
    }

    fn fighter(&self, fighter: game::FighterInspection, monster: Option<Id>) -> FighterInspection {
        let challenge = monster
            .and_then(|_| ChallengeRating::from_number(f64::from(fighter.challenge_eighths) / 8.0).ok());
        FighterInspection {
            monster: monster.map(named),
            level: fighter.level,
            challenge: challenge.map(|rating| rating.to_string()),
            scores: fighter.scores,
            armor_class: fighter.armor_class,
            speeds: fighter
                .speeds
                .into_iter()
                .map(|(way, feet)| SpeedView { way: way.word().to_owned(), feet })
                .collect(),
            effects: fighter.effects.into_iter().map(|effect| self.effect(effect)).collect(),
            stores: fighter
                .stores
                .into_iter()
                .map(|(id, left, max)| StoreView { store: named(id), left, max })
                .collect(),
            exhaustion: fighter.exhaustion,
            concentration: fighter.concentration.map(|(spell, _)| named(spell)),
            initiative: fighter.initiative,
            turn_in_s: self.seconds_to(fighter.turn_at),
            peace_in_s: fighter.peace_at.map(|tick| self.seconds_to(tick)),
            turn: TurnView {
                actions: fighter.turn.actions,
                attacks: fighter.turn.attacks,
                bonus_actions: fighter.turn.bonus_actions,
                reactions: fighter.turn.reactions,
                legendary: fighter.turn.legendary,
                movement_ft: fighter.turn.movement,
            },
            task: fighter.task.map(|task| TaskView {
                what: task.what.map(named),
                targets: task.targets.into_iter().map(|target| self.party(target)).collect(),
                point: task.point,
                cast_in_s: task.cast_at.map(|tick| self.seconds_to(tick)),
                is_ordered: task.is_ordered,
            }),
            wits: fighter.wits.map(|wits| wits_word(wits).to_owned()),
            flees: fighter.flees,
            thought: fighter.why.map(|why| self.thought(&why)),
            grudges: fighter
                .grudges
                .into_iter()
                .map(|(by, harm)| GrudgeView { by: self.party(by), harm })
                .collect(),
        }
    }

    fn effect(&self, effect: EffectInspection) -> EffectView {
        EffectView {
            effect: named(effect.effect),
            conditions: effect.conditions.into_iter().map(named).collect(),
            source: effect.source.map(|source| self.party(source)),
            concentration: effect.concentration,
            innate: effect.innate,
            stacks: effect.stacks,
            ends: ends_in_words(effect.ends, effect.innate).to_owned(),
            ends_in_s: effect.ends_at.map(|tick| self.seconds_to(tick)),
        }
    }

    fn thought(&self, why: &Why) -> ThoughtView {
        let points = |milli: i64| milli as f64 / 1_000.0;
        let candidate = |weighed: &Weighed| CandidateView {
            what: weighed.what.map(named),
            target: weighed.target.map(|target| self.party(target)),
            worth: points(weighed.worth),
            harm: points(weighed.harm),
            help: points(weighed.help),
            cost: points(weighed.cost),
        };
        ThoughtView {
            ago_s: self.tick.saturating_sub(why.tick) as f64 / f64::from(TICK_HZ),
            considered: why.considered,
            best: why.best.iter().flatten().map(candidate).collect(),
        }
    }
}

fn named(id: Id) -> Named {
    Named::of(id, srd())
}

const fn wits_word(wits: Wits) -> &'static str {
    match wits {
        Wits::None => "none",
        Wits::Own => "own",
        Wits::Nearest => "nearest",
        Wits::Chance => "chance",
    }
}

const fn ends_in_words(ends: Ends, is_innate: bool) -> &'static str {
    match ends {
        Ends::Never if is_innate => "part of what it is",
        Ends::Never => "until something ends it",
        Ends::Rounds(_) => "after some rounds",
        Ends::TurnStart => "at the start of the next turn that measures it",
        Ends::TurnEnd(_) => "at the end of the turn that measures it",
        Ends::ShortRest => "at any rest",
        Ends::LongRest => "at a long rest",
        Ends::Dawn => "at dawn",
    }
}
