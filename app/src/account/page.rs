//! The Account page.

use leptos::prelude::*;

use super::{
    password_panel::PasswordPanel, profile_panel::ProfilePanel, second_factor_panel::SecondFactorPanel,
    sessions_panel::SessionsPanel,
};
use crate::{
    components::{badge::Tone, notice::Notice, page_header::PageHeader},
    on_demand::on_demand,
    session::viewer::use_viewer,
};

on_demand!(pub(crate) AccountRoute => AccountPage, in staff);

/// The viewer's own account.
#[component]
fn AccountPage() -> impl IntoView {
    let account = use_viewer().account;
    view! {
        <PageHeader title="My account" text="Who you are, what you sign in with, and where you are signed in." />
        {account
            .must_set_up_second_factor
            .then(|| {
                view! {
                    <div class="mb-4">
                        <Notice tone=Tone::Warn title="Set up a second factor first">
                            "This installation asks one of everybody on its staff. The rest of the dashboard opens when it is there."
                        </Notice>
                    </div>
                }
            })}
        <div class="grid items-start gap-4 lg:grid-cols-2">
            <div class="grid gap-4">
                <ProfilePanel account=account.clone() />
                <SecondFactorPanel present=account.second_factor must_reload=account.must_set_up_second_factor />
            </div>
            <PasswordPanel />
            <div class="lg:col-span-2">
                <SessionsPanel />
            </div>
        </div>
    }
}
