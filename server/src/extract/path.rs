//! Parameters of the path. One that can't be read is told by name.

use api::{FieldError, Problem, ProblemKind};
use axum::extract::{
    FromRequestParts,
    path::{ErrorKind, Path as Parameters},
    rejection::PathRejection,
};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::edge::Refusal;

/// The parameters of the matched path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let read = Parameters::<T>::from_request_parts(parts, state).await;
        read.map(|Parameters(value)| Self(value)).map_err(|rejection| refuse(parts, &rejection))
    }
}

fn refuse(parts: &Parts, rejection: &PathRejection) -> Refusal {
    let mut problem = Problem::new(ProblemKind::InvalidRequest, rejection.body_text());
    if let PathRejection::FailedToDeserializePathParams(failure) = rejection {
        let (field, message) = match failure.kind() {
            ErrorKind::ParseErrorAtKey { key, expected_type, .. } => {
                (key.clone(), format!("expected {expected_type}"))
            }
            ErrorKind::DeserializeError { key, message, .. } => (key.clone(), message.clone()),
            other => (only_parameter(parts), other.to_string()),
        };
        problem.errors.push(FieldError { field, message });
    }
    problem.into()
}

/// The name of the path's first parameter, for errors that don't tell.
fn only_parameter(parts: &Parts) -> String {
    let route =
        parts.extensions.get::<axum::extract::MatchedPath>().map_or("", axum::extract::MatchedPath::as_str);
    let name = route.split('{').nth(1).and_then(|rest| rest.split('}').next());
    name.unwrap_or("path").to_owned()
}
