//! Making an account for somebody.

use api::{Problem, ProblemKind, Role, user::UserView};
use leptos::prelude::*;

use super::{create_user::create_user, reach::roles_in_reach};
use crate::{
    Failure,
    components::{
        button::ButtonKind,
        field::{Entry, TextField},
        paged::Paged,
        reason_dialog::ReasonDialog,
        select_field::SelectField,
    },
    session::viewer::use_viewer,
};

/// Asks for what the account needs; the new one stands first in `list`.
#[component]
pub(super) fn CreateDialog(open: RwSignal<bool>, list: Paged<UserView>) -> impl IntoView {
    let roles = StoredValue::new(roles_in_reach(&use_viewer()));
    let empty = || RwSignal::new(String::new());
    let (email, name, password) = (empty(), empty(), empty());
    let role = RwSignal::new("player".to_owned());
    let act = move |reason: String| {
        let given = role.read_untracked().parse::<Role>();
        let (email, name, password) = (email.get_untracked(), name.get_untracked(), password.get_untracked());
        async move {
            let unknown = |_| Failure(Problem::new(ProblemKind::InvalidRequest, "Choose a role."));
            let made = create_user(email, name, password, given.map_err(unknown)?, reason).await?;
            let told = format!("{} has an account now", made.display_name);
            list.put_first(made);
            Ok(told)
        }
    };
    Effect::new(move |_| {
        if !open.get() {
            for field in [email, name, password] {
                field.set(String::new());
            }
        }
    });
    view! {
        <ReasonDialog
            id="create-user"
            title="Create an account"
            text="For staff and for services. Players register themselves."
            yes="Create the account"
            kind=ButtonKind::Primary
            open
            act
        >
            <TextField id="new-email" label="E-mail" name="email" entry=line("email", 254) value=email />
            <TextField
                id="new-name"
                label="Name"
                name="display_name"
                hint="What staff see; players see their character’s."
                entry=line("text", 40)
                value=name
            />
            <TextField
                id="new-password"
                label="First password"
                name="password"
                hint="12 characters or more. They change it on their own page."
                entry=line("password", 128)
                value=password
            />
            <SelectField id="new-role" label="Role" options=roles.get_value() value=role />
        </ReasonDialog>
    }
}

fn line(kind: &'static str, max_length: u32) -> Entry {
    let autocomplete = Some(if kind == "password" { "new-password" } else { "off" });
    Entry { kind: Some(kind), autocomplete, mode: None, required: true, max_length: Some(max_length) }
}
