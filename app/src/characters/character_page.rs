//! One character: its sheet, and what can be done with it.

use api::{CharacterId, Permission, character::CharacterRecord};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_params_map};

use super::{
    deeds::{Deeds, Reason},
    growth::Growth,
    inventory::Inventory,
    page::classes,
    read_sheet::read_sheet,
    rests::Rests,
    sheet_view::SheetView,
    spellbook::Spellbook,
};
use crate::{
    components::{
        empty_state::EmptyState,
        icon::{Glyph, Icon},
        page_failure::PageFailure,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) CharacterRoute => CharacterPage, in rules);

#[component]
fn CharacterPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|text| text.parse::<CharacterId>().ok()))
    });
    let record = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => read_sheet(id).await.map(Some),
                None => Ok(None),
            }
        },
    );
    view! {
        <A href="/characters" attr:class="text-sm font-medium text-accent-strong hover:underline">
            "Characters"
        </A>
        <Suspense fallback=|| view! { <Skeleton class="mt-4 h-96" /> }>
            {move || Suspend::new(async move {
                match record.await {
                    Ok(Some(record)) => view! { <Character record /> }.into_any(),
                    Ok(None) => {
                        view! {
                            <EmptyState
                                glyph=Glyph::Entities
                                title="No such character"
                                text="The address names none. Look for it in the list."
                            />
                        }
                            .into_any()
                    }
                    Err(failure) => {
                        view! { <PageFailure failure back="/characters" back_label="To all characters" /> }.into_any()
                    },
                }
            })}
        </Suspense>
    }
}

#[component]
fn Character(record: CharacterRecord) -> impl IntoView {
    let viewer = use_viewer();
    let is_own = record.character.account_id == viewer.account.id;
    let may_change = is_own || viewer.may(Permission::EditEntities);
    let (name, id) = (record.character.name.clone(), record.id);
    let deeds = Deeds::new(record, is_own);
    let sheet = Signal::derive(move || deeds.record.with(|record| record.sheet.clone()));
    let told = move || {
        sheet.with(|sheet| {
            let race = sheet.subrace.as_ref().unwrap_or(&sheet.race).name.clone();
            format!("{race} · {} · {}", classes(&sheet.classes), sheet.background.name)
        })
    };
    view! {
        <Title text=name.clone() />
        <div class="mt-1 mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
            <div class="min-w-0">
                <h1 class="font-display text-2xl font-semibold break-words">{name.clone()}</h1>
                <p class="mt-0.5 text-ink-muted">{told}</p>
            </div>
            // The router would look for a page of its own there.
            <a
                href=format!("/api/v1/characters/{id}/export")
                rel="external"
                download=format!("{name}.json")
                class="inline-flex h-9 items-center gap-2 rounded-control border border-line-strong bg-raised px-3.5 font-medium hover:bg-hover"
            >
                <Icon glyph=Glyph::Download />
                "Export"
            </a>
        </div>
        <div class="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
            <SheetView sheet />
            <div class="space-y-4">
                {if may_change {
                    Either::Left(
                        view! {
                            <Reason deeds />
                            <Growth deeds />
                            <Rests deeds />
                            <Spellbook deeds />
                            <Inventory deeds />
                        },
                    )
                } else {
                    Either::Right(
                        view! {
                            <p class="rounded-card border border-line bg-surface p-4 text-ink-muted shadow-low">
                                "You see this character because of your role. To change it needs the right to edit entities."
                            </p>
                        },
                    )
                }}
            </div>
        </div>
        <p class="mt-6 text-xs text-ink-muted">{rules::ATTRIBUTION}</p>
    }
}
