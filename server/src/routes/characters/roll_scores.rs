//! `POST characters/scores`

use api::{character::ScoreRoll, right};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// Throw ability scores
#[utoipa::path(
    post,
    path = "/characters/scores",
    tag = "Characters",
    operation_id = "characters_roll_scores",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The scores; the same until a character is made of them", body = ScoreRoll), Failures)
)]
pub(crate) async fn roll_scores(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::PlayGame>,
) -> Result<axum::Json<ScoreRoll>, Refusal> {
    let reply = domain::characters::roll_scores(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
