//! How a server function fails: the same problem that REST answers with.

use api::{Problem, ProblemKind};
use leptos::{
    prelude::FromServerFnError,
    server_fn::{codec::JsonEncoding, error::ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// A server function's refusal or failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub Problem);

impl Failure {
    /// What kind of problem it is.
    #[must_use]
    pub const fn kind(&self) -> ProblemKind {
        self.0.kind
    }

    /// What is wrong with the field of that name, if something is.
    #[must_use]
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.0.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// The refusal of a page that the viewer may not see. On the server the answer says so by its status, too.
pub(crate) fn refuse_page() -> Failure {
    #[cfg(feature = "ssr")]
    {
        crate::caller::refuse(domain::Error::Forbidden)
    }
    #[cfg(not(feature = "ssr"))]
    {
        Failure(Problem::new(ProblemKind::Forbidden, "your role does not allow this"))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let problem = match error {
            ServerFnErrorErr::Request(_) => Problem::new(
                ProblemKind::Unavailable,
                "The server did not answer. Check the connection, then try again.",
            ),
            ServerFnErrorErr::Args(text) | ServerFnErrorErr::MissingArg(text) => {
                Problem::new(ProblemKind::InvalidRequest, text)
            }
            other => Problem::new(ProblemKind::Internal, other.to_string()),
        };
        Self(problem)
    }
}
