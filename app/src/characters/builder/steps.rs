//! The other steps: race, class, background, skills, features, equipment, spells.

use api::character::Named;
use leptos::prelude::*;
use rules::{
    Id,
    character::group_members,
    content::{Library, Preparation, StartingItem},
    vocabulary::Skill,
};

use super::{
    choice_cards::{Card, Cards, Chips},
    workbench::Workbench,
};
use crate::{characters::pick_one::SELECT, components::empty_state::EmptyState, components::icon::Glyph};

fn name(id: Id, library: &Library) -> String {
    Named::of(id, library).name
}

/// Race and subrace.
#[component]
pub(super) fn RaceStep(bench: Workbench) -> impl IntoView {
    let library = bench.library;
    let race = bench.memo(|draft| draft.race);
    let subrace = bench.memo(|draft| draft.subrace);
    let cards = library.races().iter().map(|race| {
        let raised = race.scores.iter().map(|bonus| match bonus.ability {
            Some(ability) => format!("{} +{}", ability.name(), bonus.bonus),
            None => format!("one of your choice +{}", bonus.bonus),
        });
        let text = format!("{} ft. {}", race.speed, raised.collect::<Vec<_>>().join(", "));
        Card { key: race.id, name: race.name.clone(), text }
    });
    let choose = Callback::new(move |race| bench.change(|draft, library| draft.choose_race(race, library)));
    let choose_subrace = Callback::new(move |subrace| bench.change(|draft, _| draft.subrace = Some(subrace)));
    let subraces = move || {
        let own = library.subraces().iter().filter(|subrace| subrace.of == race.get());
        let cards: Vec<Card<Id>> = own
            .map(|subrace| Card { key: subrace.id, name: subrace.name.clone(), text: String::new() })
            .collect();
        (!cards.is_empty()).then(|| {
            view! { <Cards legend="Subrace" name="subrace" cards chosen=subrace choose=choose_subrace /> }
        })
    };
    view! {
        <div class="space-y-5">
            <Cards legend="Race" name="race" cards=cards.collect() chosen=Signal::derive(move || Some(race.get())) choose />
            {subraces}
        </div>
    }
}

/// Class, and its subclass if one is chosen at once.
#[component]
pub(super) fn ClassStep(bench: Workbench) -> impl IntoView {
    let library = bench.library;
    let class = bench.memo(|draft| draft.class);
    let subclass = bench.memo(|draft| draft.subclass);
    let cards = library.classes().iter().map(|class| {
        let saves: Vec<&str> = class.saves.iter().map(|ability| ability.name()).collect();
        let casts = if class.spells.is_some() { ". Casts spells" } else { "" };
        let text = format!("d{}, saves {}{casts}", class.hit_die, saves.join(" and "));
        Card { key: class.id, name: class.name.clone(), text }
    });
    let choose =
        Callback::new(move |class| bench.change(|draft, library| draft.choose_class(class, library)));
    let choose_subclass =
        Callback::new(move |subclass| bench.change(|draft, _| draft.subclass = Some(subclass)));
    let subclasses = move || {
        let asks = library.class(class.get()).is_some_and(|class| class.subclass_level == 1);
        let own = library.subclasses().iter().filter(|subclass| asks && subclass.of == class.get());
        let cards: Vec<Card<Id>> = own
            .map(|subclass| Card { key: subclass.id, name: subclass.name.clone(), text: String::new() })
            .collect();
        (!cards.is_empty()).then(|| {
            view! { <Cards legend="Subclass" name="subclass" cards chosen=subclass choose=choose_subclass /> }
        })
    };
    view! {
        <div class="space-y-5">
            <Cards legend="Class" name="class" cards=cards.collect() chosen=Signal::derive(move || Some(class.get())) choose />
            {subclasses}
        </div>
    }
}

/// Background, and what it lets one pick.
#[component]
pub(super) fn BackgroundStep(bench: Workbench) -> impl IntoView {
    let library = bench.library;
    let background = bench.memo(|draft| draft.background);
    let cards = library.backgrounds().iter().map(|background| {
        let skills: Vec<String> = background.skills.iter().map(ToString::to_string).collect();
        let text = format!("Trained in {}. {} gold", skills.join(" and "), background.gold);
        Card { key: background.id, name: background.name.clone(), text }
    });
    let choose = Callback::new(move |chosen| {
        bench.change(|draft, library| draft.choose_background(chosen, library));
    });
    view! {
        <div class="space-y-5">
            <Cards
                legend="Background"
                name="background"
                cards=cards.collect()
                chosen=Signal::derive(move || Some(background.get()))
                choose
            />
            <Picks bench wanted=move |of| of == background.get() />
        </div>
    }
}

