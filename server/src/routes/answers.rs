//! Answers that many operations share.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{Content, Ref, RefOr, Response, ResponseBuilder},
};

use crate::edge::problem;

/// However an operation fails, it answers with a problem.
pub(crate) struct Failures;

impl IntoResponses for Failures {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
        let failure = ResponseBuilder::new()
            .description("A refusal or a failure; `type` tells which")
            .content(problem::MEDIA_TYPE, problem)
            .build();
        BTreeMap::from([("default".to_owned(), RefOr::T(failure))])
    }
}
