//! Ability scores: the array, 27 points, or the server's dice.

use leptos::prelude::*;
use rules::{
    Ability, POINT_BUY_BUDGET, POINT_BUY_RANGE, STANDARD_ARRAY, character::ScoreMethod, point_buy_cost,
};

use super::{
    choice_cards::{Card, Cards},
    workbench::Workbench,
};
use crate::{
    characters::{figure::signed, pick_one::SELECT, throw_scores::throw_scores},
    components::{
        button::{Button, ButtonKind},
        icon::{Glyph, Icon},
        toast::use_toasts,
    },
};

/// Points that are spent so far; a score that can't be bought counts as none.
fn spent(scores: [u8; 6]) -> u8 {
    scores.iter().filter_map(|score| point_buy_cost(*score)).fold(0, u8::saturating_add)
}

/// The scores with another one for an ability: whoever had it gets what that one had.
fn exchanged(mut scores: [u8; 6], place: usize, score: u8) -> [u8; 6] {
    if let Some(other) = scores.iter().position(|one| *one == score) {
        scores.swap(place, other);
    }
    scores
}

/// The step.
#[component]
pub(super) fn ScoresStep(bench: Workbench) -> impl IntoView {
    let toasts = use_toasts();
    let thrown = RwSignal::new(None::<Vec<u8>>);
    let busy = RwSignal::new(false);
    let method = bench.memo(|draft| draft.scores.method);
    let take = move |method: ScoreMethod, scores: [u8; 6]| {
        bench.change(|draft, _| draft.scores = rules::character::BaseScores { method, scores });
    };
    let roll = move || {
        busy.set(true);
        leptos::task::spawn_local(async move {
            match throw_scores().await {
                Ok(roll) => {
                    let mut scores = [8; 6];
                    for (place, score) in scores.iter_mut().zip(&roll.scores) {
                        *place = *score;
                    }
                    // The page may be closed when the answer comes.
                    if thrown.try_set(Some(roll.scores)).is_none() {
                        take(ScoreMethod::Rolled, scores);
                    }
                }
                Err(failure) => toasts.warn(failure.0.detail),
            }
            let _ = busy.try_set(false);
        });
    };
    let choose = Callback::new(move |method| match method {
        ScoreMethod::StandardArray => take(method, STANDARD_ARRAY),
        ScoreMethod::PointBuy => take(method, [*POINT_BUY_RANGE.start(); 6]),
        ScoreMethod::Rolled => roll(),
    });
    let methods = [
        (ScoreMethod::StandardArray, "Standard array", "15, 14, 13, 12, 10 and 8, spread as you like."),
        (ScoreMethod::PointBuy, "27 points", "Scores from 8 to 15; the last two cost double."),
        (ScoreMethod::Rolled, "Dice", "The server throws once, four dice each without the lowest."),
    ];
    let cards = methods
        .map(|(key, name, text)| Card { key, name: name.to_owned(), text: text.to_owned() })
        .into_iter()
        .collect();
    let left = move || {
        let scores = bench.draft.with(|draft| draft.scores.scores);
        i32::from(POINT_BUY_BUDGET) - i32::from(spent(scores))
    };
    view! {
        <div class="space-y-5">
            <Cards legend="How the scores come about" name="score-method" cards chosen=Signal::derive(move || Some(method.get())) choose />
            <Show when=move || method.get() == ScoreMethod::PointBuy>
                <p class="font-medium" role="status">
                    {move || format!("{} of {POINT_BUY_BUDGET} points left", left())}
                </p>
            </Show>
            <ul class="divide-y divide-line">
                {Ability::ALL.into_iter().map(|ability| view! { <Score bench ability method left=Signal::derive(left) /> }).collect_view()}
            </ul>
            <FreeBonuses bench />
        </div>
    }
}

