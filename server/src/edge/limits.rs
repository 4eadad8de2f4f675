//! How often callers may ask: by endpoint and by account or key, else by address.
//!
//! Who asks is found out here, once for each request, and passed on to the [extractors](crate::extract). Tokens are taken
//! from the limiter node, so all processes count together; a limiter that does not answer lets everybody in, since the
//! login has a stricter one of its own. Every answer says what is left (`RateLimit`, `RateLimit-Policy`).

use std::{num::NonZeroU32, sync::Arc};

use api::{Problem, ProblemKind};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::{Actor, Arrival, Domain};
use http::{HeaderName, HeaderValue, Method, StatusCode, request::Parts};
use infra::limits::{Quota, Ruling};

use super::Refusal;
use crate::{config::LimitSettings, extract};

/// What the site's files are counted as: no route is theirs.
const UNMATCHED: &str = "unmatched";
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// What is counted where.
#[derive(Clone)]
pub(crate) struct Limits {
    domain: Domain,
    quotas: Arc<Quotas>,
}

/// The quotas of the groups of endpoints. Each endpoint counts for itself.
struct Quotas {
    sign_in: Quota,
    read: Quota,
    write: Quota,
    file: Quota,
    terrain: Quota,
    heavy: Quota,
}

/// Who asks, as the layer found out; what was wrong with the login, if something was.
#[derive(Clone)]
pub(crate) struct Found(pub(crate) Result<Actor, Problem>);

impl Limits {
    pub(crate) fn new(domain: Domain, settings: &LimitSettings) -> Self {
        let per_minute = |number: u32| Quota::per_minute(NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN));
        let quotas = Quotas {
            sign_in: per_minute(settings.sign_ins_per_minute),
            read: per_minute(settings.reads_per_minute),
            write: per_minute(settings.writes_per_minute),
            file: per_minute(settings.files_per_minute),
            terrain: per_minute(settings.chunks_per_minute),
            heavy: per_minute(settings.exports_per_minute),
        };
        Self { domain, quotas: Arc::new(quotas) }
    }

    /// The group that an endpoint belongs to, with its quota.
    fn group(&self, method: &Method, route: &str) -> (&'static str, Quota) {
        let is_read = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let signs_in = route.starts_with("/api/v1/auth/") || route == "/api/ui/session/sign-in";
        if signs_in && !is_read {
            ("sign-in", self.quotas.sign_in)
        } else if route.starts_with("/api/v1/audit/") {
            ("heavy", self.quotas.heavy)
        } else if route.ends_with("/chunks/{x}/{z}") {
            ("terrain", self.quotas.terrain)
        } else if is_read && route == UNMATCHED {
            ("file", self.quotas.file)
        } else if is_read {
            ("read", self.quotas.read)
        } else {
            ("write", self.quotas.write)
        }
    }
}

/// Finds out who asks, and lets them in as often as they may.
pub(crate) async fn admit(State(limits): State<Limits>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or(UNMATCHED, MatchedPath::as_str).to_owned();
    let (parts, body) = request.into_parts();
    let found = extract::find_out(&parts, &limits.domain).await;
    let (group, quota) = limits.group(&parts.method, &route);
    let key = format!("http.{}.{route}.{}", parts.method, who(&found, &parts));
    request = Request::from_parts(parts, body);
    request.extensions_mut().insert(Found(found));

    let ruling = match limits.domain.limiter().take(&key, quota, NonZeroU32::MIN).await {
        Ok(ruling) => ruling,
        Err(error) => {
            tracing::warn!(%error, "requests are not counted");
            return next.run(request).await;
        }
    };
    let mut response = if ruling.allowed {
        next.run(request).await
    } else {
        let mut problem =
            Problem::new(ProblemKind::RateLimited, "more requests than anyone needs; come back later");
        problem.retry_after_s = Some(ruling.retry_after.as_secs() + 1);
        Refusal::from(problem).into_response()
    };
    // The login has a limiter of its own: what is left of this one would tell its callers to come back too soon.
    let is_refused_within = ruling.allowed && response.status() == StatusCode::TOO_MANY_REQUESTS;
    if !is_refused_within {
        tell(&mut response, group, quota, ruling);
    }
    response
}

/// A key, for itself: a program that runs wild takes nothing from the others of its account. Else an account, wherever it is;
/// else the address.
fn who(found: &Result<Actor, Problem>, parts: &Parts) -> String {
    if let Ok(Actor { account: Some(account), session, .. }) = found {
        // A key is the sign-in of whoever comes with it.
        return match session.filter(|_| extract::has_key(parts)) {
            Some(key) => format!("key.{key}"),
            None => account.to_string(),
        };
    }
    let address = parts.extensions.get::<Arrival>().and_then(|arrival| arrival.address);
    address.map_or_else(|| "nowhere".to_owned(), |address| address.to_string())
}

fn tell(response: &mut Response, group: &str, quota: Quota, ruling: Ruling) {
    let policy = format!("\"{group}\";q={};w={}", quota.burst, quota.per.as_secs());
    let left = format!("\"{group}\";r={};t={}", ruling.remaining, ruling.reset.as_secs());
    for (name, value) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, left)] {
        response.headers_mut().insert(name, HeaderValue::from_str(&value).expect("is visible ASCII"));
    }
}
