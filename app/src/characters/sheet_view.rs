//! A character sheet, each figure with its sources. It follows its signal, so that a builder shows what a choice does at once.

use api::character::{AttackView, CastingView, CharacterSheet, Figure, Named, SkillView, SlotView};
use leptos::{either::Either, prelude::*};
use rules::{Ability, Training};

use super::figure::{FigureValue, signed};

/// The whole sheet.
#[component]
pub(super) fn SheetView(#[prop(into)] sheet: Signal<CharacterSheet>) -> impl IntoView {
    view! {
        <div class="space-y-4">
            <Vitals sheet />
            <Abilities sheet />
            <Attacks sheet />
            <Casting sheet />
            <Skills sheet />
            <Traits sheet />
        </div>
    }
}

/// A card of the sheet with its heading.
#[component]
fn Card(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label=title>
            <h2 class="mb-3 text-sm font-semibold">{title}</h2>
            {children()}
        </section>
    }
}

fn of(
    sheet: Signal<CharacterSheet>,
    figure: impl Fn(&CharacterSheet) -> Figure + Send + Sync + 'static,
) -> Signal<Figure> {
    Signal::derive(move || sheet.with(&figure))
}

#[component]
fn Vitals(sheet: Signal<CharacterSheet>) -> impl IntoView {
    let tile = "min-w-0 rounded-card border border-line bg-surface px-3 py-2.5 shadow-low";
    let name = "text-xs font-medium text-ink-muted";
    let big = "text-xl font-semibold";
    view! {
        <div class="grid grid-cols-3 gap-2 sm:grid-cols-6" data-testid="vitals">
            <div class=tile>
                <p class=name>"Armour class"</p>
                <FigureValue name="Armour class" figure=of(sheet, |sheet| sheet.armor_class.clone()) class=big />
            </div>
            <div class=tile>
                <p class=name>"Hit points"</p>
                <span class=format!("figure {big}")>
                    {move || sheet.with(|sheet| sheet.hit_points)} <span class="font-normal text-ink-faint">"/"</span>
                </span>
                <FigureValue name="Most hit points" figure=of(sheet, |sheet| sheet.hit_points_max.clone()) class=big />
            </div>
            <div class=tile>
                <p class=name>"Initiative"</p>
                <FigureValue
                    name="Initiative"
                    figure=of(sheet, |sheet| sheet.initiative.clone())
                    is_bonus=true
                    class=big
                    leftward=true
                />
            </div>
            <div class=tile>
                <p class=name>"Speed"</p>
                <FigureValue name="Speed" figure=of(sheet, |sheet| sheet.speed_ft.clone()) unit=" ft" class=big />
            </div>
            <div class=tile>
                <p class=name>"Proficiency"</p>
                <span class=format!("figure {big}")>
                    {move || sheet.with(|sheet| signed(sheet.proficiency_bonus.into()))}
                </span>
            </div>
            <div class=tile>
                <p class=name>"Perception"</p>
                <span class=format!("figure {big}")>
                    {move || sheet.with(|sheet| sheet.passive_perception)}
                </span>
            </div>
        </div>
    }
}

#[component]
fn Abilities(sheet: Signal<CharacterSheet>) -> impl IntoView {
    let ability = move |ability: Ability| {
        let place = ability as usize;
        let line = move |read: fn(&api::character::AbilityLine) -> Figure| {
            of(sheet, move |sheet| sheet.abilities.get(place).map(read).unwrap_or_default())
        };
        let modifier =
            move || sheet.with(|sheet| sheet.abilities.get(place).map_or(0, |line| i32::from(line.modifier)));
        view! {
            <li class="rounded-control border border-line bg-raised px-2 py-2 text-center">
                <p class="text-xs font-medium text-ink-muted">{ability.name()}</p>
                <p class="figure text-lg font-semibold">{move || signed(modifier())}</p>
                // A figure unfolds a block, which no paragraph may hold: the browser would close it before.
                <div class="text-sm">
                    <FigureValue name=ability.name() figure=line(|line| line.score.clone()) leftward={place % 3 == 2} />
                </div>
                <div class="mt-1 text-xs text-ink-muted">
                    "Save "
                    <FigureValue
                        name=format!("{} save", ability.name())
                        figure=line(|line| line.save.clone())
                        is_bonus=true
                        class="text-ink"
                        leftward={place % 3 == 2}
                    />
                </div>
            </li>
        }
    };
    view! {
        <Card title="Abilities">
            <ul class="grid grid-cols-3 gap-2 sm:grid-cols-6">{Ability::ALL.into_iter().map(ability).collect_view()}</ul>
        </Card>
    }
}