/// Skills of the class.
#[component]
pub(super) fn SkillsStep(bench: Workbench) -> impl IntoView {
    let class = bench.memo(|draft| draft.class);
    let chosen = bench.memo(|draft| draft.skills.clone());
    let toggle = Callback::new(move |skill: Skill| bench.change(|draft, _| draft.toggle_skill(skill)));
    move || {
        let record = bench.library.class(class.get());
        let count = record.map_or(0, |class| usize::from(class.skills.count));
        let from = record.map(|class| class.skills.from.clone()).unwrap_or_default();
        let from = if from.is_empty() { Skill::ALL.to_vec() } else { from };
        let background = bench.draft.with_untracked(|draft| draft.background);
        let given = bench.library.background(background).map(|one| one.skills.clone()).unwrap_or_default();
        let options = from.into_iter().filter(|skill| !given.contains(skill));
        let options: Vec<(Skill, String)> = options
            .map(|skill| {
                let text = skill.to_string();
                let mut letters = text.chars();
                let name = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
                (skill, name)
            })
            .collect();
        let legend = move || format!("{} of {count} skills", chosen.with(Vec::len));
        view! { <Chips legend=Signal::derive(legend) options chosen room=count toggle /> }
    }
}

/// Picks of race, class and features.
#[component]
pub(super) fn FeaturesStep(bench: Workbench) -> impl IntoView {
    let background = bench.memo(|draft| draft.background);
    view! { <Picks bench wanted=move |of| of != background.get() /> }
}

/// Every place where something may be picked, of those that are wanted.
#[component]
fn Picks(bench: Workbench, wanted: impl Fn(Id) -> bool + Copy + Send + Sync + 'static) -> impl IntoView {
    let library = bench.library;
    // What is picked is left out, so that a pick doesn't draw its own box anew.
    let places = Memo::new(move |_| {
        bench.outcome.with(|outcome| {
            let open = outcome.character.open_picks(library).into_iter().filter(|pick| wanted(pick.of));
            let places: Vec<(Id, u8, u8, Vec<Id>)> = open
                .map(|pick| (pick.of, pick.number, pick.count, outcome.character.offers(library, &pick)))
                .collect();
            places
        })
    });
    let place = move |(of, number, count, offers): (Id, u8, u8, Vec<Id>)| {
        let chosen = bench.memo(move |draft| {
            let made = draft.picks.iter().find(|made| made.of == of && made.number == number);
            made.map(|made| made.chosen.clone()).unwrap_or_default()
        });
        let title = name(of, library);
        let legend = move || format!("{title}: {} of {count}", chosen.with(Vec::len));
        let toggle = Callback::new(move |one: Id| {
            bench.change(|draft, library| draft.toggle_pick(of, number, one, library));
        });
        let options: Vec<(Id, String)> = offers.into_iter().map(|id| (id, name(id, library))).collect();
        view! { <Chips legend=Signal::derive(legend) options chosen room=usize::from(count) toggle /> }
    };
    move || {
        let places = places.get();
        if places.is_empty() {
            return view! {
                <EmptyState glyph=Glyph::Check title="Nothing to pick here" text="Your race and class leave nothing open." />
            }
            .into_any();
        }
        view! { <div class="space-y-5">{places.into_iter().map(place).collect_view()}</div> }.into_any()
    }
}

fn told(lots: &[StartingItem], library: &Library) -> String {
    let lots = lots.iter().map(|lot| {
        let what = match (lot.item, lot.any) {
            (Some(item), _) => name(item, library),
            (None, Some(group)) => format!("any {}", group.name().replace('-', " ")),
            (None, None) => return "nothing".to_owned(),
        };
        if lot.count > 1 { format!("{} × {what}", lot.count) } else { what }
    });
    lots.collect::<Vec<_>>().join(", ")
}

/// Equipment of the class, or gold in its place.
#[component]
pub(super) fn EquipmentStep(bench: Workbench) -> impl IntoView {
    let library = bench.library;
    let class = bench.memo(|draft| draft.class);
    let takes_gold = bench.memo(|draft| draft.takes_gold);
    let cards = vec![
        Card { key: false, name: "Equipment".to_owned(), text: "What the class comes with.".to_owned() },
        Card {
            key: true,
            name: "Gold".to_owned(),
            text: "The server throws how much; buy later.".to_owned(),
        },
    ];
    let choose = Callback::new(move |gold| bench.change(|draft, library| draft.choose_gold(gold, library)));
    let alternatives = move || {
        let choices = library.class(class.get()).map(|class| class.equipment.as_slice()).unwrap_or_default();
        let open = choices.iter().enumerate().filter(|(_, alternatives)| alternatives.len() > 1);
        open.map(|(number, alternatives)| {
            let chosen = bench.memo(move |draft| draft.alternatives.get(number).copied());
            let cards = alternatives.iter().zip(0_u8..).map(|(lots, key)| Card {
                key,
                name: told(lots, library),
                text: String::new(),
            });
            let choose = Callback::new(move |alternative| {
                bench.change(|draft, library| draft.choose_alternative(number, alternative, library));
            });
            view! { <Cards legend="One of these" name=format!("goods-{number}") cards=cards.collect() chosen choose /> }
        })
        .collect_view()
    };
    view! {
        <div class="space-y-5">
            <Cards legend="Start with" name="goods" cards chosen=Signal::derive(move || Some(takes_gold.get())) choose />
            <Show when=move || !takes_gold.get()>{alternatives}</Show>
            <Things bench />
        </div>
    }
}

