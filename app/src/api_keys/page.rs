//! The API keys page.

use api::Permission;
use leptos::{either::Either, prelude::*};

use super::{key_list::KeyList, list_keys::list_keys};
use crate::{
    components::{
        button::{Button, ButtonKind},
        icon::{Glyph, Icon},
        notice::FailureNotice,
        page_header::PageHeader,
        skeleton::Skeleton,
    },
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) ApiKeysRoute => ApiKeysPage, in staff);

/// All keys, and a way to make one.
#[component]
fn ApiKeysPage() -> impl IntoView {
    let may_create = use_viewer().may(Permission::ManageApiKeys);
    let first = Resource::new(|| (), |()| list_keys());
    let creates = RwSignal::new(false);
    view! {
        <PageHeader title="API keys" text="For programs that call the API. A key may do part of what a service’s account may.">
            {may_create
                .then(|| {
                    view! {
                        <Button kind=ButtonKind::Primary on_click=move |_| creates.set(true)>
                            <Icon glyph=Glyph::Plus />
                            "Create a key"
                        </Button>
                    }
                })}
        </PageHeader>
        <Suspense fallback=|| view! { <Skeleton class="h-64" /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(list) => Either::Left(view! { <KeyList first=list.items creates /> }),
                    Err(failure) => Either::Right(view! { <FailureNotice failure /> }),
                }
            })}
        </Suspense>
    }
}
