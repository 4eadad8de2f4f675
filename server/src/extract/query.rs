//! The query of the address. What is wrong with it is told by name.

use std::error::Error as _;

use api::{FieldError, Problem, ProblemKind};
use axum::extract::{FromRequestParts, Query as Parameters, rejection::QueryRejection};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::edge::Refusal;

/// The query, read as `T`. Whether its values make sense is the use case's to say.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Parameters::<T>::try_from_uri(&parts.uri)
            .map(|Parameters(value)| Self(value))
            .map_err(|rejection| refuse(&rejection).into())
    }
}

fn refuse(rejection: &QueryRejection) -> Problem {
    // The cause is `name: what is wrong`, or `unknown field `name`, …`.
    let told = rejection.source().map_or_else(|| rejection.body_text(), ToString::to_string);
    let (field, message) = match told.split_once(": ") {
        Some((field, message)) if !field.contains(' ') => (field.to_owned(), message.to_owned()),
        _ => (told.split('`').nth(1).unwrap_or("query").to_owned(), told),
    };
    let mut problem = Problem::new(ProblemKind::InvalidRequest, format!("{field}: {message}"));
    problem.errors.push(FieldError { field, message });
    problem
}

#[cfg(test)]
mod tests {
    use api::user::UserFilter;

    use super::*;

    #[test]
    fn the_parameter_is_named_whatever_is_wrong_with_it() {
        for (query, field) in
            [("role=emperor", "role"), ("disabled=maybe", "disabled"), ("rolle=owner", "rolle")]
        {
            let uri = format!("/users?{query}").parse().expect("an address");
            let rejection = Parameters::<UserFilter>::try_from_uri(&uri).expect_err("should be refused");
            let problem = refuse(&rejection);
            assert_eq!(problem.errors.first().map(|error| error.field.as_str()), Some(field), "{problem:?}");
        }
    }
}
