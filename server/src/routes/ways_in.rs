//! Every way into the server, as `server routes` prints it: for reviews, and for the test that walks them all.

use http::Method;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;

/// The sockets, which neither the description nor the dashboard lists.
const SOCKETS: [&str; 2] = ["/ws/game", "/ws/observe"];

/// Method and path of each way in, by path: REST, server functions, pages and sockets. Files of the site are not listed:
/// anyone may have them.
pub(crate) fn ways_in() -> Vec<(String, String)> {
    let mut ways = rest();
    ways.extend(server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned())));
    let pages = generate_route_list(app::App);
    ways.extend(pages.iter().map(|page| (Method::GET.to_string(), page.path().to_owned())));
    ways.extend(SOCKETS.map(|path| (Method::GET.to_string(), path.to_owned())));
    ways.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    ways.dedup();
    ways
}

fn rest() -> Vec<(String, String)> {
    let description = super::description();
    let methods = description.paths.paths.iter().flat_map(|(path, item)| {
        let operations = [
            ("GET", &item.get),
            ("PUT", &item.put),
            ("POST", &item.post),
            ("DELETE", &item.delete),
            ("PATCH", &item.patch),
            ("HEAD", &item.head),
            ("OPTIONS", &item.options),
            ("TRACE", &item.trace),
        ];
        operations
            .into_iter()
            .filter(|(_, operation)| operation.is_some())
            .map(|(method, _)| (method.to_owned(), path.clone()))
            .collect::<Vec<_>>()
    });
    let documents = ["/api/docs", "/api/docs/docs.css", "/api/v1/openapi.json"];
    methods.chain(documents.map(|path| ("GET".to_owned(), path.to_owned()))).collect()
}
