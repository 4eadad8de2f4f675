//! All about one entity, as the region knows it, asked for again and again while it is looked at.

use std::time::Duration;

use api::{
    combat::FighterView,
    combat_log::CombatParty,
    inspection::{
        CandidateView, EffectView, EntityInspection, FighterInspection, TaskView, ThoughtView, TurnView,
    },
};
use grid::EntityId;
use leptos::{either::EitherOf4, html, prelude::*};

use super::{
    atlas::Atlas,
    combat_pane::EntityLog,
    entity_list::find,
    inspect_entity::inspect_entity,
    log_entries::PartyLink,
    marks::{plight, side_label},
};
use crate::{
    components::{
        facts::{Fact, Facts},
        fresh::{StaleNotice, keep_fresh},
        skeleton::Skeleton,
    },
    live::feed::EntitySnapshot,
};

/// How often the region is asked.
const REFRESH: Duration = Duration::from_secs(1);
const ABILITIES: [&str; 6] = ["Str", "Dex", "Con", "Int", "Wis", "Cha"];

/// The fighter's parts, its fight, its mind and its log.
#[component]
pub(crate) fn Inspection(
    atlas: Atlas,
    snapshot: Signal<Option<EntitySnapshot>>,
    id: EntityId,
) -> impl IntoView {
    let section = NodeRef::<html::Section>::new();
    let shown = RwSignal::new(None::<EntityInspection>);
    let fresh = keep_fresh((), REFRESH, move || async move {
        // Whoever has left is not asked for, and what holds the focus holds still.
        if untrack(|| find(snapshot, id)).is_some() && !has_focus(section) {
            let answer = inspect_entity(id).await?;
            let _ = shown.try_set(Some(answer));
        }
        Ok(())
    });
    Effect::new(move |_| fresh.refresh());
    let is_here = Memo::new(move |_| find(snapshot, id).is_some());
    view! {
        <StaleNotice of=fresh />
        <section node_ref=section class="flex flex-col gap-4" aria-label="Inspection">
            {move || match shown.get().map(|known| (known.entity.fighter, known.fighter)) {
                None if is_here.get() => EitherOf4::A(view! { <Skeleton class="h-48" /> }),
                None => EitherOf4::D(view! { <p class="text-sm text-ink-muted">"It has left; its log is what remains."</p> }),
                Some((Some(view), Some(fighter))) => EitherOf4::B(view! { <Fighter atlas view fighter /> }),
                Some(_) => EitherOf4::C(view! { <p class="text-sm text-ink-muted">"It takes no part in fights."</p> }),
            }}
        </section>
        <section aria-labelledby="log-of-one" class="-mx-4 border-t border-line pt-3">
            <h3 id="log-of-one" class="mb-2 px-4 font-semibold">"Combat log"</h3>
            <EntityLog atlas entity=id.uuid() />
        </section>
    }
}

/// Whether the focus is on something in it, which must not be drawn anew under somebody's hands.
fn has_focus(section: NodeRef<html::Section>) -> bool {
    let focused = document().active_element();
    section.try_get_untracked().flatten().is_some_and(|section| section.contains(focused.as_deref()))
}

#[component]
fn Fighter(atlas: Atlas, view: FighterView, fighter: FighterInspection) -> impl IntoView {
    let health = plight(view.vitality)
        .map_or_else(|| format!("{} of {}", view.hit_points, view.hit_points_max), str::to_owned);
    let temporary = (view.temporary > 0).then(|| format!(" and {} temporary", view.temporary));
    let kind = match (&fighter.monster, &fighter.challenge) {
        (Some(monster), Some(challenge)) => format!("{}, challenge {challenge}", monster.name),
        (Some(monster), None) => monster.name.clone(),
        (None, _) => format!("Character of level {}", fighter.level),
    };
    let speeds: Vec<_> =
        fighter.speeds.iter().map(|speed| format!("{} {} ft", speed.way, speed.feet)).collect();
    view! {
        <section aria-label="Fighter" class="flex flex-col gap-3 border-t border-line pt-3" data-testid="fighter">
            <Facts>
                <Fact name="Hit points">{health} {temporary}</Fact>
                <Fact name="Side">{side_label(view.faction)}</Fact>
                <Fact name="Stat block">{kind}</Fact>
                <Fact name="Armour class">{fighter.armor_class}</Fact>
                <Fact name="Speed">{if speeds.is_empty() { "can’t move now".to_owned() } else { speeds.join(", ") }}</Fact>
            </Facts>
            <dl class="figure grid grid-cols-6 gap-1 text-center">
                {ABILITIES
                    .into_iter()
                    .zip(fighter.scores)
                    .map(|(name, score)| view! { <Tile name figure=score /> })
                    .collect_view()}
            </dl>
            {(!fighter.stores.is_empty())
                .then(|| {
                    let stores: Vec<_> = fighter
                        .stores
                        .iter()
                        .map(|store| format!("{} {}/{}", store.store.name, store.left, store.max))
                        .collect();
                    view! {
                        <Facts>
                            <Fact name="Can spend">{stores.join(", ")}</Fact>
                        </Facts>
                    }
                })}
        </section>
        <Effects atlas effects=fighter.effects.clone() exhaustion=fighter.exhaustion />
        <Fight atlas fighter=fighter.clone() />
        {fighter.thought.map(|thought| view! { <Thought atlas thought /> })}
    }
}

