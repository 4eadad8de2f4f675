//! `/api/docs`: the OpenAPI description as a page that people can read.
//!
//! Rendered here, from the very description that `/api/v1/openapi.json` serves: no viewer to download, no script to
//! trust, nothing that a Content-Security-Policy has to make way for.

mod operation;
mod page;
mod schema;

use std::fmt;

use axum::{
    Router,
    response::{Html, IntoResponse},
    routing::get,
};
use bytes::Bytes;
use http::header;
use utoipa::openapi::OpenApi;

const STYLES: &str = include_str!("docs.css");
const STYLES_ONLY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page and its styles.
pub(crate) fn router(description: &OpenApi) -> Router {
    let description = serde_json::to_value(description).expect("utoipa's description has string keys only");
    let page = Bytes::from(page::render(&description));
    let answer_page =
        move || async move { ([(header::CONTENT_SECURITY_POLICY, STYLES_ONLY)], Html(page)).into_response() };
    let answer_styles = || async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLES) };
    Router::new().route("/api/docs", get(answer_page)).route("/api/docs/docs.css", get(answer_styles))
}

/// Text with everything escaped that HTML would take for markup.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => write!(f, "{other}")?,
            }
        }
        Ok(())
    }
}

/// Text whose `words in backticks` are code.
struct Prose<'a>(&'a str);

impl fmt::Display for Prose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.split('`').enumerate() {
            if index % 2 == 1 {
                write!(f, "<code>{}</code>", Text(part))?;
            } else {
                write!(f, "{}", Text(part))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_cannot_write_markup() {
        let description = serde_json::json!({
            "info": {"title": "<script>alert(1)</script>", "version": "1"},
            "paths": {"/a": {"get": {"tags": ["t"], "operationId": "a", "summary": "\"><img src=x>", "responses": {}}}},
        });
        let page = page::render(&description);
        assert!(!page.contains("<script>") && !page.contains("<img"), "{page}");
    }
}
