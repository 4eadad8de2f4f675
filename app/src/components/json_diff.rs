//! What was, and what is now, part by part.

use leptos::prelude::*;
use serde_json::Value;

/// A part that is not the same on both sides. `None` where a side does not have it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// Where it stands: names with dots between them; empty for the whole.
    pub(crate) path: String,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

/// The parts that differ, in the order of their names.
pub(crate) fn differing(before: &Value, after: &Value) -> Vec<Part> {
    let mut parts = Vec::new();
    collect(String::new(), Some(before), Some(after), &mut parts);
    parts
}

fn collect(path: String, before: Option<&Value>, after: Option<&Value>, parts: &mut Vec<Part>) {
    if before == after {
        return;
    }
    let fields = |value: Option<&Value>| match value {
        Some(Value::Object(fields)) => Some(fields.clone()),
        None | Some(Value::Null) => Some(serde_json::Map::new()),
        Some(_) => None,
    };
    let is_object = |value: Option<&Value>| matches!(value, Some(Value::Object(_)));
    if let (Some(old), Some(new)) = (fields(before), fields(after))
        && (is_object(before) || is_object(after))
    {
        let mut names: Vec<_> = old.keys().chain(new.keys()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            collect(path, old.get(name), new.get(name), parts);
        }
        return;
    }
    parts.push(Part { path, before: before.cloned(), after: after.cloned() });
}

/// The parts that differ, as a list: the name, what was, what is now.
#[expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#[component]
pub(crate) fn Difference(before: Value, after: Value) -> impl IntoView {
    let parts = differing(&before, &after);
    if parts.is_empty() {
        return view! { <p class="text-sm text-ink-muted">"Nothing is different."</p> }.into_any();
    }
    view! {
        <ul class="divide-y divide-line rounded-control border border-line bg-raised text-xs" aria-label="What changed">
            {parts.into_iter().map(|part| view! { <PartRow part /> }).collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn PartRow(part: Part) -> impl IntoView {
    let side = |value: Option<Value>, sign: &'static str, said: &'static str, class: &'static str| {
        value.filter(|value| !value.is_null()).map(|value| {
            view! {
                <p class=format!("rounded-control px-2 py-0.5 font-mono break-all {class}")>
                    <span aria-hidden="true">{sign} " "</span>
                    <span class="sr-only">{said}</span>
                    {shown(&value)}
                </p>
            }
        })
    };
    view! {
        <li class="space-y-1 px-3 py-2">
            {(!part.path.is_empty()).then(|| view! { <p class="font-mono text-ink-muted">{part.path.clone()}</p> })}
            {side(part.before, "−", "before: ", "bg-bad-soft text-bad")}
            {side(part.after, "+", "after: ", "bg-good-soft text-good")}
        </li>
    }
}

/// A text stands for itself, without quotes; all else as JSON.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: &Value, after: &Value) -> Vec<(String, Option<Value>, Option<Value>)> {
        differing(before, after).into_iter().map(|part| (part.path, part.before, part.after)).collect()
    }

    #[test]
    fn only_what_differs_is_told_and_where_it_stands() {
        let (before, after) = (
            json!({"role": "player", "a": {"b": 1, "c": 2}}),
            json!({"role": "player", "a": {"b": 1, "c": 3}}),
        );
        assert_eq!(told(&before, &after), [("a.c".to_owned(), Some(json!(2)), Some(json!(3)))]);
    }

    #[test]
    fn what_was_made_has_no_before_and_what_is_gone_no_after() {
        assert_eq!(told(&Value::Null, &json!({"name": "x"})), [("name".to_owned(), None, Some(json!("x")))]);
        assert_eq!(told(&json!({"name": "x"}), &Value::Null), [("name".to_owned(), Some(json!("x")), None)]);
    }

    #[test]
    fn lists_and_plain_values_are_told_as_a_whole() {
        assert_eq!(
            told(&json!([1]), &json!([1, 2])),
            [(String::new(), Some(json!([1])), Some(json!([1, 2])))]
        );
        assert_eq!(told(&json!({"a": 1}), &json!({"a": 1})), []);
    }
}
