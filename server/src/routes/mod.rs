//! The route table: every path of REST, grouped by who calls it.
//!
//! A handler stands in the file of its noun and verb, takes the request apart, calls one use case of `domain` and puts
//! the answer together. Paths, parameters and answers are declared on the handler and end up in the description
//! (`/api/v1/openapi.json`) and in the router by the same line below, so neither can know a path that the other does
//! not.

mod answers;
mod api_keys;
mod audit;
mod auth;
mod characters;
pub(crate) mod docs;
mod ecs;
mod events;
mod game;
mod health;
mod infrastructure;
mod jobs;
pub(crate) mod observe;
mod page;
mod pipelines;
mod recipes;
mod roles;
mod rules;
mod users;
mod ways_in;
mod worlds;

pub(crate) use self::ways_in::ways_in;

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
        .routes(routes!(auth::forget_password::forget_password))
        .routes(routes!(auth::reset_password::reset_password))
        .routes(routes!(auth::verify_email::verify_email))
        .routes(routes!(auth::jwks::jwks))
        // Whoever is signed in.
        .routes(routes!(auth::me::me))
        .routes(routes!(auth::change_password::change_password))
        .routes(routes!(auth::send_verification::send_verification))
        .routes(routes!(auth::set_up_totp::set_up_totp))
        .routes(routes!(auth::confirm_totp::confirm_totp))
        .routes(routes!(auth::remove_totp::remove_totp))
        .routes(routes!(auth::list_sessions::list_sessions, auth::end_other_sessions::end_other_sessions))
        .routes(routes!(auth::end_session::end_session))
        .routes(routes!(auth::end_impersonation::end_impersonation))
        // Players.
        .routes(routes!(characters::list::list, characters::create::create))
        .routes(routes!(characters::roll_scores::roll_scores))
        .routes(routes!(characters::read::read))
        .routes(routes!(characters::read_sheet::read_sheet))
        .routes(routes!(characters::export::export))
        .routes(routes!(characters::level_up::level_up))
        .routes(routes!(characters::choose::choose))
        .routes(routes!(characters::rest::rest))
        .routes(routes!(characters::change_inventory::change_inventory))
        .routes(routes!(characters::change_spells::change_spells))
        .routes(routes!(game::create_ticket::create_ticket))
        // Players and staff: the world's shape.
        .routes(routes!(worlds::list::list))
        .routes(routes!(worlds::read::read))
        .routes(routes!(worlds::read_recipe::read_recipe))
        .routes(routes!(worlds::list_regions::list_regions))
        .routes(routes!(worlds::read_chunk::read_chunk))
        .routes(routes!(worlds::read_tile::read_tile))
        // Designers: what a world grows from.
        .routes(routes!(recipes::schema::schema))
        .routes(routes!(
            recipes::read_draft::read_draft,
            recipes::save_draft::save_draft,
            recipes::discard_draft::discard_draft
        ))
        .routes(routes!(recipes::check::check))
        .routes(routes!(recipes::publish::publish))
        .routes(routes!(recipes::roll_back::roll_back))
        .routes(routes!(recipes::list_versions::list_versions))
        .routes(routes!(recipes::read_version::read_version))
        // Whoever plays by them: the rules.
        .routes(routes!(rules::newcomers::newcomers))
        .routes(routes!(rules::coverage::coverage))
        .routes(routes!(rules::encounter::encounter))
        .routes(routes!(rules::list::list))
        .routes(routes!(rules::read::read))
        // Staff: what goes on.
        .routes(routes!(ecs::list_entities::list_entities, ecs::create_entity::create_entity))
        .routes(routes!(ecs::read_entity::read_entity, ecs::remove_entity::remove_entity))
        .routes(routes!(ecs::create_alteration::create_alteration))
        .routes(routes!(ecs::list_combat_log::list_combat_log))
        .routes(routes!(ecs::create_movement::create_movement))
        .routes(routes!(ecs::create_attack::create_attack))
        .routes(routes!(ecs::create_spell::create_spell))
        .routes(routes!(worlds::read_recording::read_recording, worlds::keep_recording::keep_recording))
        .routes(routes!(worlds::export_recording::export_recording))
        .routes(routes!(characters::gain_experience::gain_experience))
        .routes(routes!(jobs::list::list, jobs::start::start))
        .routes(routes!(jobs::read::read))
        .routes(routes!(jobs::cancel::cancel))
        .routes(routes!(jobs::retry::retry))
        .routes(routes!(jobs::read_queue::read_queue))
        .routes(routes!(jobs::pause_queue::pause_queue))
        .routes(routes!(jobs::resume_queue::resume_queue))
        .routes(routes!(jobs::list_schedules::list_schedules, jobs::create_schedule::create_schedule))
        .routes(routes!(jobs::pause_schedule::pause_schedule))
        .routes(routes!(jobs::resume_schedule::resume_schedule))
        .routes(routes!(jobs::remove_schedule::remove_schedule))
        .routes(routes!(events::list::list))
        .routes(routes!(pipelines::list::list))
        .routes(routes!(pipelines::read::read))
        .routes(routes!(pipelines::list_rows::list_rows))
        .routes(routes!(pipelines::read_tail::read_tail))
        .routes(routes!(pipelines::pause::pause))
        .routes(routes!(pipelines::resume::resume))
        .routes(routes!(pipelines::list_dead_letters::list_dead_letters))
        .routes(routes!(pipelines::retry_dead_letters::retry_dead_letters))
        .routes(routes!(health::read::read))
        .routes(routes!(infrastructure::list_kinds::list_kinds))
        .routes(routes!(infrastructure::list_nodes::list_nodes))
        .routes(routes!(infrastructure::read_node::read_node))
        .routes(routes!(infrastructure::swap_node::swap_node))
        .routes(routes!(infrastructure::revert_node::revert_node))
        .routes(routes!(infrastructure::read_history::read_history))
        // Staff: people.
        .routes(routes!(users::list::list, users::create::create))
        .routes(routes!(users::read::read))
        .routes(routes!(users::change_role::change_role))
        .routes(routes!(users::disable::disable))
        .routes(routes!(users::enable::enable))
        .routes(routes!(users::list_sessions::list_sessions))
        .routes(routes!(users::end_sessions::end_sessions))
        .routes(routes!(users::end_session::end_session))
        .routes(routes!(users::list_characters::list_characters))
        .routes(routes!(users::list_sanctions::list_sanctions, users::sanction::sanction))
        .routes(routes!(users::lift_sanction::lift_sanction))
        .routes(routes!(users::set_appeal::set_appeal))
        .routes(routes!(users::list_grants::list_grants, users::give_role::give_role))
        .routes(routes!(users::take_role::take_role))
        .routes(routes!(users::impersonate::impersonate))
        .routes(routes!(roles::list::list, roles::create::create))
        .routes(routes!(roles::read::read, roles::change::change, roles::remove::remove))
        .routes(routes!(api_keys::list::list, api_keys::create::create))
        .routes(routes!(api_keys::revoke::revoke))
        .routes(routes!(audit::list::list))
        .routes(routes!(audit::verify::verify))
        .routes(routes!(audit::export::csv))
        .routes(routes!(audit::export::json));
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
        description = "Accounts, characters, worlds, jobs, events and pipelines of a Realmkeep server.\n\nSign in at auth/login and send the access token as `Authorization: Bearer …`; it lasts minutes, the refresh token buys the next pair once. The dashboard's session cookie works as well.\n\nErrors are application/problem+json: `type` is for programs, `detail` for people, `errors` names refused fields, and `request_id` finds the request in the server's log. Lists are {\"items\": […], \"next\": cursor or null}. Ids are UUIDs, times are RFC 3339 in UTC, positions are in 1/256 m."
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
