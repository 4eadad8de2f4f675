//! The live entities of the region: looking at them, setting them out, telling them what to do.
//!
//! What an entity may do is decided in the simulation; here stands who may tell it. Players tell their own, staff any.

mod alter;
mod combat_log;
mod command;
mod despawn;
mod inspect;
mod list;
mod observe;
mod spawn;
mod told;

pub use alter::alter;
pub use combat_log::combat_log;
pub use command::{attack, cast, walk};
pub use despawn::despawn;
pub use inspect::inspect;
pub use list::list;
pub use observe::observe;
pub use spawn::spawn;

use std::time::Duration;

use api::FieldError;
use game::{Answer, DeskError, MoveRefusal, OrderRefusal};
use grid::RequestId;
use rules::Id;
use uuid::Uuid;

use crate::{Domain, Error, LiveRegion};

/// How often ground is waited for that is on its way, and for how long each time. A cell grows in some milliseconds.
const GROUND_TRIES: u32 = 10;
const GROUND_EVERY: Duration = Duration::from_millis(100);

fn live(domain: &Domain) -> Result<&LiveRegion, Error> {
    domain.region().ok_or(Error::Unavailable("no region runs in this process"))
}

/// Waits for ground that is on its way, after the try of this number: where nobody is near, the region asks for it when it is first
/// needed. Says whether another try is worth it.
async fn waits_for_ground(outcome: &Result<Answer, DeskError>, tries: u32) -> bool {
    let is_on_its_way =
        matches!(outcome, Err(DeskError::Refused(OrderRefusal::Ground(MoveRefusal::NotLoaded))));
    if !is_on_its_way || tries >= GROUND_TRIES {
        return false;
    }
    tokio::time::sleep(GROUND_EVERY).await;
    true
}

/// A new order's id. It is not the request's: that one a client may choose, and send twice.
fn new_order() -> RequestId {
    RequestId::from_uuid(Uuid::now_v7())
}

/// The region's refusal as an error. `target` is the field of the request that names whom an order is about.
fn judged(outcome: Result<Answer, DeskError>, target: &'static str) -> Result<Answer, Error> {
    outcome.map_err(|error| match error {
        DeskError::NoAnswer => no_answer(),
        DeskError::Refused(OrderRefusal::UnknownEntity) => Error::NotFound("entity in this region"),
        DeskError::Refused(refusal @ (OrderRefusal::UnknownTarget | OrderRefusal::TooManyTargets)) => {
            field(target, refusal.to_string())
        }
        DeskError::Refused(refusal) => Error::Conflict(refusal.to_string()),
    })
}

const fn no_answer() -> Error {
    Error::Unavailable("the region gives no answer; look at what it did before you repeat the order")
}

fn field(field: &str, message: String) -> Error {
    Error::AgainstTheRules(vec![FieldError { field: field.to_owned(), message }])
}

/// The id that a request names. Texts of strangers that are no id of anything don't become one.
fn content_id(name: &str, text: &str, is_there: impl Fn(Id) -> bool) -> Result<Id, Error> {
    crate::rules::known(text).filter(|id| is_there(*id)).ok_or_else(|| {
        field(name, format!("the rules know no {name} `{text}`; see GET /api/v1/rules/{name}s"))
    })
}
