//! `GET recipes/schema`

use api::right;
use http::header;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// Read the JSON Schema of recipes
///
/// Draft 7, for editors that complete and check YAML. `config/schemas/recipe.schema.json` is the same.
#[utoipa::path(
    get,
    path = "/recipes/schema",
    tag = "Recipes",
    operation_id = "recipes_schema",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The schema", body = serde_json::Value), Failures)
)]
pub(crate) async fn schema(
    Allowed(actor): Allowed<right::ViewWorlds>,
) -> Result<([(header::HeaderName, &'static str); 1], axum::Json<serde_json::Value>), Refusal> {
    let kept = [(header::CACHE_CONTROL, "private, max-age=300")];
    Ok((kept, axum::Json(domain::recipes::schema(&actor))))
}
