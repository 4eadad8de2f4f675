//! Rests of a character.

use api::character::{RestKind, RestRequest};
use leptos::prelude::*;

use super::{deeds::Deeds, rest::rest};
use crate::components::button::Button;

/// A short rest with hit dice, a long rest.
#[component]
pub(super) fn Rests(deeds: Deeds) -> impl IntoView {
    let take = move |kind: RestKind, hit_dice: Vec<u8>| {
        let (id, reason) = (deeds.character(), deeds.reason());
        let spent = RwSignal::new(0_u32);
        deeds.carry_out(
            move |record| {
                let sheet = &record.sheet;
                let points = format!("{} of {} hit points", sheet.hit_points, sheet.hit_points_max.total);
                match (kind, spent.get_untracked()) {
                    (RestKind::Long, _) => format!("Slept well: {points}"),
                    (RestKind::Short, 0) => format!("Rested an hour: {points}"),
                    (RestKind::Short, regained) => format!("Regained {regained}: {points}"),
                }
            },
            async move {
                let reply = rest(id, RestRequest { kind, hit_dice }, reason).await?;
                spent.set(reply.spent.iter().map(|die| die.regained).sum());
                Ok(reply.record)
            },
        );
    };
    let dice = move || {
        let dice = deeds.record.with(|record| record.sheet.hit_dice.clone());
        dice.into_iter()
            .map(|dice| {
                view! {
                    <Button
                        busy=deeds.busy
                        disabled={dice.left == 0}
                        on_click=move |_| take(RestKind::Short, vec![dice.sides])
                    >
                        {format!("Spend a d{} ({} of {})", dice.sides, dice.left, dice.max)}
                    </Button>
                }
            })
            .collect_view()
    };
    view! {
        <section class="rounded-card border border-line bg-surface p-4 shadow-low" aria-label="Rest">
            <h2 class="mb-3 text-sm font-semibold">"Rest"</h2>
            <div class="flex flex-wrap gap-2">
                <Button busy=deeds.busy on_click=move |_| take(RestKind::Short, Vec::new())>"Short rest"</Button>
                <Button busy=deeds.busy on_click=move |_| take(RestKind::Long, Vec::new())>"Long rest"</Button>
                {dice}
            </div>
        </section>
    }
}
