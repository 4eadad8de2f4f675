//! Sign-ins, one a row.

use api::session::{SessionUse, SessionView};
use leptos::prelude::*;

use super::device;
use crate::components::{
    badge::{Badge, Tone},
    button::Button,
    table::{Cell, DataTable, ROW},
    time::Ago,
};

const COLUMNS: &[&str] = &["Device", "Used by", "From", "Began", "Last renewed", ""];

/// The sign-ins that are not over. `end` is asked for the one whose button was pressed.
#[component]
pub(crate) fn SignInTable(
    sessions: RwSignal<Vec<SessionView>>,
    /// None if the viewer may not end them.
    end: Option<Callback<SessionView>>,
) -> impl IntoView {
    view! {
        <DataTable caption="Sign-ins" columns=COLUMNS>
            <For each=move || sessions.get() key=|session| session.id let:session>
                <SignInRow session end />
            </For>
        </DataTable>
    }
}

#[component]
fn SignInRow(session: SessionView, end: Option<Callback<SessionView>>) -> impl IntoView {
    let device = device::describe(session.user_agent.as_deref());
    let user_agent = session.user_agent.clone().unwrap_or_default();
    let used_by = match session.used_by {
        SessionUse::Dashboard => "Dashboard",
        SessionUse::Client => "Client",
    };
    let (began, renewed, current) = (session.began_at, session.renewed_at, session.current);
    let address = session.address.clone().unwrap_or_else(|| "unknown".to_owned());
    let label = format!("End the sign-in of {device}");
    view! {
        <tr class=ROW data-testid="sign-in">
            <Cell>
                <p class="flex flex-wrap items-center gap-2">
                    <span class="font-medium break-words" title=user_agent>
                        {device}
                    </span>
                    {current.then(|| view! { <Badge tone=Tone::Good>"This one"</Badge> })}
                </p>
            </Cell>
            <Cell column="Used by" class="text-ink-muted">
                {used_by}
            </Cell>
            <Cell column="From" class="font-mono text-xs break-all text-ink-muted">
                {address}
            </Cell>
            <Cell column="Began" class="text-ink-muted">
                <Ago at=began />
            </Cell>
            <Cell column="Last renewed" class="text-ink-muted">
                <Ago at=renewed />
            </Cell>
            <Cell class="text-right">
                {end
                    .filter(|_| !current)
                    .map(|end| {
                        view! {
                            <Button attr:aria-label=label on_click=move |_| end.run(session.clone())>
                                "End"
                            </Button>
                        }
                    })}
            </Cell>
        </tr>
    }
}