/// How well a skill is trained, in a word; the dot beside it only repeats it.
const fn trained(training: Training) -> &'static str {
    match training {
        Training::Untrained => "",
        Training::Half | Training::HalfRoundedUp => "Half",
        Training::Proficient => "Proficient",
        Training::Expertise => "Expert",
    }
}

#[component]
fn Skills(sheet: Signal<CharacterSheet>) -> impl IntoView {
    let skills = sheet.with_untracked(|sheet| sheet.skills.clone());
    let row = move |(place, skill): (usize, SkillView)| {
        let training = move || {
            sheet.with(|sheet| sheet.skills.get(place).map_or(Training::Untrained, |skill| skill.training))
        };
        let bonus = of(sheet, move |sheet| {
            sheet.skills.get(place).map(|skill| skill.bonus.clone()).unwrap_or_default()
        });
        view! {
            <li class="flex items-baseline gap-2 border-b border-line py-1.5">
                <span class="min-w-0 flex-1 truncate">{skill.name.clone()}</span>
                <span class="text-xs text-accent-strong">{move || trained(training())}</span>
                <FigureValue name=skill.name figure=bonus is_bonus=true leftward=true />
            </li>
        }
    };
    view! {
        <Card title="Skills">
            <ul class="grid gap-x-6 sm:grid-cols-2">{skills.into_iter().enumerate().map(row).collect_view()}</ul>
        </Card>
    }
}

fn damage(attack: &AttackView) -> String {
    let bonus = attack.damage_bonus.total;
    let bonus = if bonus == 0 { String::new() } else { format!(" {}", signed(bonus)) };
    let dice = match (&attack.dice, &attack.dice_two_handed) {
        (Some(dice), Some(both)) => format!("{dice} ({both})"),
        (Some(dice), None) => dice.clone(),
        (None, _) => return "none".to_owned(),
    };
    format!("{dice}{bonus} {}", attack.damage_type)
}

fn reach(attack: &AttackView) -> String {
    let reach = attack.reach_ft.map(|feet| format!("{feet} ft"));
    let range = attack.range_ft.zip(attack.range_max_ft).map(|(near, far)| format!("{near}/{far} ft"));
    [reach, range].into_iter().flatten().collect::<Vec<_>>().join(" or ")
}

#[component]
fn Attacks(sheet: Signal<CharacterSheet>) -> impl IntoView {
    let row = |attack: AttackView| {
        let (damage, reach) = (damage(&attack), reach(&attack));
        view! {
            <li class="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line py-1.5 last:border-0">
                <span class="min-w-0 flex-1 font-medium">{attack.name.clone()}</span>
                <span class="text-sm text-ink-muted">{damage}</span>
                <span class="text-sm text-ink-muted">{reach}</span>
                <FigureValue name=format!("{}, to hit", attack.name) figure=attack.bonus is_bonus=true leftward=true />
            </li>
        }
    };
    let count = move || sheet.with(|sheet| sheet.attacks_per_action);
    view! {
        <Card title="Attacks">
            <ul>{move || sheet.with(|sheet| sheet.attacks.clone()).into_iter().map(row).collect_view()}</ul>
            <Show when=move || { count() > 1 }>
                <p class="mt-2 text-sm text-ink-muted">{move || format!("{} attacks in one action", count())}</p>
            </Show>
        </Card>
    }
}

/// Slots as pips, and in words for those who can't see them.
fn slots(slots: SlotView, what: &'static str) -> impl IntoView {
    let pips = (0..slots.max).map(|place| {
        let look = if place < slots.left { "border-accent bg-accent" } else { "border-control-line" };
        view! { <span class=format!("size-2.5 rounded-full border {look}") aria-hidden="true"></span> }
    });
    view! {
        <li class="flex items-center gap-1.5 rounded-control bg-sunken px-2 py-1 text-sm">
            <span class="text-ink-muted">{format!("{what} {}", slots.level)}</span>
            <span class="sr-only">{format!("{} of {} left", slots.left, slots.max)}</span>
            <span class="flex gap-1" aria-hidden="true">{pips.collect_view()}</span>
        </li>
    }
}

