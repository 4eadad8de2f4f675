//! `GET ecs/entities`

use api::{List, entity::EntityView, right};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::AllowedSomewhere, routes::answers::Failures};

/// List the entities of the live region
#[utoipa::path(
    get,
    path = "/ecs/entities",
    tag = "Entities",
    operation_id = "ecs_list_entities",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The entities, ordered by id", body = List<EntityView>), Failures)
)]
pub(crate) async fn list_entities(
    State(domain): State<Domain>,
    AllowedSomewhere(actor): AllowedSomewhere<right::ObserveGame>,
) -> Result<axum::Json<List<EntityView>>, Refusal> {
    let reply = domain::entities::list(&domain, &actor)?;
    Ok(axum::Json(reply))
}
