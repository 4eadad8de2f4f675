//! The dialog that exchanges a node's driver or its settings: filled in by the driver's schema, tried out, carried out.

use api::infrastructure::{DriverView, KindView, NodeView, Setup, SwapOutcome, SwapView};
use leptos::prelude::*;

use super::{
    settings_form::{SettingsForm, fill, read},
    swap_node::swap_node,
    swap_steps::SwapSteps,
};
use crate::{
    Failure,
    components::{
        badge::Tone,
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::{Entry, TextField},
        notice::{FailureNotice, Notice},
        reason_dialog::{SAY_WHY, is_reason},
        toast::use_toasts,
    },
};

/// Shows while a node is to be changed.
#[component]
pub(crate) fn ChangeDialog(
    changing: RwSignal<Option<NodeView>>,
    /// All nodes, as they are by now.
    nodes: RwSignal<Vec<NodeView>>,
    kinds: Vec<KindView>,
    changed: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(changing.read().is_some()));
    Effect::new(move |_| {
        if !open.get() && changing.read_untracked().is_some() {
            changing.set(None);
        }
    });
    let title = Signal::derive(move || {
        changing.with(|node| node.as_ref().map_or_else(String::new, |node| format!("Change {}", node.name)))
    });
    view! {
        <Dialog id="change-node" title open>
            {move || {
                changing
                    .get()
                    .map(|node| {
                        let drivers = kinds
                            .iter()
                            .find(|kind| kind.kind == node.kind)
                            .map(|kind| kind.drivers.clone())
                            .unwrap_or_default();
                        view! { <ChangeForm node nodes drivers open changed /> }
                    })
            }}
        </Dialog>
    }
}

#[component]
fn ChangeForm(
    node: NodeView,
    nodes: RwSignal<Vec<NodeView>>,
    drivers: Vec<DriverView>,
    open: RwSignal<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let id = node.id;
    // What the file offers is filled in: the reader came to look at it.
    let wanted = node.offered.clone().unwrap_or_else(|| node.setup.clone());
    let driver = RwSignal::new(wanted.driver.clone());
    let (reason, leaves) = (RwSignal::new(String::new()), RwSignal::new(keeps_nothing(&node.kind)));
    let fields = StoredValue::new(Vec::new());
    let tried = RwSignal::new(false);
    let lacks_reason = Signal::derive(move || {
        let lacks = tried.get() && !is_reason(&reason.read());
        lacks.then(|| SAY_WHY.to_owned())
    });
    let (told, refusal) = (RwSignal::new(None::<SwapView>), RwSignal::new(None::<Failure>));
    let step = Signal::derive(move || {
        nodes
            .with(|nodes| nodes.iter().find(|node| node.id == id).and_then(|node| node.swapping.clone()))
            .unwrap_or_default()
    });
    let order = Action::new_local(move |dry_run: &bool| {
        let dry_run = *dry_run;
        let config = fields.with_value(|fields: &Vec<_>| read(fields)).to_string();
        let (driver, leaves) = (driver.get_untracked(), leaves.get_untracked());
        let reason = reason.get_untracked();
        async move {
            let (_, _) = (told.try_set(None), refusal.try_set(None));
            match swap_node(id, driver, config, leaves, dry_run, reason).await {
                Ok(swap) if swap.outcome == SwapOutcome::WouldWork => {
                    let _ = told.try_set(Some(swap));
                }
                Ok(swap) => {
                    toasts.tell(describe(&swap));
                    changed.run(());
                    let _ = open.try_set(false);
                }
                Err(failure) => {
                    let _ = refusal.try_set(Some(failure));
                    changed.run(());
                }
            }
        }
    });
    let busy = order.pending();
    let chosen = {
        let (drivers, wanted) = (drivers.clone(), wanted.clone());
        move || {
            let name = driver.get();
            let found = drivers.iter().find(|known| known.driver == name);
            let filled = found.map(|found| fill(found, &wanted.config)).unwrap_or_default();
            fields.set_value(filled.clone());
            view! { <SettingsForm fields=filled /> }
        }
    };
    view! {
        <form
            class="flex flex-col gap-4"
            on:submit=move |event| {
                event.prevent_default();
                tried.set(true);
                if is_reason(&reason.read_untracked()) {
                    order.dispatch_local(false);
                }
            }
        >
            <DriverChoice drivers present=node.setup driver />
            {chosen}
            <label class="flex items-start gap-3">
                <input
                    type="checkbox"
                    class="mt-1 size-4 accent-accent"
                    prop:checked=move || !leaves.get()
                    on:change=move |event| leaves.set(!event_target_checked(&event))
                />
                <span>
                    <span class="text-sm font-medium">"Bring along what it keeps"</span>
                    <span class="block text-sm text-ink-muted">
                        "Unread entries, sessions, cached values. Without it they stay where they are."
                    </span>
                </span>
            </label>
            <TextField
                id="swap-reason"
                label="Why"
                name="reason"
                entry=Entry { max_length: Some(500), ..Entry::default() }
                hint="The history and the audit log keep it."
                error=lacks_reason
                value=reason
            />
            <Show when=move || busy.get()>
                <SwapSteps current=step />
            </Show>
            {move || refusal.get().map(|failure| view! { <FailureNotice failure>"What served before serves on."</FailureNotice> })}
            {move || {
                told.get()
                    .map(|swap| {
                        view! {
                            <Notice tone=Tone::Good title="It would work">
                                <p>{format!("The new driver was made, answered within {} ms, and was let go. ", swap.took_ms)}{swap.notes.join(" ")}</p>
                            </Notice>
                        }
                    })
            }}
            <div class="mt-1 flex flex-wrap justify-end gap-2">
                <Button busy on_click=move |_| { order.dispatch_local(true); }>"Try it out"</Button>
                <Button kind=ButtonKind::Primary submits=true busy>"Swap"</Button>
            </div>
        </form>
    }
}

#[component]
fn DriverChoice(drivers: Vec<DriverView>, present: Setup, driver: RwSignal<String>) -> impl IntoView {
    let options = drivers
        .into_iter()
        .map(|known| {
            let name = known.driver;
            let label = if name == present.driver { format!("{name} (serves now)") } else { name.clone() };
            let is_chosen = name == driver.get_untracked();
            view! { <option value=name selected=is_chosen>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="flex flex-col gap-1.5">
            <label for="swap-driver" class="text-sm font-medium">"Driver"</label>
            <select
                id="swap-driver"
                class="h-10 w-full rounded-control border border-control-line bg-raised px-3 text-base text-ink"
                on:change=move |event| driver.set(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
}

/// A cache fills again, and a quota is short: by default they begin anew.
fn keeps_nothing(kind: &str) -> bool {
    matches!(kind, "cache" | "rate_limiter")
}

fn describe(swap: &SwapView) -> String {
    let moved: Vec<String> = swap
        .moved
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(what, count)| format!("{count} {}", what.replace('_', " ")))
        .collect();
    let pause = format!("nobody waited longer than {} ms", swap.pause_us.div_ceil(1_000));
    if moved.is_empty() {
        format!("{} serves now; {pause}", swap.after.driver)
    } else {
        format!("{} serves now, with {}; {pause}", swap.after.driver, moved.join(", "))
    }
}