#[component]
fn Casting(sheet: Signal<CharacterSheet>) -> impl IntoView {
    let casts = move || sheet.with(|sheet| !sheet.casting.is_empty());
    let class = |casting: CastingView| {
        let spells = casting.spells.iter().filter(|spell| spell.ready).map(|spell| {
            let level =
                if spell.level == 0 { "cantrip".to_owned() } else { format!("level {}", spell.level) };
            view! {
                <li class="rounded-control bg-sunken px-2 py-1 text-sm">
                    {spell.name.clone()} <span class="ml-1.5 text-xs text-ink-muted">{level}</span>
                </li>
            }
        });
        let spells = spells.collect_view();
        view! {
            <div class="space-y-2">
                <div class="flex flex-wrap gap-x-4 text-sm">
                    <span class="font-medium">{casting.class.name.clone()}</span>
                    <span>
                        "Save DC "
                        <FigureValue name=format!("{} save DC", casting.class.name) figure=casting.save_dc />
                    </span>
                    <span>
                        "Attack "
                        <FigureValue
                            name=format!("{} spell attack", casting.class.name)
                            figure=casting.attack
                            is_bonus=true
                        />
                    </span>
                </div>
                <ul class="flex flex-wrap gap-1.5" aria-label=format!("{} spells at hand", casting.class.name)>
                    {spells}
                </ul>
            </div>
        }
    };
    view! {
        <Show when=casts>
            <Card title="Spells">
                <div class="space-y-3">
                    <ul class="flex flex-wrap gap-1.5" aria-label="Spell slots">
                        {move || {
                            sheet.with(|sheet| sheet.slots.clone()).into_iter().map(|line| slots(line, "Level")).collect_view()
                        }}
                        {move || sheet.with(|sheet| sheet.pact_slots).map(|line| slots(line, "Pact"))}
                    </ul>
                    {move || sheet.with(|sheet| sheet.casting.clone()).into_iter().map(class).collect_view()}
                </div>
            </Card>
        </Show>
    }
}

#[component]
fn Traits(sheet: Signal<CharacterSheet>) -> impl IntoView {
    let names = move |read: fn(&CharacterSheet) -> &Vec<Named>| {
        sheet.with(|sheet| read(sheet).iter().map(|named| named.name.clone()).collect::<Vec<_>>().join(", "))
    };
    let senses = move || {
        let told = sheet.with(|sheet| {
            let senses = sheet.senses.iter().map(|sense| format!("{} {} ft", sense.name, sense.range_ft));
            senses.collect::<Vec<_>>().join(", ")
        });
        if told.is_empty() { "None beyond the usual".to_owned() } else { told }
    };
    let resources = move || {
        let resources = sheet.with(|sheet| sheet.resources.clone()).into_iter().filter(|line| line.max > 0);
        let lines: Vec<_> = resources
            .map(|line| {
                view! {
                    <li class="flex items-baseline justify-between gap-3">
                        <span>{line.name}</span>
                        <span class="text-ink-muted">{format!("{} of {}, {}", line.left, line.max, line.recharge)}</span>
                    </li>
                }
            })
            .collect();
        if lines.is_empty() {
            Either::Left(view! { <li class="text-ink-muted">"None"</li> })
        } else {
            Either::Right(lines)
        }
    };
    let load = move || {
        sheet.with(|sheet| {
            format!(
                "{:.1} of {:.0} lb",
                sheet.load_centipounds as f64 / 100.0,
                sheet.capacity_centipounds as f64 / 100.0
            )
        })
    };
    let term = "text-xs font-medium text-ink-muted";
    view! {
        <Card title="Traits">
            <dl class="space-y-2.5">
                <div>
                    <dt class=term>"Features"</dt>
                    <dd>{move || names(|sheet| &sheet.features)}</dd>
                </div>
                <div>
                    <dt class=term>"Proficiencies"</dt>
                    <dd>{move || names(|sheet| &sheet.proficiencies)}</dd>
                </div>
                <div>
                    <dt class=term>"Languages"</dt>
                    <dd>{move || names(|sheet| &sheet.languages)}</dd>
                </div>
                <div>
                    <dt class=term>"Senses"</dt>
                    <dd>{senses}</dd>
                </div>
                <div>
                    <dt class=term>"Stores"</dt>
                    <dd>
                        <ul>{resources}</ul>
                    </dd>
                </div>
                <div>
                    <dt class=term>"Load"</dt>
                    <dd class="figure">{load}</dd>
                </div>
            </dl>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use rules::vocabulary::DamageType;

    use super::*;

    fn sword() -> AttackView {
        AttackView {
            item: Some("srd:longsword".to_owned()),
            name: "Longsword".to_owned(),
            bonus: Figure { total: 5, parts: Vec::new() },
            dice: Some("1d8".to_owned()),
            dice_two_handed: Some("1d10".to_owned()),
            damage_bonus: Figure { total: 3, parts: Vec::new() },
            damage_type: DamageType::Slashing,
            reach_ft: Some(5),
            range_ft: None,
            range_max_ft: None,
        }
    }

    #[test]
    fn an_attack_reads_as_at_a_table() {
        assert_eq!(damage(&sword()), "1d8 (1d10) +3 slashing");
        let thrown = AttackView { range_ft: Some(20), range_max_ft: Some(60), ..sword() };
        assert_eq!((reach(&sword()), reach(&thrown)), ("5 ft".to_owned(), "5 ft or 20/60 ft".to_owned()));
    }
}
