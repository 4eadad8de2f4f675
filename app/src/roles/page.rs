//! The Roles page.

use api::{Permission, role::RoleView};
use leptos::{either::Either, prelude::*};

use super::{
    bench::Bench, bench_panel::BenchPanel, deed::RemoveRole, list_roles::list_roles, matrix::Matrix,
};
use crate::{
    components::{
        button::{Button, ButtonKind},
        deed_dialog::DeedDialog,
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) RolesRoute => RolesPage, in staff);

/// The roles with what each may do, and a bench for those that the installation makes.
#[component]
fn RolesPage() -> impl IntoView {
    let may_make = use_viewer().may(Permission::ManageRoles);
    let first = Resource::new(|| (), |()| list_roles());
    let bench = Bench::empty();
    view! {
        <PageHeader
            title="Roles"
            text="What each role may do. An account has one of the first as its own, and can be given any beside it."
        >
            {may_make
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Primary on_click=move |_| bench.begin()>
                            <Icon glyph=Glyph::Plus />
                            "Make a role"
                        </Button>
                    }
                })}
        </PageHeader>
        <Suspense fallback=|| view! { <Skeleton class="h-[70dvh]" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <Roles first=list.items bench /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Roles(first: Vec<RoleView>, bench: Bench) -> impl IntoView {
    let roles = RwSignal::new(first);
    let asked = RwSignal::new(None::<RemoveRole>);
    let read_again = move || {
        leptos::task::spawn_local(async move {
            // If they can't be read, what was there stays; the page may be gone when they come.
            if let Ok(list) = list_roles().await {
                let _ = roles.try_set(list.items);
            }
        });
    };
    let removed = Callback::new(move |_| {
        bench.clear();
        read_again();
    });
    view! {
        <BenchPanel bench kept=Callback::new(move |()| read_again()) />
        <Matrix roles bench asked />
        <DeedDialog id="remove-role" asked done=removed />
    }
}