/// A figure with its name above.
#[component]
fn Tile(name: &'static str, figure: i32) -> impl IntoView {
    view! {
        <div class="rounded-control bg-sunken px-1 py-1.5">
            <dt class="text-xs text-ink-muted">{name}</dt>
            <dd class="font-medium">{figure}</dd>
        </div>
    }
}

/// Conditions and effects, each with its source and when it ends.
#[component]
fn Effects(atlas: Atlas, effects: Vec<EffectView>, exhaustion: u8) -> impl IntoView {
    let (innate, laid): (Vec<_>, Vec<_>) = effects.into_iter().partition(|effect| effect.innate);
    let nothing = laid.is_empty() && exhaustion == 0;
    view! {
        <section aria-labelledby="effects-of-one" class="border-t border-line pt-3" data-testid="effects">
            <h3 id="effects-of-one" class="mb-1.5 font-semibold">"Conditions and effects"</h3>
            {nothing.then(|| view! { <p class="text-sm text-ink-muted">"None."</p> })}
            <ul class="flex flex-col gap-2 text-sm">
                {(exhaustion > 0).then(|| view! { <li>{format!("Exhaustion, level {exhaustion}")}</li> })}
                {laid.into_iter().map(|effect| view! { <EffectLine atlas effect /> }).collect_view()}
            </ul>
            {(!innate.is_empty())
                .then(|| {
                    let names: Vec<_> = innate.into_iter().map(|effect| effect.effect.name).collect();
                    view! { <p class="mt-2 text-sm text-ink-muted">{format!("By nature: {}.", names.join(", "))}</p> }
                })}
        </section>
    }
}

#[component]
fn EffectLine(atlas: Atlas, effect: EffectView) -> impl IntoView {
    let conditions: Vec<_> = effect
        .conditions
        .iter()
        .map(|one| one.name.clone())
        .filter(|name| *name != effect.effect.name)
        .collect();
    let gives = (!conditions.is_empty()).then(|| format!(": {}", conditions.join(", ")));
    let times = (effect.stacks > 1).then(|| format!(" × {}", effect.stacks));
    let ends = effect.ends_in_s.map_or_else(|| effect.ends.clone(), |seconds| format!("for {seconds:.0} s"));
    let held = effect.concentration.then_some(", held by concentration");
    view! {
        <li>
            <span class="font-medium">{effect.effect.name}</span>
            {times} {gives}
            <span class="block text-ink-muted">
                {ends} {held} {effect.source.map(|party| view! { ", by " <PartyLink atlas party /> })}
            </span>
        </li>
    }
}

