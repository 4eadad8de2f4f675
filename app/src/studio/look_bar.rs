//! What the map shows: one layer, and what lies over it.

use leptos::prelude::*;
use worldgen::LookLayer;

use super::Desk;

/// The views of every world, and what they are called.
const VIEWS: [(&str, &str); 7] = [
    ("land", "Land"),
    ("height", "Height"),
    ("slope", "Slope"),
    ("biome", "Biome"),
    ("material", "Material"),
    ("temperature", "Temperature"),
    ("humidity", "Humidity"),
];

/// The value of a layer's option: a view's name, or a layer's behind a colon.
fn value(layer: &LookLayer) -> String {
    match layer {
        LookLayer::Land => "land".to_owned(),
        LookLayer::Height => "height".to_owned(),
        LookLayer::Slope => "slope".to_owned(),
        LookLayer::Biome => "biome".to_owned(),
        LookLayer::Material => "material".to_owned(),
        LookLayer::Temperature => "temperature".to_owned(),
        LookLayer::Humidity => "humidity".to_owned(),
        LookLayer::Named(name) => format!(":{name}"),
    }
}

fn layer(value: &str) -> LookLayer {
    match value {
        "height" => LookLayer::Height,
        "slope" => LookLayer::Slope,
        "biome" => LookLayer::Biome,
        "material" => LookLayer::Material,
        "temperature" => LookLayer::Temperature,
        "humidity" => LookLayer::Humidity,
        named => named.strip_prefix(':').map_or(LookLayer::Land, |name| LookLayer::Named(name.to_owned())),
    }
}

/// The choice of a layer, and switches for what lies over it.
#[component]
pub(crate) fn LookBar(desk: Desk) -> impl IntoView {
    let named = Memo::new(move |_| {
        desk.sketches[0].with(|sketch| {
            let scales = sketch.as_ref().map(|sketch| sketch.scales.as_slice()).unwrap_or_default();
            let named = scales.iter().filter(|(layer, _)| matches!(layer, LookLayer::Named(_)));
            named.map(|(layer, _)| value(layer)).collect::<Vec<_>>()
        })
    });
    let chosen = Memo::new(move |_| desk.look.with(|look| value(&look.layer)));
    view! {
        <div class="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-3 py-2">
            <label class="flex items-center gap-2 text-sm">
                <span class="text-ink-muted">"Layer"</span>
                <select
                    id="look-layer"
                    class="h-8 max-w-44 rounded-control border border-control-line bg-raised px-2 text-sm text-ink"
                    prop:value=move || chosen.get()
                    on:change=move |event| {
                        let wanted = layer(&event_target_value(&event));
                        desk.look_at(|look| look.layer = wanted);
                    }
                >
                    {VIEWS.map(|(value, label)| view! { <option value=value>{label}</option> }).collect_view()}
                    <optgroup label="Layers of the recipe">
                        <For each=move || named.get() key=Clone::clone let:name>
                            <option value=name.clone()>{name.trim_start_matches(':').to_owned()}</option>
                        </For>
                    </optgroup>
                </select>
            </label>
            <fieldset class="flex h-8 items-center overflow-hidden rounded-control border border-line bg-raised text-sm">
                <legend class="sr-only">"Over it"</legend>
                <Switch label="Hillshade" on=move || desk.look.with(|look| look.hillshade) flip=move || desk.look_at(|look| look.hillshade = !look.hillshade) />
                <Switch label="Water" on=move || desk.look.with(|look| look.water) flip=move || desk.look_at(|look| look.water = !look.water) />
                <Switch label="Blocked" on=move || desk.look.with(|look| look.walkable) flip=move || desk.look_at(|look| look.walkable = !look.walkable) />
                <Switch label="Grid" on=move || desk.has_grid.get() flip=move || desk.has_grid.update(|grid| *grid = !*grid) />
            </fieldset>
        </div>
    }
}

#[component]
fn Switch(
    label: &'static str,
    on: impl Fn() -> bool + Copy + Send + Sync + 'static,
    flip: impl Fn() + Copy + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="h-full border-r border-line px-2.5 font-medium text-ink-muted -outline-offset-2 last:border-r-0 hover:bg-hover \
                   aria-pressed:bg-accent-soft aria-pressed:text-accent-strong"
            aria-pressed=move || if on() { "true" } else { "false" }
            on:click=move |_| flip()
        >
            {label}
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_is_found_again_by_its_option() {
        for (value_of, _) in VIEWS {
            assert_eq!(value(&layer(value_of)), value_of);
        }
        let named = LookLayer::Named("height".to_owned());
        assert_eq!(layer(&value(&named)), named, "a layer of the recipe may have a view's name");
    }
}
