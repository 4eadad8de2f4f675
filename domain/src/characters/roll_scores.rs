//! Throwing ability scores.

use api::{character::ScoreRoll, right};

use super::dice;
use crate::{Allowed, Domain, Error};

/// Throws six scores for the actor's next character. Asked again, it answers the same, until a character was made of them: nobody
/// throws until they like what they see.
///
/// # Errors
/// The database failed.
pub async fn roll_scores(domain: &Domain, actor: &Allowed<right::PlayGame>) -> Result<ScoreRoll, Error> {
    let thrown = rules::roll_scores(dice::throw);
    let transaction = domain.store().begin().await?;
    let mut scores = store::score_rolls::keep(&transaction, actor.account(), thrown, store::now()).await?;
    transaction.commit().await?;
    scores.sort_unstable_by(|a, b| b.cmp(a));
    Ok(ScoreRoll { scores: scores.to_vec() })
}