/// Initiative, turn, what is left of it, and what it is about.
#[component]
fn Fight(atlas: Atlas, fighter: FighterInspection) -> impl IntoView {
    let at_peace = fighter.initiative.is_none();
    let TurnView { actions, attacks, bonus_actions, reactions, legendary, movement_ft } = fighter.turn;
    let left = [
        ("Actions", u16::from(actions)),
        ("Attacks", u16::from(attacks)),
        ("Bonus", u16::from(bonus_actions)),
        ("Reactions", u16::from(reactions)),
        ("Legendary", u16::from(legendary)),
        ("Feet", movement_ft),
    ];
    let shown =
        left.into_iter().filter(|(name, left)| *left > 0 || !matches!(*name, "Attacks" | "Legendary"));
    let grudges = fighter.grudges;
    view! {
        <section aria-labelledby="fight-of-one" class="flex flex-col gap-2 border-t border-line pt-3" data-testid="fight">
            <h3 id="fight-of-one" class="font-semibold">"Fight"</h3>
            {at_peace.then(|| view! { <p class="text-sm text-ink-muted">"At peace."</p> })}
            <Facts>
                {fighter.initiative.map(|initiative| view! { <Fact name="Initiative">{initiative}</Fact> })}
                <Fact name="Next turn">{format!("in {:.1} s", fighter.turn_in_s)}</Fact>
                {fighter
                    .peace_in_s
                    .map(|seconds| view! { <Fact name="At peace">{format!("in {seconds:.0} s without a blow")}</Fact> })}
                {fighter.concentration.map(|spell| view! { <Fact name="Concentrates on">{spell.name}</Fact> })}
            </Facts>
            <dl class="figure grid grid-cols-4 gap-1 text-center" aria-label="Left of the turn">
                {shown.map(|(name, left)| view! { <Tile name figure=i32::from(left) /> }).collect_view()}
            </dl>
            {fighter.task.map(|task| view! { <Task atlas task /> })}
            {fighter.flees.then(|| view! { <p class="text-sm">"It runs away."</p> })}
            {(!grudges.is_empty())
                .then(|| {
                    view! {
                        <p class="text-sm">
                            "Harmed by "
                            {grudges
                                .into_iter()
                                .map(|grudge| {
                                    view! {
                                        <PartyLink atlas party=grudge.by />
                                        {format!(" {}; ", grudge.harm)}
                                    }
                                })
                                .collect_view()}
                        </p>
                    }
                })}
        </section>
    }
}

#[component]
fn Task(atlas: Atlas, task: TaskView) -> impl IntoView {
    let what = task.what.map_or_else(|| "Strikes, or does what everybody can".to_owned(), |what| what.name);
    let casting = task.cast_in_s.map(|seconds| format!(", there in {seconds:.1} s"));
    let ordered = task.is_ordered.then_some(", by order");
    view! {
        <p class="text-sm">
            <span class="font-medium">"Is about: "</span>
            {what} {casting} {ordered}
            {(!task.targets.is_empty()).then_some(", at ")}
            <Parties atlas parties=task.targets />
        </p>
    }
}

#[component]
fn Parties(atlas: Atlas, parties: Vec<CombatParty>) -> impl IntoView {
    parties
        .into_iter()
        .enumerate()
        .map(|(index, party)| view! { {(index > 0).then_some(", ")} <PartyLink atlas party /> })
        .collect_view()
}

/// Why its mind chose what it did: the best candidates with what they were worth.
#[component]
fn Thought(atlas: Atlas, thought: ThoughtView) -> impl IntoView {
    let ThoughtView { ago_s, considered, best } = thought;
    let head = format!(
        "{considered} things considered {ago_s:.0} s ago; the first was chosen. Worth in hit points."
    );
    view! {
        <section aria-labelledby="thought-of-one" class="border-t border-line pt-3" data-testid="thought">
            <h3 id="thought-of-one" class="mb-1 font-semibold">"Why it chose that"</h3>
            <p class="mb-2 text-sm text-ink-muted">{head}</p>
            {best.is_empty().then(|| view! { <p class="text-sm">"Nothing seemed worth doing: it went after the nearest."</p> })}
            <table class="w-full text-left text-sm">
                <caption class="sr-only">"Candidates, best first"</caption>
                <thead class="text-xs text-ink-muted">
                    <tr>
                        <th scope="col" class="pr-2 font-medium">"What"</th>
                        <th scope="col" class="px-1 text-right font-medium">"Harm"</th>
                        <th scope="col" class="px-1 text-right font-medium">"Help"</th>
                        <th scope="col" class="px-1 text-right font-medium">"Cost"</th>
                        <th scope="col" class="pl-1 text-right font-medium">"Worth"</th>
                    </tr>
                </thead>
                <tbody>{best.into_iter().map(|one| view! { <Candidate atlas one /> }).collect_view()}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Candidate(atlas: Atlas, one: CandidateView) -> impl IntoView {
    let what = one.what.map_or_else(|| "Bare body".to_owned(), |what| what.name);
    let figure = |value: f64, class: &'static str| view! { <td class=class>{format!("{value:.1}")}</td> };
    view! {
        <tr class="border-t border-line align-top">
            <th scope="row" class="py-1 pr-2 font-normal">
                {what} {one.target.map(|party| view! { " at " <PartyLink atlas party /> })}
            </th>
            {figure(one.harm, "figure px-1 py-1 text-right")}
            {figure(one.help, "figure px-1 py-1 text-right")}
            {figure(one.cost, "figure px-1 py-1 text-right")}
            {figure(one.worth, "figure py-1 pl-1 text-right font-medium")}
        </tr>
    }
}
