//! What a server function needs of the server: the use cases, and who is asking.

use api::{Problem, Right};
use domain::{Actor, Allowed, AllowedSomewhere, Domain};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::Failure;

/// The use cases, and the actor of the present request. The server provides both to each request.
pub(crate) fn caller() -> (Domain, Actor) {
    (expect_context::<Domain>(), expect_context::<Actor>())
}

/// The use cases, and the actor as one who has the permission `R`. How every server function begins that is not open to
/// visitors.
pub(crate) fn allowed<R: Right>() -> Result<(Domain, Allowed<R>), Failure> {
    let (domain, actor) = caller();
    Ok((domain, actor.allow().map_err(refuse)?))
}

/// The same for a use case that acts in one place, which a grant for that place is enough for.
pub(crate) fn allowed_somewhere<R: Right>() -> Result<(Domain, AllowedSomewhere<R>), Failure> {
    let (domain, actor) = caller();
    Ok((domain, actor.allow_somewhere().map_err(refuse)?))
}

/// The actor with the reason that was given, where only some have to give one.
pub(crate) fn because_given<R: Right>(
    actor: Allowed<R>,
    reason: Option<String>,
) -> Result<Allowed<R>, Failure> {
    match reason {
        Some(reason) => actor.because_of(&reason).map_err(refuse),
        None => Ok(actor),
    }
}

/// Turns a use case's refusal into the server function's, and gives the response the status that goes with it.
pub(crate) fn refuse(error: impl Into<Problem>) -> Failure {
    let problem = error.into();
    if let (Some(response), Ok(status)) =
        (use_context::<ResponseOptions>(), http::StatusCode::from_u16(problem.status))
        && !is_form_post()
    {
        response.set_status(status);
    }
    Failure(problem)
}

/// Leads a form that was sent without script back to its page, which reads there that it is done. Script learns it from the
/// answer.
pub(crate) fn tell_form(page: &str) {
    if is_form_post() {
        leptos_axum::redirect(&format!("{page}?{}=", crate::session::DONE));
    }
}

/// A form that was sent without script is answered with a redirect, whose status must stand.
pub(crate) fn is_form_post() -> bool {
    use_context::<http::request::Parts>().is_some_and(|parts| {
        parts.method == http::Method::POST
            && parts
                .headers
                .get(http::header::ACCEPT)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|accept| accept.contains("text/html"))
    })
}
