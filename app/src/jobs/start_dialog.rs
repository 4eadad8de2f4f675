//! The dialog that starts the pre-generation of a region.

use api::{ProblemKind, job::REGION_COORD_MAX, world::WorldView};
use leptos::{either::EitherOf3, prelude::*};

use super::start_pregeneration::start_pregeneration;
use crate::{
    Failure,
    components::{
        badge::Tone,
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::{Entry, TextField},
        notice::{FailureNotice, Notice},
        reason_dialog::{SAY_WHY, is_reason},
        skeleton::Skeleton,
        text_area::TextArea,
        toast::use_toasts,
    },
    world::read_world::read_world,
};

/// Asks for a region, and starts the job.
#[component]
pub(crate) fn StartDialog(open: RwSignal<bool>, started: Callback<()>) -> impl IntoView {
    view! {
        <Dialog id="start-job" title="Pre-generate a region" open>
            <Show when=move || open.get()>
                <StartForm open started />
            </Show>
        </Dialog>
    }
}

#[component]
fn StartForm(open: RwSignal<bool>, started: Callback<()>) -> impl IntoView {
    let world = LocalResource::new(read_world);
    view! {
        <Suspense fallback=|| view! { <Skeleton class="h-48" /> }>
            {move || Suspend::new(async move {
                match world.await {
                    Ok(Some(world)) => EitherOf3::A(view! { <RegionForm world open started /> }),
                    Ok(None) => EitherOf3::B(view! {
                        <Notice tone=Tone::Warn title="There is no world yet">
                            "Jobs of this kind need a world. The server makes its first one when it starts."
                        </Notice>
                    }),
                    Err(failure) => EitherOf3::C(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn RegionForm(world: WorldView, open: RwSignal<bool>, started: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let (x, z) = (RwSignal::new("0".to_owned()), RwSignal::new("0".to_owned()));
    let why = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Failure>);
    let error_of = move |value: RwSignal<String>| {
        Signal::derive(move || {
            tried.get().then(|| coordinate(&value.read()).err()).flatten().map(str::to_owned)
        })
    };
    let no_reason =
        Signal::derive(move || (tried.get() && !is_reason(&why.read())).then(|| SAY_WHY.to_owned()));
    let id = world.id;
    let start = Action::new_local(move |(x, z): &(i32, i32)| {
        let (x, z, why) = (*x, *z, why.get_untracked());
        async move {
            match start_pregeneration(id, x, z, why).await {
                Ok(_) => {
                    toasts.tell(format!("Pre-generation of region {x}, {z} is queued"));
                    open.set(false);
                    started.run(());
                }
                Err(failure) => refusal.set(Some(failure)),
            }
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        refusal.set(None);
        if let (Ok(x), Ok(z)) = (coordinate(&x.read_untracked()), coordinate(&z.read_untracked()))
            && is_reason(&why.read_untracked())
        {
            start.dispatch_local((x, z));
        }
    };
    const NUMBER: Entry =
        Entry { kind: None, autocomplete: Some("off"), mode: None, required: true, max_length: Some(8) };
    view! {
        <form class="flex flex-col gap-4" novalidate=true on:submit=submit>
            <p class="text-ink-muted">
                "Grows and keeps the 4,096 chunks of one region of " <strong class="font-medium text-ink">{world.name}</strong>
                ", so that no player has to wait for them. Chunks that are kept already are skipped."
            </p>
            {move || refusal.get().map(|failure| view! { <Refusal failure /> })}
            <div class="grid grid-cols-2 gap-4">
                <TextField id="region-x" label="Region east (x)" name="x" entry=NUMBER value=x error=error_of(x) />
                <TextField id="region-z" label="Region south (z)" name="z" entry=NUMBER value=z error=error_of(z) />
            </div>
            <TextArea
                id="start-job-why"
                label="Why"
                max_length=500
                hint="The audit log keeps it."
                error=no_reason
                value=why
            />
            <div class="mt-1 flex justify-end gap-2">
                <Button on_click=move |_| open.set(false)>"Close"</Button>
                <Button kind=ButtonKind::Primary submits=true busy=start.pending()>
                    "Start the job"
                </Button>
            </div>
        </form>
    }
}

#[component]
fn Refusal(failure: Failure) -> impl IntoView {
    if failure.kind() == ProblemKind::Conflict {
        view! {
            <Notice tone=Tone::Warn title="Not started">
                {failure.0.detail}
            </Notice>
        }
        .into_any()
    } else {
        view! { <FailureNotice failure /> }.into_any()
    }
}

/// A region's coordinate, or what to write instead.
fn coordinate(text: &str) -> Result<i32, &'static str> {
    const EXPECTED: &str = "A whole number from −500,000 to 500,000";
    let value: i32 = text.trim().replace('−', "-").parse().map_err(|_| EXPECTED)?;
    if (-REGION_COORD_MAX..=REGION_COORD_MAX).contains(&value) { Ok(value) } else { Err(EXPECTED) }
}

#[cfg(test)]
mod tests {
    use super::coordinate;

    #[test]
    fn coordinates_are_whole_numbers_within_reach() {
        assert_eq!(coordinate(" -12 "), Ok(-12));
        assert_eq!(coordinate("−3"), Ok(-3));
        for text in ["", "1.5", "500001", "99999999999", "east"] {
            assert!(coordinate(text).is_err(), "{text}");
        }
    }
}
