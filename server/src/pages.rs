//! The dashboard: server-rendered pages, their server functions, and the built site's files.

use std::path::Path;

use axum::{Router, extract::Request, middleware, middleware::Next, response::Response};
use domain::{Actor, Domain};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::{nonce::use_nonce, prelude::*, reactive::diagnostics::SpecialNonReactiveZone};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list};
use tower_http::services::ServeDir;

use crate::{config::HttpSettings, edge::headers::page_policy, extract::Viewer};

/// Name of the page's files, as `[[workspace.metadata.leptos]]` has it.
const OUTPUT_NAME: &str = "realmkeep";
/// Folder of the page's files within the site, as there.
const PACKAGE_FOLDER: &str = "pkg";
/// Set by `cargo leptos watch`, whose pages listen for reloads.
const WATCHING: &str = "LEPTOS_WATCH";
/// Where those pages listen, as `cargo leptos watch` tells its server.
const RELOAD_PORT: &str = "LEPTOS_RELOAD_PORT";
/// That of `[[workspace.metadata.leptos]]`.
const RELOAD_PORT_DEFAULT: u32 = 3001;

/// The site's files keep their names from build to build: browsers ask each time whether theirs is still the one.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// A worker runs under the policy of its own script's answer, not of the page that starts it.
const WORKERS_RUN: HeaderValue =
    HeaderValue::from_static("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");

/// Pages, server functions and files.
pub(crate) fn router(domain: Domain, settings: &HttpSettings) -> Router {
    let options = LeptosOptions::builder()
        .output_name(OUTPUT_NAME)
        .site_root(settings.site_root.to_string_lossy().into_owned())
        .site_pkg_dir(PACKAGE_FOLDER)
        .site_addr(settings.addr)
        .reload_port(reload_port())
        .build();
    let context = context_of(domain.clone());
    let shell = {
        let options = options.clone();
        move || app::shell(options.clone())
    };
    let introduce = middleware::from_fn_with_state(domain, introduce);
    let missing_page = leptos_axum::render_app_to_stream_with_context(context.clone(), shell.clone());
    let missing = Router::new()
        .fallback(missing_page)
        .layer(middleware::map_response(say_not_found))
        .layer(introduce.clone());
    let listed = {
        // The pages are rendered once for their routes' sake; that nothing listens for changes then is no mistake.
        let _quiet = SpecialNonReactiveZone::enter();
        generate_route_list(app::App)
    };
    Router::new()
        .leptos_routes_with_context(&options, listed, context, shell)
        .layer(introduce)
        .fallback_service(files(&settings.site_root, missing))
        .with_state(options)
}

fn reload_port() -> u32 {
    std::env::var(RELOAD_PORT).ok().and_then(|port| port.parse().ok()).unwrap_or(RELOAD_PORT_DEFAULT)
}

/// What the app's code finds in its context, for each request.
fn context_of(domain: Domain) -> impl Fn() + Clone + Send + Sync + 'static {
    let reloading = std::env::var_os(WATCHING).is_some();
    move || {
        provide_context(domain.clone());
        if let Some(actor) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Actor>().cloned())
        {
            provide_context(actor);
        }
        // Server functions answer with data and have no nonce: they keep the policy under which nothing runs.
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
            let policy = page_policy(&nonce, reloading);
            let policy = HeaderValue::from_str(&policy).expect("a nonce is printable");
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// Finds out who asks before the app's code runs, which can't wait for it.
async fn introduce(Viewer(actor): Viewer, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(actor);
    next.run(request).await
}

/// The built site, and what answers where it has no such file.
fn files(site_root: &Path, missing: Router) -> Router {
    let files = ServeDir::new(site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(missing);
    Router::new().fallback_service(files).layer(middleware::map_response(async |mut response: Response| {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(ASK_AGAIN);
        response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(WORKERS_RUN);
        response
    }))
}

/// The app renders its page for lost visitors as any other; what the page says should be the status, too.
async fn say_not_found(mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
