//! Why staff do it, where the body has no place for it: the header `X-Reason`.

use api::{FieldError, Problem, ProblemKind, user::Reason};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use garde::Validate as _;
use http::request::Parts;
use percent_encoding::percent_decode_str;

use crate::edge::Refusal;

const HEADER: &str = "X-Reason";

/// Why, for the audit. Stands behind the permission among a handler's arguments, and before the body.
pub(crate) struct Because(pub(crate) Reason);

/// The header, as the description tells it.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "is described here, and read as a header")]
pub(crate) struct WithReason {
    /// Why, for the audit; 3 to 500 characters. What is not ASCII is percent-encoded UTF-8.
    #[param(rename = "X-Reason", min_length = 3, max_length = 500, pattern = "^[!-~][ -~]*[!-~]$")]
    reason: String,
}

/// The same where players need no reason: who changes what is not theirs does.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "is described here, and read as a header")]
pub(crate) struct StaffReason {
    /// Why, for the audit; 3 to 500 characters. Staff say it when the character is somebody else's. What is not ASCII is
    /// percent-encoded UTF-8.
    #[param(rename = "X-Reason", min_length = 3, max_length = 500, pattern = "^[!-~][ -~]*[!-~]$")]
    reason: Option<String>,
}

/// What was given as a reason, if anything was. Whether there has to be one is the use case's to say.
pub(crate) fn given(because: Option<Because>) -> Option<Reason> {
    because.map(|Because(reason)| reason)
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Because {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Refusal> {
        if !parts.headers.contains_key(HEADER) {
            return Ok(None);
        }
        <Self as FromRequestParts<S>>::from_request_parts(parts, state).await.map(Some)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Because {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let sent = parts.headers.get(HEADER).and_then(|value| value.to_str().ok());
        let Some(sent) = sent else {
            return Err(refuse("say why, in 3 to 500 characters; what is not ASCII percent-encoded"));
        };
        let reason = Reason { reason: percent_decode_str(sent).decode_utf8_lossy().trim().to_owned() };
        match reason.validate() {
            Ok(()) => Ok(Self(reason)),
            Err(report) => {
                let told = report.iter().next().map(|(_, error)| error.to_string()).unwrap_or_default();
                Err(refuse(&told))
            }
        }
    }
}

fn refuse(message: &str) -> Refusal {
    let mut problem = Problem::new(ProblemKind::InvalidRequest, format!("{HEADER}: {message}"));
    problem.errors.push(FieldError { field: HEADER.to_owned(), message: message.to_owned() });
    problem.into()
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, Request};

    use super::*;

    async fn read(sent: Option<&'static [u8]>) -> Result<String, Refusal> {
        let mut request = Request::new(());
        if let Some(sent) = sent {
            request.headers_mut().insert(HEADER, HeaderValue::from_bytes(sent).expect("a header"));
        }
        let (mut parts, ()) = request.into_parts();
        <Because as FromRequestParts<()>>::from_request_parts(&mut parts, &())
            .await
            .map(|Because(reason)| reason.reason)
    }

    #[tokio::test]
    async fn a_reason_comes_as_people_wrote_it_or_not_at_all() {
        assert_eq!(read(Some(b"it is slow")).await.ok().as_deref(), Some("it is slow"));
        assert_eq!(
            read(Some(b"zu langsam f%C3%BCr alle")).await.ok().as_deref(),
            Some("zu langsam für alle")
        );
        for bad in [None, Some(&b""[..]), Some(b"  x "), Some(b"%20%20%20"), Some(b"f\xFCr alle")] {
            assert!(read(bad).await.is_err(), "{bad:?}");
        }
    }
}
