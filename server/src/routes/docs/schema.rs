//! Shapes of bodies: by name in a table of fields, or in one line.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Prose, Text};

/// Constraints that are told beside a field, and how.
const CONSTRAINTS: [(&str, &str); 9] = [
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("minimum", "at least {}"),
    ("maximum", "at most {}"),
    ("minItems", "at least {} items"),
    ("maxItems", "at most {} items"),
    ("pattern", "matches {}"),
    ("default", "default {}"),
    ("const", "always {}"),
];

/// A schema that others refer to by name.
pub(super) fn write_named(out: &mut String, name: &str, shape: &Value) -> std::fmt::Result {
    write!(out, r#"<article class="schema" id="schema-{0}"><h3><code>{0}</code></h3>"#, Text(name))?;
    write_description(out, shape)?;
    let variants =
        ["oneOf", "anyOf", "allOf"].iter().find_map(|key| shape.get(key)).and_then(Value::as_array);
    match variants {
        Some(variants) => {
            out.push_str("<p>One of:</p>");
            for variant in variants {
                out.push_str("<div class=\"variant\">");
                write_description(out, variant)?;
                write_body(out, variant)?;
                out.push_str("</div>");
            }
        }
        None => write_body(out, shape)?,
    }
    out.push_str("</article>");
    Ok(())
}

fn write_description(out: &mut String, shape: &Value) -> std::fmt::Result {
    match shape.get("description").and_then(Value::as_str) {
        Some(description) => write!(out, "<p>{}</p>", Prose(description)),
        None => Ok(()),
    }
}

fn write_body(out: &mut String, shape: &Value) -> std::fmt::Result {
    let Some(properties) = shape.get("properties").and_then(Value::as_object) else {
        out.push_str("<p>");
        write_inline(out, shape)?;
        out.push_str("</p>");
        return Ok(());
    };
    let required: Vec<&str> = shape
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    out.push_str("<div class=\"scroll\"><table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>");
    for (name, field) in properties {
        let optional = if required.contains(&name.as_str()) { "" } else { " <small>optional</small>" };
        write!(out, "<tr><td><code>{}</code>{optional}</td><td>", Text(name))?;
        write_inline(out, field)?;
        let meaning = field.get("description").and_then(Value::as_str).unwrap_or_default();
        write!(out, "</td><td>{}</td></tr>", Prose(meaning))?;
    }
    out.push_str("</tbody></table></div>");
    Ok(())
}

/// A shape in a line: a link to its name, or its type and constraints.
pub(super) fn write_inline(out: &mut String, shape: &Value) -> std::fmt::Result {
    if let Some(name) = shape.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next()) {
        return write!(out, r##"<a href="#schema-{0}"><code>{0}</code></a>"##, Text(name));
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(variants) = shape.get(key).and_then(Value::as_array) {
            return write_joined(out, variants);
        }
    }
    if let Some(values) = shape.get("enum").and_then(Value::as_array) {
        let values: Vec<String> =
            values.iter().map(|value| format!("<code>{}</code>", Text(&value.to_string()))).collect();
        return out.write_str(&values.join(" "));
    }
    write!(out, "<code>{}</code>", Text(&type_name(shape)))?;
    if let Some(items) = shape.get("items") {
        out.push_str(" of ");
        write_inline(out, items)?;
    }
    for (key, phrase) in CONSTRAINTS {
        if let Some(limit) = shape.get(key) {
            write!(out, " <small>{}</small>", Text(&phrase.replace("{}", &limit.to_string())))?;
        }
    }
    Ok(())
}

fn write_joined(out: &mut String, variants: &[Value]) -> std::fmt::Result {
    for (index, variant) in variants.iter().enumerate() {
        if index > 0 {
            out.push_str(" or ");
        }
        write_inline(out, variant)?;
    }
    Ok(())
}

fn type_name(shape: &Value) -> String {
    let kind = match shape.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    };
    match shape.get("format").and_then(Value::as_str) {
        Some(format) => format!("{kind} ({format})"),
        None => kind,
    }
}
