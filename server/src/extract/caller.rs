//! Who asks: a bearer token, else the cookie of a look through another's eyes, else the dashboard's session, else a visitor.

use api::{Problem, ProblemKind, Right};
use axum::extract::{FromRef, FromRequestParts, MatchedPath};
use axum_extra::extract::CookieJar;
use domain::{Actor, Arrival, Domain};
use http::{Method, header, request::Parts};
use secrecy::SecretString;

use crate::edge::{Found, Refusal};

/// What somebody who looks through another's eyes may do beside looking: be themselves again, and ask what does not fit into
/// an address.
const OPEN_WAYS: [&str; 6] = [
    "/api/v1/auth/impersonation/end",
    "/api/v1/auth/logout",
    "/api/ui/session/sign-in",
    "/api/ui/session/sign-out",
    "/api/ui/session/end-impersonation",
    "/api/ui/world/chunk-hashes",
];

/// Anyone, signed in or not. A bearer token that is not valid is refused all the same: its sender believes that it is.
pub(crate) struct Caller(pub(crate) Actor);

/// Someone who is signed in, whatever they may do.
pub(crate) struct SignedIn(pub(crate) Actor);

/// Someone who has the permission `R`. Stands before the body among a handler's arguments, so that nobody else learns
/// what the body should have been.
pub(crate) struct Allowed<R>(pub(crate) domain::Allowed<R>);

/// Someone who has the permission `R` everywhere or in some place, for a use case that finds out which place is asked for.
pub(crate) struct AllowedSomewhere<R>(pub(crate) domain::AllowedSomewhere<R>);

/// The dashboard's session, else a visitor; bearer tokens are not looked at.
pub(crate) struct Viewer(pub(crate) Actor);

impl<S> FromRequestParts<S> for Caller
where
    Domain: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let found = match parts.extensions.get::<Found>() {
            Some(Found(found)) => found.clone(),
            None => find_out(parts, &Domain::from_ref(state)).await,
        };
        let actor = found?;
        only_looks(parts, &actor)?;
        Ok(Self(actor))
    }
}

/// Who asks, by bearer token or cookie.
pub(crate) async fn find_out(parts: &Parts, domain: &Domain) -> Result<Actor, Problem> {
    match bearer(parts)? {
        Some(key) if domain::api_keys::is_key(&key) => {
            Ok(domain::api_keys::authenticate(domain, &key, arrival(parts)).await?)
        }
        Some(token) => Ok(domain::tokens::authenticate(domain, &token, arrival(parts)).await?),
        None => by_cookie(parts, domain).await,
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

impl<R: Right, S> FromRequestParts<S> for Allowed<R>
where
    Domain: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Caller(actor) = Caller::from_request_parts(parts, state).await?;
        Ok(Self(actor.allow()?))
    }
}

impl<R: Right, S> FromRequestParts<S> for AllowedSomewhere<R>
where
    Domain: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Caller(actor) = Caller::from_request_parts(parts, state).await?;
        Ok(Self(actor.allow_somewhere()?))
    }
}

impl<S> FromRequestParts<S> for Viewer
where
    Domain: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let actor = by_cookie(parts, &Domain::from_ref(state)).await?;
        only_looks(parts, &actor)?;
        Ok(Self(actor))
    }
}

/// Refuses whoever looks through another's eyes what could change something. The ways back to oneself stay open. A browser
/// that still shows a look which is over changes nothing either: what was pressed there was not meant to be one's own.
fn only_looks(parts: &Parts, actor: &Actor) -> Result<(), domain::Error> {
    let could_change = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let looks = || actor.impersonator.is_some() || (actor.account.is_some() && shows_a_look(parts));
    if !could_change || !looks() {
        return Ok(());
    }
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if OPEN_WAYS.contains(&route) { Ok(()) } else { Err(domain::Error::OnlyLooking) }
}

/// Whether the request comes from a page of a browser that looks.
fn shows_a_look(parts: &Parts) -> bool {
    !parts.headers.contains_key(header::AUTHORIZATION)
        && CookieJar::from_headers(&parts.headers).get(app::LOOK_COOKIE).is_some()
}

async fn by_cookie(parts: &Parts, domain: &Domain) -> Result<Actor, Problem> {
    let arrival = arrival(parts);
    let jar = CookieJar::from_headers(&parts.headers);
    for name in [app::LOOK_COOKIE, app::SESSION_COOKIE] {
        let Some(cookie) = jar.get(name) else { continue };
        let cookie = SecretString::from(cookie.value());
        match domain::sessions::authenticate(domain, &cookie, arrival.clone()).await {
            Ok(actor) => return Ok(actor),
            // A session ends by itself; its cookie is still sent for a while.
            Err(domain::Error::Unauthenticated) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Actor::visitor(arrival))
}

/// Whether the request comes with a program's key.
pub(crate) fn has_key(parts: &Parts) -> bool {
    matches!(bearer(parts), Ok(Some(bearer)) if domain::api_keys::is_key(&bearer))
}

/// The token of `Authorization: Bearer …`, if there is that header.
fn bearer(parts: &Parts) -> Result<Option<SecretString>, Problem> {
    let Some(value) = parts.headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, token) = value.to_str().ok().and_then(|value| value.split_once(' ')).unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() {
        Ok(Some(SecretString::from(token.trim())))
    } else {
        let detail = "send `Authorization: Bearer` with an access token";
        Err(Problem::new(ProblemKind::Unauthenticated, detail))
    }
}

/// What [`edge`](crate::edge) noted when the request came.
fn arrival(parts: &Parts) -> Arrival {
    parts.extensions.get::<Arrival>().cloned().unwrap_or_else(Arrival::within)
}
