//! The tree of what a record does, drawn from the data that is played: steps in their order, and what hangs on each.

use leptos::prelude::*;
use serde_json::{Map, Value};

/// Parts of a record that hold steps, effects or actions, and what they are called.
const ROOTS: [(&str, &str); 9] = [
    ("do", "What it does"),
    ("gives", "What it gives"),
    ("actions", "Actions"),
    ("reactions", "Reactions"),
    ("traits", "Traits"),
    ("legendary", "Legendary actions"),
    ("lair", "The lair"),
    ("casting", "Casting"),
    ("charges", "Charges"),
];

/// The tree, or nothing where a record has none.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(super) fn EffectTree(record: Value) -> impl IntoView {
    let parts: Vec<_> = ROOTS
        .into_iter()
        .filter_map(|(key, name)| {
            let part = record.get(key).filter(|part| part.is_array() || part.is_object())?;
            Some(view! {
                <li>
                    <span class="font-medium">{name}</span>
                    {branch(part)}
                </li>
            })
        })
        .collect();
    (!parts.is_empty()).then(|| {
        view! {
            <div>
                <h2 class="font-semibold">"The tree that is played"</h2>
                <ul class="mt-2 space-y-3" data-testid="effect-tree">
                    {parts}
                </ul>
            </div>
        }
    })
}

/// What hangs on a part, one level in.
fn branch(value: &Value) -> AnyView {
    let items: Vec<AnyView> = match value {
        Value::Array(list) => list.iter().map(twig).collect(),
        Value::Object(fields) => knots(fields),
        other => return view! { <span class="font-mono text-xs">{plain(other)}</span> }.into_any(),
    };
    view! { <ul class="mt-1 space-y-1 border-l border-line pl-4">{items}</ul> }.into_any()
}

/// One of a list: a step has one key, which names it; an action or trait has a name of its own.
fn twig(value: &Value) -> AnyView {
    match value {
        Value::Object(fields) if fields.len() == 1 => {
            knots(fields).into_iter().collect::<Vec<_>>().into_any()
        }
        Value::Object(fields) => {
            let name = ["name", "on", "path"].into_iter().find_map(|key| fields.get(key)?.as_str());
            let rest: Map<String, Value> =
                fields.iter().filter(|(key, _)| !matches!(key.as_str(), "name" | "id")).map(owned).collect();
            view! {
                <li>
                    <span class="font-medium">{words(name.unwrap_or("and"))}</span>
                    <ul class="mt-1 space-y-1 border-l border-line pl-4">{knots(&rest)}</ul>
                </li>
            }
            .into_any()
        }
        other => view! { <li class="font-mono text-xs">{plain(other)}</li> }.into_any(),
    }
}

fn owned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// Fields: plain ones in a line each, others with what hangs on them.
fn knots(fields: &Map<String, Value>) -> Vec<AnyView> {
    let knot = |(key, value): (&String, &Value)| {
        let deep = match value {
            Value::Object(_) => true,
            Value::Array(list) => list.iter().any(Value::is_object),
            _ => false,
        };
        if deep {
            view! {
                <li>
                    <span class="rounded-control bg-accent-soft px-1.5 py-0.5 text-sm font-medium text-accent-strong">
                        {words(key)}
                    </span>
                    {branch(value)}
                </li>
            }
            .into_any()
        } else {
            view! {
                <li class="text-sm">
                    <span class="text-ink-muted">{words(key)} " "</span>
                    <span class="font-mono text-xs break-words">{plain(value)}</span>
                </li>
            }
            .into_any()
        }
    };
    fields.iter().map(knot).collect()
}

/// A key as words.
fn words(key: &str) -> String {
    key.replace('_', " ")
}

/// A value in a line.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
