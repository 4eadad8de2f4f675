//! Asks the server to throw ability scores.

use api::character::ScoreRoll;
use leptos::{prelude::*, server_fn::codec::Json};

use crate::Failure;

/// The scores of the next character; the same until one was made of them.
#[server(prefix = "/api/ui", endpoint = "characters/throw-scores", input = Json)]
pub(crate) async fn throw_scores() -> Result<ScoreRoll, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    domain::characters::roll_scores(&domain, &actor).await.map_err(crate::caller::refuse)
}
