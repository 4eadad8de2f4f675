//! Who the viewer is.

use api::auth::AccountView;
use leptos::prelude::*;

use super::send_verification::send_verification;
use crate::{
    components::{
        badge::{Badge, Tone},
        button::Button,
        facts::{Fact, Facts},
        panel::Panel,
        time::Ago,
        toast::use_toasts,
    },
    format,
};

/// Name, address, role, and whether the address is verified.
#[component]
pub(super) fn ProfilePanel(account: AccountView) -> impl IntoView {
    let toasts = use_toasts();
    let is_verified = account.email_verified;
    let send = Action::new_local(move |(): &()| async move {
        match send_verification().await {
            Ok(()) => toasts.tell("A letter is on its way"),
            Err(failure) => toasts.warn(failure.to_string()),
        }
    });
    view! {
        <Panel id="profile" title="Profile">
            <Facts>
                <Fact name="Name">
                    <bdi>{account.display_name}</bdi>
                </Fact>
                <Fact name="Role">{account.role.label()}</Fact>
                <Fact name="E-mail">{account.email}</Fact>
                <Fact name="Address">
                    {if is_verified {
                        view! { <Badge tone=Tone::Good>"Verified"</Badge> }.into_any()
                    } else {
                        view! { <Badge tone=Tone::Warn>"Not verified"</Badge> }.into_any()
                    }}
                </Fact>
                <Fact name="Permissions">
                    {format::count(account.permissions.len() as u64)} " things you may do"
                </Fact>
                <Fact name="Here since">
                    <Ago at=account.created_at />
                </Fact>
            </Facts>
            {(!is_verified)
                .then(|| {
                    view! {
                        <div class="mt-4">
                            <Button busy=send.pending() on_click=move |_| { send.dispatch_local(()); }>
                                "Send me a letter to verify it"
                            </Button>
                        </div>
                    }
                })}
        </Panel>
    }
}
