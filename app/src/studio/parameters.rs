//! Sliders for the recipe's parameters: each writes its value into the text, and the map follows.

use leptos::prelude::*;
use worldgen::{Param, ParamUnit};

use super::{Desk, worker_messages::Sketch};

/// Steps of a slider from end to end.
const STEPS: f64 = 200.0;

/// The parameters of the newest sound text.
#[component]
pub(crate) fn Parameters(desk: Desk, may_edit: bool) -> impl IntoView {
    let names = Memo::new(move |_| {
        desk.sketches[0]
            .with(|sketch| params(sketch.as_ref()).iter().map(|(name, _)| name.clone()).collect::<Vec<_>>())
    });
    let is_known = move || desk.sketches[0].with(Option::is_some);
    view! {
        <section aria-label="Parameters" class="max-h-[40%] shrink-0 overflow-y-auto border-b border-line px-4 py-2.5" tabindex="0">
            <Show when=move || is_known() && names.with(Vec::is_empty)>
                <p class="text-sm text-ink-muted">"This recipe has no parameters. What stands under params becomes a slider."</p>
            </Show>
            <Show when=move || !is_known()>
                <p class="text-sm text-ink-muted">"Reading the recipe…"</p>
            </Show>
            <For each=move || names.get() key=Clone::clone let:name>
                <Slider desk name may_edit />
            </For>
        </section>
    }
}

fn params(sketch: Option<&Sketch>) -> &[(String, Param)] {
    sketch.map(|sketch| sketch.params.as_slice()).unwrap_or_default()
}

#[component]
fn Slider(desk: Desk, name: String, may_edit: bool) -> impl IntoView {
    let id = format!("param-{name}");
    let label = name.replace(['_', '-'], " ");
    let keys = format!("params.{name}.value");
    let param = Memo::new(move |_| {
        desk.sketches[0].with(|sketch| {
            params(sketch.as_ref()).iter().find(|(known, _)| *known == name).map(|(_, param)| param.clone())
        })
    });
    let of = move |read: fn(&Param) -> f64| param.with(|param| param.as_ref().map(read).unwrap_or_default());
    let about =
        move || param.with(|param| param.as_ref().map(|param| param.about.clone()).unwrap_or_default());
    let shown = move || param.with(|param| param.as_ref().map(told).unwrap_or_default());
    let turn = move |event: web_sys::Event| {
        let Ok(value) = event_target_value(&event).parse::<f64>() else { return };
        let step = param.with_untracked(|param| param.as_ref().map_or(1.0, step));
        let text = number(value, step);
        desk.edit(|editor| editor.set_value(&keys, &text));
    };
    view! {
        <div class="grid grid-cols-[minmax(5rem,7rem)_1fr_4.5rem] items-center gap-x-3 py-1 text-sm" title=about>
            <label for=id.clone() class="truncate font-medium first-letter:uppercase">
                {label}
            </label>
            <input
                id=id
                type="range"
                class="h-5 w-full accent-(--accent)"
                disabled=!may_edit
                min=move || of(|param| param.min).to_string()
                max=move || of(|param| param.max).to_string()
                step=move || param.with(|param| param.as_ref().map_or(1.0, step)).to_string()
                prop:value=move || of(|param| param.value).to_string()
                aria-valuetext=shown
                on:input=turn
            />
            <output class="figure text-right text-ink-muted">{shown}</output>
        </div>
    }
}

/// A step that is a power of ten, so that values stay readable: about a two-hundredth of the way.
fn step(param: &Param) -> f64 {
    let wanted = (param.max - param.min) / STEPS;
    if wanted > 0.0 { 10_f64.powf(wanted.log10().ceil()) } else { 1.0 }
}

/// A value as it is written, without more digits than its step has.
fn number(value: f64, step: f64) -> String {
    let digits = (-step.log10()).ceil().max(0.0) as usize;
    format!("{value:.digits$}")
}

fn told(param: &Param) -> String {
    let value = number(param.value, step(param).min(0.01_f64.max(step(param))));
    match param.unit {
        ParamUnit::Metres => format!("{value} m"),
        ParamUnit::Percent => format!("{value} %"),
        ParamUnit::Number => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(min: f64, max: f64, value: f64) -> Param {
        Param { about: String::new(), unit: ParamUnit::Number, value, min, max }
    }

    #[test]
    fn values_are_written_with_the_digits_that_their_range_asks_for() {
        for (min, max, value, written) in [
            (0.0, 500.0, 330.0, "330"),
            (-0.4, 0.6, 0.1, "0.10"),
            (0.0, 2.0, 1.0, "1.00"),
            (-40.0, 40.0, 2.5, "2"),
        ] {
            let param = param(min, max, value);
            assert_eq!(number(value, step(&param)), written, "{min} to {max}");
        }
    }
}
