//! The page's half of the editor: loads the bundle, mounts it, and speaks to it by name.
//!
//! The other half is `app/editor/`. It is loaded when the studio is opened, and by nobody else.

use js_sys::{Array, Function, Object, Reflect};
use leptos::{html, prelude::*};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, HtmlElement};
use worldgen::{Fault, Severity};

use super::Desk;

/// Where the bundle lies.
const BUNDLE: &str = "/editor.js";
/// What the bundle calls itself.
const GLOBAL: &str = "realmkeepEditor";
/// Where completion learns what can be written.
const SCHEMA: &str = "/api/v1/recipes/schema";

/// The editor. It leaves the page when this is dropped.
pub(crate) struct Editor {
    handle: JsValue,
    _changed: Closure<dyn FnMut(String, bool)>,
}

impl Editor {
    /// Puts an editor into `parent`; `changed` hears of each change, and whether the page itself made it.
    fn mount(parent: &HtmlElement, text: &str, changed: impl FnMut(String, bool) + 'static) -> Option<Self> {
        let bundle = Reflect::get(&window(), &GLOBAL.into()).ok()?;
        let changed = Closure::<dyn FnMut(String, bool)>::new(changed);
        let options = Object::new();
        for (key, value) in [
            ("text", JsValue::from(text)),
            ("nonce", nonce().into()),
            ("label", "Recipe, as YAML".into()),
            ("schema", SCHEMA.into()),
            ("changed", changed.as_ref().clone()),
        ] {
            // An object that was just made takes any key.
            let _ = Reflect::set(&options, &key.into(), &value);
        }
        let handle = call(&bundle, "mount", &[parent.into(), options.into()])?;
        Some(Self { handle, _changed: changed })
    }

    /// Replaces everything, as one step that can be undone.
    pub(crate) fn set_text(&self, text: &str) {
        call(&self.handle, "setText", &[text.into()]);
    }

    /// Writes a value under its keys, joined by dots; says whether there is such a value.
    pub(crate) fn set_value(&self, keys: &str, text: &str) -> bool {
        call(&self.handle, "setValue", &[keys.into(), text.into()]).is_some_and(|done| done.is_truthy())
    }

    /// Shows what is wrong with the text, where it is.
    pub(crate) fn set_faults(&self, faults: &[Fault]) {
        let shown: Vec<_> = faults
            .iter()
            .map(|fault| {
                json!({
                    "severity": if fault.severity == Severity::Error { "error" } else { "warning" },
                    "line": fault.line,
                    "column": fault.column,
                    "message": message(fault),
                    "fix": fault.suggestion,
                })
            })
            .collect();
        call(&self.handle, "setFaults", &[json!(shown).to_string().into()]);
    }

    /// Brings a line into view and puts the cursor there.
    pub(crate) fn go_to(&self, line: u64) {
        call(&self.handle, "goTo", &[(line as f64).into()]);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        call(&self.handle, "destroy", &[]);
    }
}

/// A fault in words, with the other places that have to do with it.
pub(crate) fn message(fault: &Fault) -> String {
    let mut text = fault.what.clone();
    for (line, _, what) in &fault.related {
        text += &format!("; line {line}: {what}");
    }
    if let Some(name) = &fault.suggestion {
        text += &format!("; did you mean `{name}`?");
    }
    text
}

fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &method.into()).ok()?.dyn_into().ok()?;
    function.apply(of, &arguments.iter().collect::<Array>()).ok()
}

/// The nonce of this page's scripts and styles, which the editor's style sheet needs.
fn nonce() -> String {
    let script = document().query_selector("script[nonce]").ok().flatten();
    script
        .and_then(|script| script.dyn_into::<HtmlElement>().ok())
        .and_then(|script| Reflect::get(&script, &"nonce".into()).ok())
        .and_then(|nonce| nonce.as_string())
        .unwrap_or_default()
}

/// The editor's place on the page.
#[component]
pub(crate) fn EditorPane(desk: Desk) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let is_missing = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            load(desk, place.unchecked_into(), is_missing);
        }
    });
    view! {
        <div class="relative min-h-0 flex-1 overflow-hidden">
            <div node_ref=place class="absolute inset-0" data-testid="editor"></div>
            <Show when=move || is_missing.get()>
                <textarea
                    class="absolute inset-0 size-full resize-none bg-surface p-3 font-mono text-sm"
                    aria-label="Recipe, as YAML"
                    spellcheck="false"
                    prop:value=move || desk.text.get()
                    on:input=move |event| desk.write(event_target_value(&event), false)
                ></textarea>
            </Show>
        </div>
    }
}

/// Loads the bundle unless it is here, then mounts the editor. Without it a plain text field does.
fn load(desk: Desk, place: HtmlElement, is_missing: RwSignal<bool>) {
    let mount = move || {
        let text = desk.text.try_get_untracked().unwrap_or_default();
        match Editor::mount(&place, &text, move |text, by_page| desk.write(text, by_page)) {
            Some(editor) => {
                desk.seat(editor);
                // What was found while it was loading.
                if let Some(reading) = desk.reading.try_get_untracked().flatten() {
                    desk.edit(|editor| editor.set_faults(&reading.faults));
                }
            }
            None => {
                let _ = is_missing.try_set(true);
            }
        }
    };
    if Reflect::get(&window(), &GLOBAL.into()).is_ok_and(|bundle| bundle.is_object()) {
        mount();
        return;
    }
    let Ok(script) = document().create_element("script") else { return };
    let script: HtmlElement = script.unchecked_into();
    // An element that was just made takes any attribute.
    let _ = script.set_attribute("src", BUNDLE);
    let loaded = Closure::once_into_js(move |_: Event| mount());
    let failed = Closure::once_into_js(move |_: Event| {
        let _ = is_missing.try_set(true);
    });
    let _ = script.add_event_listener_with_callback("load", loaded.unchecked_ref());
    let _ = script.add_event_listener_with_callback("error", failed.unchecked_ref());
    if let Some(head) = document().head() {
        let _ = head.append_child(&script);
    }
}
