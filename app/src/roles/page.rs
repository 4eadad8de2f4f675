//! The Roles page.

use api::Permission;
use leptos::prelude::*;

use super::matrix::Matrix;
use crate::{
    components::{notice::FailureNotice, page_header::PageHeader},
    failure::refuse_page,
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) RolesRoute => RolesPage, in people);

/// The roles that every installation knows, with what each may do.
#[component]
fn RolesPage() -> impl IntoView {
    let viewer = use_viewer();
    view! {
        <PageHeader title="Roles" text="What each role may do. An account has one of them." />
        {if viewer.may(Permission::ViewRoles) {
            view! { <Matrix links=viewer.may(Permission::ViewUsers) /> }.into_any()
        } else {
            view! { <FailureNotice failure=refuse_page() /> }.into_any()
        }}
    }
}
