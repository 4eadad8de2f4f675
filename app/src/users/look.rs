//! Looking at the dashboard as somebody else does, for support.

use api::Permission;
use leptos::prelude::*;

use super::{impersonate::impersonate, person_page::Subject};
use crate::components::{
    button::{Button, ButtonKind},
    icon::{Glyph, Icon},
    reason_dialog::ReasonDialog,
    select_field::SelectField,
};

/// How long a look may last, in minutes: the server allows one to sixty.
const MINUTES: [u32; 4] = [5, 15, 30, 60];
const MINUTES_FIRST: &str = "15";

/// The button, and the question for how long and why.
#[component]
pub(super) fn LookButton(subject: Subject) -> impl IntoView {
    let open = RwSignal::new(false);
    let minutes = RwSignal::new(MINUTES_FIRST.to_owned());
    let name = Memo::new(move |_| subject.user.read().display_name.clone());
    let options = MINUTES.iter().map(|minutes| (minutes.to_string(), format!("{minutes} minutes")));
    let options = StoredValue::new(options.collect::<Vec<_>>());
    let act = move |reason: String| {
        let minutes = minutes.read_untracked().parse().unwrap_or_default();
        let (name, role) = subject.user.with_untracked(|user| (user.display_name.clone(), user.role));
        async move {
            impersonate(subject.id, minutes, reason).await?;
            let page = if role.allows(Permission::ObserveGame) { "/" } else { "/account" };
            // All of the page is another's from now on: it has to be asked for anew.
            if let Err(error) = window().location().set_href(page) {
                leptos::logging::error!("the page can't be left: {error:?}");
            }
            Ok(format!("You see what {name} sees"))
        }
    };
    view! {
        <Button on_click=move |_| open.set(true)>
            <Icon glyph=Glyph::Eye />
            "Look as them"
        </Button>
        <ReasonDialog
            id="impersonate"
            title=Signal::derive(move || format!("Look as {}?", name.get()))
            text="You see what they see, and can change nothing. A banner leads back, and it ends by itself."
            yes="Look as them"
            kind=ButtonKind::Primary
            open
            act
        >
            <SelectField id="look-minutes" label="For how long" options=options.get_value() value=minutes />
        </ReasonDialog>
    }
}