/// One ability: its score, what is added, what it comes to.
#[component]
fn Score(bench: Workbench, ability: Ability, method: Memo<ScoreMethod>, left: Signal<i32>) -> impl IntoView {
    let place = ability as usize;
    let score = bench.memo(move |draft| draft.scores.scores[place]);
    let all = bench.memo(|draft| {
        let mut scores = draft.scores.scores;
        scores.sort_unstable_by(|a, b| b.cmp(a));
        scores
    });
    let set = move |score: u8| bench.change(|draft, _| draft.scores.scores[place] = score);
    let dearer = move || {
        let (now, next) = (point_buy_cost(score.get()), point_buy_cost(score.get() + 1));
        now.zip(next).map(|(now, next)| i32::from(next) - i32::from(now))
    };
    let total = move || {
        bench.sheet.with(|sheet| {
            sheet.abilities.get(place).map_or((0, 0), |line| (line.score.total, i32::from(line.modifier)))
        })
    };
    view! {
        <li class="flex items-center gap-3 py-2">
            <span class="min-w-0 flex-1 font-medium">{ability.name()}</span>
            {move || match method.get() {
                ScoreMethod::PointBuy => {
                    view! {
                        <span class="flex items-center gap-1.5">
                            <Button
                                kind=ButtonKind::Quiet
                                icon_only=true
                                attr:aria-label=format!("Less {}", ability.name())
                                disabled=Signal::derive(move || score.get() <= *POINT_BUY_RANGE.start())
                                on_click=move |_| set(score.get_untracked() - 1)
                            >
                                <Icon glyph=Glyph::Minus />
                            </Button>
                            <span class="w-6 text-center font-mono tabular-nums">{score}</span>
                            <Button
                                kind=ButtonKind::Quiet
                                icon_only=true
                                attr:aria-label=format!("More {}", ability.name())
                                disabled=Signal::derive(move || dearer().is_none_or(|cost| cost > left.get()))
                                on_click=move |_| set(score.get_untracked() + 1)
                            >
                                <Icon glyph=Glyph::Plus />
                            </Button>
                        </span>
                    }
                        .into_any()
                }
                ScoreMethod::StandardArray | ScoreMethod::Rolled => {
                    let mut scores = all.get().to_vec();
                    scores.dedup();
                    view! {
                        <span class="w-20">
                            <select
                                class=SELECT
                                aria-label=format!("{} before the race", ability.name())
                                prop:value=move || score.get().to_string()
                                on:change=move |event| {
                                    let Ok(score) = event_target_value(&event).parse() else { return };
                                    bench
                                        .change(|draft, _| {
                                            draft.scores.scores = exchanged(draft.scores.scores, place, score);
                                        });
                                }
                            >
                                {scores
                                    .into_iter()
                                    .map(|one| {
                                        view! {
                                            <option value=one.to_string() selected=move || score.get() == one>
                                                {one}
                                            </option>
                                        }
                                    })
                                    .collect_view()}
                            </select>
                        </span>
                    }
                        .into_any()
                }
            }}
            <span class="w-16 text-right font-mono tabular-nums" aria-label=format!("{} in all", ability.name())>
                {move || total().0} <span class="text-ink-muted">{move || format!(" {}", signed(total().1))}</span>
            </span>
        </li>
    }
}

/// Bonuses of the race that go where one likes.
#[component]
fn FreeBonuses(bench: Workbench) -> impl IntoView {
    let race = bench.memo(|draft| draft.race);
    let bonuses = bench.memo(|draft| draft.free_bonuses.clone());
    let options = Memo::new(move |_| {
        race.track();
        bench.draft.with_untracked(|draft| draft.unraised(bench.library))
    });
    let select = move |place: usize| {
        view! {
            <label class="text-sm font-medium">
                {format!("Bonus {}", place + 1)}
                <select
                    class=format!("mt-1 {SELECT}")
                    on:change=move |event| {
                        let chosen = event_target_value(&event);
                        let ability = Ability::ALL.into_iter().find(|ability| ability.short() == chosen);
                        if let Some(ability) = ability {
                            bench.change(|draft, _| draft.choose_bonus(place, ability));
                        }
                    }
                >
                    {options
                        .get()
                        .into_iter()
                        .map(|ability| {
                            let selected = move || bonuses.with(|bonuses| bonuses.get(place) == Some(&ability));
                            view! { <option value=ability.short() selected=selected>{ability.name()}</option> }
                        })
                        .collect_view()}
                </select>
            </label>
        }
    };
    move || {
        let count = bonuses.with(Vec::len);
        (count > 0).then(|| {
            view! {
                <fieldset>
                    <legend class="mb-2 text-sm font-medium">"Your race raises abilities of your choice"</legend>
                    <div class="grid grid-cols-2 gap-3">{(0..count).map(select).collect_view()}</div>
                </fieldset>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_exchanged_and_none_is_lost() {
        assert_eq!(exchanged(STANDARD_ARRAY, 5, 15), [8, 14, 13, 12, 10, 15]);
        assert_eq!(exchanged([9; 6], 2, 17), [9; 6]);
    }

    #[test]
    fn points_are_counted_as_the_rules_do() {
        assert_eq!((spent([8; 6]), spent(STANDARD_ARRAY)), (0, 27));
    }
}
