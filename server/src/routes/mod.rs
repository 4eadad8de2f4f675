//! The route table: every path of REST, grouped by who calls it.
//!
//! A handler stands in the file of its noun and verb, takes the request apart, calls one use case of `domain` and puts
//! the answer together. Paths, parameters and answers are declared on the handler and end up in the description
//! (`/api/v1/openapi.json`) and in the router by the same line below, so neither can know a path that the other does
//! not.

mod answers;
mod auth;
mod characters;
pub(crate) mod docs;
mod ecs;
mod game;
mod health;
mod jobs;
pub(crate) mod observe;
mod worlds;

use axum::{Router, routing::get};
use domain::Domain;
use http::header;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Where all of REST stands.
const BASE: &str = "/api/v1";

fn table() -> OpenApiRouter<Domain> {
    let table = OpenApiRouter::new()
        // Anyone: getting in, staying in, getting out.
        .routes(routes!(auth::register::register))
        .routes(routes!(auth::login::login))
        .routes(routes!(auth::refresh::refresh))
        .routes(routes!(auth::logout::logout))
        // Whoever is signed in.
        .routes(routes!(auth::me::me))
        // Players.
        .routes(routes!(characters::list::list, characters::create::create))
        .routes(routes!(characters::read::read))
        .routes(routes!(game::create_ticket::create_ticket))
        // Players and staff: the world's shape.
        .routes(routes!(worlds::list::list))
        .routes(routes!(worlds::read::read))
        .routes(routes!(worlds::read_recipe::read_recipe))
        .routes(routes!(worlds::list_regions::list_regions))
        .routes(routes!(worlds::read_chunk::read_chunk))
        // Staff: what goes on.
        .routes(routes!(ecs::list_entities::list_entities))
        .routes(routes!(jobs::list::list, jobs::start::start))
        .routes(routes!(jobs::read::read))
        .routes(routes!(jobs::cancel::cancel))
        .routes(routes!(health::read::read));
    OpenApiRouter::with_openapi(Description::openapi()).nest(BASE, table)
}

/// All of REST, its description, and the page that shows the description.
pub(crate) fn router(domain: Domain) -> Router {
    let (routes, description) = table().split_for_parts();
    let docs = docs::router(&description);
    let text = description.to_json().expect("the description has string keys only");
    let answer = move || async move { ([(header::CONTENT_TYPE, "application/json")], text) };
    routes
        .with_state(domain)
        .route(&format!("{BASE}/openapi.json"), get(answer))
        .route(&format!("{BASE}/{{*path}}"), axum::routing::any(nothing_here))
        .merge(docs)
}

/// The description alone, as `server openapi` prints it.
pub(crate) fn description() -> openapi::OpenApi {
    table().into_openapi()
}

async fn nothing_here() -> http::StatusCode {
    http::StatusCode::NOT_FOUND
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Realmkeep API",
        description = "Accounts, characters, worlds and jobs of a Realmkeep server.\n\nSign in at auth/login and send the access token as `Authorization: Bearer …`; it lasts minutes, the refresh token buys the next pair once. The dashboard's session cookie works as well.\n\nErrors are application/problem+json: `type` is for programs, `detail` for people, `errors` names refused fields, and `request_id` finds the request in the server's log. Lists are {\"items\": […], \"next\": cursor or null}. Ids are UUIDs, times are RFC 3339 in UTC, positions are in 1/256 m."
    ),
    modifiers(&Logins),
    components(schemas(api::Problem, api::ProblemKind, api::FieldError))
)]
struct Description;

/// The two ways to show who one is.
struct Logins;

impl Modify for Logins {
    fn modify(&self, description: &mut openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let session = ApiKey::Cookie(ApiKeyValue::new("realmkeep_session"));
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        components.add_security_scheme("session", SecurityScheme::ApiKey(session));
    }
}
