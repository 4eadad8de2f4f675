//! One operation: what it does, what it takes, what it answers.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Prose, Text, schema};

/// Where a link to the operation leads.
pub(super) fn anchor(method: &str, path: &str) -> String {
    format!("{method}-{}", path.trim_start_matches("/api/v1/").replace(['/', '{', '}', '.'], "-"))
}

pub(super) fn write(
    out: &mut String,
    description: &Value,
    path: &str,
    method: &str,
    operation: &Value,
) -> std::fmt::Result {
    let text = |key: &str| operation.get(key).and_then(Value::as_str).unwrap_or_default();
    write!(
        out,
        r#"<article id="{}"><h3><span class="method {method}">{method}</span> <code>{}</code></h3>"#,
        Text(&anchor(method, path)),
        Text(path)
    )?;
    write!(out, r#"<p class="summary">{}</p>"#, Prose(text("summary")))?;
    for paragraph in text("description").split("\n\n").filter(|text| !text.is_empty()) {
        write!(out, "<p>{}</p>", Prose(paragraph))?;
    }
    out.push_str(match operation.get("security").and_then(Value::as_array) {
        Some(ways) if !ways.is_empty() => {
            r#"<p class="needs">Needs a login: bearer token or dashboard session.</p>"#
        }
        _ => r#"<p class="needs">Needs no login.</p>"#,
    });
    write_parameters(out, operation)?;
    if let Some(body) = operation.get("requestBody") {
        out.push_str("<h4>Body</h4>");
        write_content(out, body)?;
    }
    write_responses(out, description, operation)?;
    out.push_str("</article>");
    Ok(())
}

fn write_parameters(out: &mut String, operation: &Value) -> std::fmt::Result {
    let Some(parameters) = operation.get("parameters").and_then(Value::as_array) else { return Ok(()) };
    out.push_str("<h4>Parameters</h4><div class=\"scroll\"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>Meaning</th></tr></thead><tbody>");
    for parameter in parameters {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        write!(out, "<tr><td><code>{}</code></td><td>{}</td><td>", Text(text("name")), Text(text("in")))?;
        if let Some(shape) = parameter.get("schema") {
            schema::write_inline(out, shape)?;
        }
        write!(out, "</td><td>{}</td></tr>", Prose(text("description")))?;
    }
    out.push_str("</tbody></table></div>");
    Ok(())
}

fn write_responses(out: &mut String, description: &Value, operation: &Value) -> std::fmt::Result {
    let Some(responses) = operation.get("responses").and_then(Value::as_object) else { return Ok(()) };
    out.push_str("<h4>Answers</h4><dl class=\"answers\">");
    for (status, response) in responses {
        let response = resolve(description, response);
        let meaning = response.get("description").and_then(Value::as_str).unwrap_or_default();
        let class = status.get(..1).unwrap_or_default();
        write!(out, r#"<dt class="status s{}">{}</dt><dd>{} "#, Text(class), Text(status), Prose(meaning))?;
        write_content(out, response)?;
        out.push_str("</dd>");
    }
    out.push_str("</dl>");
    Ok(())
}

/// Media types, each with its shape.
fn write_content(out: &mut String, of: &Value) -> std::fmt::Result {
    let Some(content) = of.get("content").and_then(Value::as_object) else { return Ok(()) };
    for (media_type, body) in content {
        write!(out, r#"<span class="media">{}</span> "#, Text(media_type))?;
        if let Some(shape) = body.get("schema") {
            schema::write_inline(out, shape)?;
        }
    }
    Ok(())
}

fn resolve<'a>(description: &'a Value, value: &'a Value) -> &'a Value {
    let referred = value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|r| description.pointer(r.trim_start_matches('#')));
    referred.unwrap_or(value)
}
