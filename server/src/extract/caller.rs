//! Who asks: a bearer token, else the dashboard's session cookie, else a visitor.

use api::ProblemKind;
use axum::extract::{FromRef, FromRequestParts};
use axum_extra::extract::CookieJar;
use domain::{Actor, Arrival, Domain};
use http::{header, request::Parts};
use secrecy::SecretString;

use crate::edge::Refusal;

/// Anyone, signed in or not. A bearer token that is not valid is refused all the same: its sender believes that it is.
pub(crate) struct Caller(pub(crate) Actor);

/// Someone who is signed in. What they may do is the use case's to say.
pub(crate) struct SignedIn(pub(crate) Actor);

/// The dashboard's session, else a visitor; bearer tokens are not looked at.
pub(crate) struct Viewer(pub(crate) Actor);

impl<S> FromRequestParts<S> for Caller
where
    Domain: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match bearer(parts)? {
            Some(token) => Ok(Self(
                domain::tokens::authenticate(&Domain::from_ref(state), &token, arrival(parts)).await?,
            )),
            None => Viewer::from_request_parts(parts, state).await.map(|Viewer(actor)| Self(actor)),
        }
    }
}

impl<S> FromRequestParts<S> for SignedIn
where
    Domain: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Caller(actor) = Caller::from_request_parts(parts, state).await?;
        actor.signed_in()?;
        Ok(Self(actor))
    }
}

impl<S> FromRequestParts<S> for Viewer
where
    Domain: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let arrival = arrival(parts);
        let jar = CookieJar::from_headers(&parts.headers);
        let Some(cookie) = jar.get(app::SESSION_COOKIE) else { return Ok(Self(Actor::visitor(arrival))) };
        let cookie = SecretString::from(cookie.value());
        match domain::sessions::authenticate(&Domain::from_ref(state), &cookie, arrival.clone()).await {
            Ok(actor) => Ok(Self(actor)),
            // A session ends by itself; its cookie is still sent for a while.
            Err(domain::Error::Unauthenticated) => Ok(Self(Actor::visitor(arrival))),
            Err(error) => Err(error.into()),
        }
    }
}

/// The token of `Authorization: Bearer …`, if there is that header.
fn bearer(parts: &Parts) -> Result<Option<SecretString>, Refusal> {
    let Some(value) = parts.headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, token) = value.to_str().ok().and_then(|value| value.split_once(' ')).unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() {
        Ok(Some(SecretString::from(token.trim())))
    } else {
        let detail = "send `Authorization: Bearer` with an access token";
        Err(Refusal::new(ProblemKind::Unauthenticated, detail))
    }
}

/// What [`edge`](crate::edge) noted when the request came.
fn arrival(parts: &Parts) -> Arrival {
    parts.extensions.get::<Arrival>().cloned().unwrap_or_else(Arrival::within)
}
