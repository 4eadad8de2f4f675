//! The page as a whole: what the API is, its operations by group, its schemas.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Prose, Text, operation, schema};

/// Methods in the order in which a reader looks for them.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Renders an OpenAPI description.
pub(super) fn render(description: &Value) -> String {
    let mut out = String::with_capacity(128 * 1024);
    write_page(&mut out, description).expect("writing to a string does not fail");
    out
}

fn write_page(out: &mut String, description: &Value) -> std::fmt::Result {
    let text = |pointer: &str| description.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let title = text("/info/title");
    write!(
        out,
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>{}</title><link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/api/docs/docs.css"></head><body>"#,
        Text(title)
    )?;
    let groups = groups(description);
    write_contents(out, title, &groups)?;
    write!(
        out,
        r#"<main><header class="intro"><h1>{}</h1><p class="version">Version {}</p>"#,
        Text(title),
        Text(text("/info/version"))
    )?;
    for paragraph in text("/info/description").split("\n\n").filter(|text| !text.is_empty()) {
        write!(out, "<p>{}</p>", Prose(paragraph))?;
    }
    write!(out, r#"<p><a href="/api/v1/openapi.json">openapi.json</a></p></header>"#)?;
    for (tag, operations) in &groups {
        write!(out, r#"<section><h2 id="tag-{0}">{0}</h2>"#, Text(tag))?;
        for (path, method, operation) in operations {
            operation::write(out, description, path, method, operation)?;
        }
        out.push_str("</section>");
    }
    out.push_str(r#"<section><h2 id="schemas">Schemas</h2>"#);
    if let Some(schemas) = description.pointer("/components/schemas").and_then(Value::as_object) {
        for (name, shape) in schemas {
            schema::write_named(out, name, shape)?;
        }
    }
    out.push_str("</section></main></body></html>");
    Ok(())
}

type Operation<'a> = (&'a str, &'static str, &'a Value);

/// Operations by their first tag, tags in order of appearance.
fn groups(description: &Value) -> Vec<(String, Vec<Operation<'_>>)> {
    let mut groups: Vec<(String, Vec<Operation<'_>>)> = Vec::new();
    let paths = description.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or("Other");
            let listed = (path.as_str(), method, operation);
            match groups.iter_mut().find(|(name, _)| name == tag) {
                Some((_, operations)) => operations.push(listed),
                None => groups.push((tag.to_owned(), vec![listed])),
            }
        }
    }
    groups
}

fn write_contents(
    out: &mut String,
    title: &str,
    groups: &[(String, Vec<Operation<'_>>)],
) -> std::fmt::Result {
    write!(out, r#"<nav aria-label="Contents"><p class="brand">{}</p>"#, Text(title))?;
    for (tag, operations) in groups {
        write!(out, r##"<p class="group"><a href="#tag-{0}">{0}</a></p><ul>"##, Text(tag))?;
        for (path, method, _) in operations {
            write!(
                out,
                r##"<li><a href="#{}"><span class="method {method}">{method}</span> <span class="path">{}</span></a></li>"##,
                Text(&operation::anchor(method, path)),
                Text(path.trim_start_matches("/api/v1/")),
            )?;
        }
        out.push_str("</ul>");
    }
    out.push_str(r##"<p class="group"><a href="#schemas">Schemas</a></p></nav>"##);
    Ok(())
}
