//! A place, typed: the quickest way to a coordinate from a log line.

use leptos::prelude::*;

use super::atlas::Atlas;
use crate::components::{
    button::Button,
    icon::{Glyph, Icon},
};

/// Takes `east, south` in metres and brings it into the middle of the map.
#[component]
pub(crate) fn GoTo(atlas: Atlas) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let go = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let place = text.with_untracked(|text| parse(text));
        is_wrong.set(place.is_none());
        if let Some((x, z)) = place {
            atlas.go_to(x, z);
        }
    };
    view! {
        <form class="flex gap-2" novalidate=true on:submit=go>
            <input
                id="go-to"
                type="text"
                autocomplete="off"
                aria-label="Go to a place: metres east and south of the origin, such as 2048, -512"
                aria-invalid=move || is_wrong.get().then_some("true")
                placeholder="Go to east, south (m)"
                maxlength="40"
                class="figure h-9 w-full min-w-0 rounded-control border border-control-line bg-raised px-3 text-base \
                       placeholder:text-ink-faint aria-invalid:border-bad"
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <Button submits=true icon_only=true attr:aria-label="Go there">
                <Icon glyph=Glyph::Locate />
            </Button>
        </form>
    }
}

/// Two numbers with a comma or space between them.
fn parse(text: &str) -> Option<(f64, f64)> {
    let text = text.replace('−', "-");
    let mut numbers = text.split([',', ' ', ';']).filter(|part| !part.is_empty()).map(str::parse::<f64>);
    match (numbers.next()?, numbers.next()?, numbers.next()) {
        (Ok(x), Ok(z), None) if x.is_finite() && z.is_finite() => Some((x, z)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_place_is_two_numbers_however_they_are_set_apart() {
        for text in ["2048, -512", "2048 −512", "2048;-512", " 2048 , -512 "] {
            assert_eq!(parse(text), Some((2_048.0, -512.0)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_place() {
        for text in ["", "12", "1, 2, 3", "here, there", "inf, 0"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
