//! `GET users`

use api::{
    List, right,
    user::{UserFilter, UserView},
};
use axum::extract::State;
use domain::Domain;

use crate::{
    edge::Refusal,
    extract::{Allowed, Query},
    routes::answers::Failures,
};

/// List the accounts
#[utoipa::path(
    get,
    path = "/users",
    tag = "People",
    operation_id = "users_list",
    params(UserFilter),
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The accounts, newest first", body = List<UserView>), Failures)
)]
pub(crate) async fn list(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewUsers>,
    Query(filter): Query<UserFilter>,
) -> Result<axum::Json<List<UserView>>, Refusal> {
    let reply = domain::users::list(&domain, &actor, filter).await?;
    Ok(axum::Json(reply))
}
