//! `GET pipelines/{id}/dead-letters`

use api::{List, pipeline::DeadLetterView, right};
use axum::extract::State;
use domain::Domain;
use uuid::Uuid;

use crate::{
    edge::Refusal,
    extract::{Allowed, Path, Query},
    routes::{answers::Failures, page::Page},
};

/// List the events that a pipeline could make nothing of
#[utoipa::path(
    get,
    path = "/pipelines/{id}/dead-letters",
    tag = "Pipelines",
    operation_id = "pipelines_list_dead_letters",
    params(("id" = Uuid, Path, description = "The pipeline"), Page),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "Its dead letters, newest first", body = List<DeadLetterView>), Failures)
)]
pub(crate) async fn list_dead_letters(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewEvents>,
    Path(id): Path<Uuid>,
    Query(page): Query<Page>,
) -> Result<axum::Json<List<DeadLetterView>>, Refusal> {
    let reply = domain::pipelines::list_dead_letters(&domain, &actor, id, page.cursor).await?;
    Ok(axum::Json(reply))
}