/// A thing for each "any of a group".
#[component]
fn Things(bench: Workbench) -> impl IntoView {
    let library = bench.library;
    let groups = bench.memo(move |draft| draft.groups(library));
    let select = move |(place, group): (usize, Id)| {
        let chosen = bench.memo(move |draft| draft.things.get(place).copied());
        let options = group_members(library, group).map(|thing| {
            let selected = move || chosen.get() == Some(thing);
            view! { <option value=thing.to_string() selected=selected>{name(thing, library)}</option> }
        });
        let label = group.name().replace('-', " ");
        view! {
            <label class="text-sm font-medium">
                <span class="capitalize">{label}</span>
                <select
                    class=format!("mt-1 {SELECT}")
                    on:change=move |event| {
                        let Some(thing) = Id::known(&event_target_value(&event)) else { return };
                        bench
                            .change(|draft, _| {
                                if let Some(kept) = draft.things.get_mut(place) {
                                    *kept = thing;
                                }
                            });
                    }
                >
                    {options.collect_view()}
                </select>
            </label>
        }
    };
    move || {
        let groups = groups.get();
        (!groups.is_empty()).then(|| {
            view! {
                <fieldset>
                    <legend class="mb-2 text-sm font-medium">"Which one of each"</legend>
                    <div class="grid gap-3 sm:grid-cols-2">{groups.into_iter().enumerate().map(select).collect_view()}</div>
                </fieldset>
            }
        })
    }
}

/// Cantrips and spells of the class.
#[component]
pub(super) fn SpellsStep(bench: Workbench) -> impl IntoView {
    let library = bench.library;
    let casting = Memo::new(move |_| bench.sheet.with(|sheet| sheet.casting.first().cloned()));
    // The lists change with class and level alone, not with each spell.
    let lists = Memo::new(move |_| {
        casting.with(|casting| {
            casting.as_ref().map(|casting| {
                let mut all: Vec<_> = casting.spells.iter().chain(&casting.on_offer).cloned().collect();
                all.sort_by(|a, b| (a.level, &a.name).cmp(&(b.level, &b.name)));
                all.into_iter().map(|spell| (spell.id, spell.name, spell.level)).collect::<Vec<_>>()
            })
        })
    });
    let class = bench.memo(|draft| draft.class);
    let prepares = move || {
        let spells = library.class(class.get()).and_then(|class| class.spells.as_ref());
        spells.is_some_and(|spells| spells.preparation != Preparation::Known)
    };
    let list = move |title: &'static str, is_cantrips: bool| {
        let options =
            lists.get().unwrap_or_default().into_iter().filter(|(_, _, level)| (*level == 0) == is_cantrips);
        let options: Vec<(Id, String)> =
            options.filter_map(|(id, name, _)| Some((Id::known(&id)?, name))).collect();
        let chosen = bench.memo(move |draft| {
            let is_cantrip = |id: &Id| library.spell(*id).is_some_and(|spell| spell.level == 0);
            let ids = draft.spells.iter().map(|known| known.spell);
            ids.filter(|id| is_cantrip(id) == is_cantrips).collect::<Vec<_>>()
        });
        let room = move || {
            casting.with(|casting| {
                let Some(casting) = casting else { return 0 };
                let spells = casting.known_max.or(casting.prepared_max).unwrap_or(0);
                usize::from(if is_cantrips { casting.cantrips_max } else { spells })
            })
        };
        let legend = move || format!("{title}: {} of {}", chosen.with(Vec::len), room());
        let toggle = Callback::new(move |spell: Id| {
            let room_to_prepare = casting.with_untracked(|casting| {
                let max = casting.as_ref().and_then(|casting| casting.prepared_max).unwrap_or(0);
                bench.draft.with_untracked(|draft| {
                    draft.spells.iter().filter(|known| known.prepared).count() < usize::from(max)
                })
            });
            let is_prepared = !is_cantrips && untrack(prepares) && room_to_prepare;
            bench.change(|draft, _| draft.toggle_spell(spell, is_prepared));
        });
        (!options.is_empty()).then(|| {
            view! { <Chips legend=Signal::derive(legend) options chosen room=Signal::derive(room) toggle /> }
        })
    };
    move || {
        if lists.get().is_none() {
            return view! {
                <EmptyState
                    glyph=Glyph::Book
                    title="No spells at this level"
                    text="The class casts none, or learns its first ones later."
                />
            }
            .into_any();
        }
        view! { <div class="space-y-5">{list("Cantrips", true)} {list("Spells of the first level", false)}</div> }
            .into_any()
    }
}
