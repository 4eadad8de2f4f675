//! Who may do what: every way in, without a login and with each role, as `docs/ACCESS.md` says.

use std::collections::{BTreeMap, BTreeSet};

use api::{Permission, Role};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header, redirect::Policy};
use serde_json::json;

use crate::{
    routes::pages::session_cookie_of,
    test_server::{OWNER_EMAIL, OWNER_PASSWORD, PATIENCE, TestServer, repository},
};

/// An id of nothing.
const NOBODY: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

/// What a way in needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Anyone,
    SignedIn,
    May(Permission),
}

impl Need {
    /// What someone of that role is answered, if it is a refusal.
    fn refusal(self, role: Option<Role>) -> Option<StatusCode> {
        match (self, role) {
            (Self::Anyone, _) | (Self::SignedIn, Some(_)) => None,
            (_, None) => Some(StatusCode::UNAUTHORIZED),
            (Self::May(permission), Some(role)) if role.allows(permission) => None,
            (Self::May(_), Some(_)) => Some(StatusCode::FORBIDDEN),
        }
    }
}

/// A row of the document.
struct Way {
    method: Method,
    path: String,
    need: Need,
    arguments: String,
}

impl Way {
    fn concrete_path(&self) -> String {
        let mut path = self.path.replace("{x}", "0").replace("{z}", "0.json");
        while let Some(start) = path.find('{') {
            let end = path[start..].find('}').expect("is closed") + start;
            path.replace_range(start..=end, NOBODY);
        }
        path
    }

    fn is_socket(&self) -> bool {
        self.path.starts_with("/ws/")
    }

    fn is_server_function(&self) -> bool {
        self.path.starts_with("/api/ui/")
    }

    fn is_page(&self) -> bool {
        !self.is_socket() && !self.path.starts_with("/api/")
    }
}

/// Cells of the tables of `docs/ACCESS.md`, without backticks.
fn rows() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(repository().join("docs/ACCESS.md")).expect("is there");
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| way in"));
    rows.map(|line| {
        let cells = line.trim().trim_matches('|').split('|');
        cells.map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
    })
    .collect()
}

fn ways() -> Vec<Way> {
    let ways = rows().into_iter().filter_map(|cells| {
        let (method, path) = cells[0].split_once(' ')?;
        let need = match cells[1].as_str() {
            "anyone" => Need::Anyone,
            "signed in" => Need::SignedIn,
            name => Need::May(
                *Permission::ALL
                    .iter()
                    .find(|permission| permission.name() == name)
                    .unwrap_or_else(|| panic!("{path} needs `{name}`, which is no permission")),
            ),
        };
        let arguments = cells.get(2).cloned().unwrap_or_default();
        Some(Way { method: method.parse().expect("a method"), path: path.to_owned(), need, arguments })
    });
    ways.collect()
}

#[test]
fn every_way_in_is_listed_and_nothing_else() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_server"))
        .arg("routes")
        .current_dir(repository())
        .output()
        .expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let real: BTreeSet<_> =
        String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect();
    let listed: BTreeSet<_> = ways().iter().map(|way| format!("{} {}", way.method, way.path)).collect();
    let (missing, gone): (Vec<_>, Vec<_>) =
        (real.difference(&listed).collect(), listed.difference(&real).collect());
    assert!(missing.is_empty() && gone.is_empty(), "docs/ACCESS.md lacks {missing:#?} and lists {gone:#?}");
}

#[test]
fn the_roles_are_what_the_document_says() {
    let header = std::fs::read_to_string(repository().join("docs/ACCESS.md")).expect("is there");
    let header = header.lines().find(|line| line.starts_with("| permission")).expect("a matrix").to_owned();
    let roles: Vec<Role> = header.split('|').skip(2).filter_map(|cell| cell.trim().parse().ok()).collect();
    assert_eq!(roles, Role::ALL);
    let matrix: BTreeMap<String, Vec<String>> = rows()
        .into_iter()
        .filter(|cells| cells.len() == roles.len() + 1 && cells[0] != "permission")
        .map(|mut cells| (cells.remove(0), cells))
        .collect();
    for permission in Permission::ALL {
        let said = matrix.get(permission.name()).unwrap_or_else(|| panic!("{permission:?} is not listed"));
        for (role, cell) in roles.iter().zip(said) {
            assert_eq!(role.allows(*permission), cell == "x", "{role}: {permission:?}");
        }
    }
    assert_eq!(matrix.len(), Permission::ALL.len(), "a row is of no permission");
}

/// Somebody of a role, or a visitor.
struct Person<'a> {
    server: &'a TestServer,
    browser: Client,
    role: Option<Role>,
    email: String,
    password: &'static str,
    token: String,
    cookie: String,
}

impl<'a> Person<'a> {
    fn visitor(server: &'a TestServer) -> Self {
        let browser = Client::builder().redirect(Policy::none()).timeout(PATIENCE).pool_max_idle_per_host(0);
        let browser = browser.build().expect("a client");
        Self {
            server,
            browser,
            role: None,
            email: String::new(),
            password: OWNER_PASSWORD,
            token: String::new(),
            cookie: String::new(),
        }
    }

    async fn of_role(server: &'a TestServer, role: Role) -> Self {
        let mut person = Self { role: Some(role), ..Self::visitor(server) };
        person.email = if role == Role::Owner {
            OWNER_EMAIL.to_owned()
        } else {
            let email = format!("{role}@example.org");
            let body = json!({"email": email, "password": OWNER_PASSWORD, "display_name": role, "role": role,
                "reason": "walks the routes"});
            let made = server.post("/api/v1/users", &body).bearer_auth(server.owner().await).send().await;
            let made = made.expect("answers");
            assert_eq!(made.status(), StatusCode::CREATED, "{}", made.text().await.unwrap_or_default());
            email
        };
        person.sign_in().await;
        person
    }

    async fn sign_in(&mut self) {
        let Some(role) = self.role else { return };
        self.token = self.server.sign_in(&self.email, self.password).await;
        if role.allows(Permission::EnterDashboard) {
            self.cookie = session_cookie_of(self.server, &self.email, self.password).await;
        }
    }

    /// Goes that way, as a client would or as a browser would.
    async fn take(&self, way: &Way) -> Response {
        let path = way.concrete_path();
        let mut request = self.browser.request(way.method.clone(), self.server.url(&path));
        if way.is_server_function() {
            request = with_arguments(request, way);
        }
        if way.is_socket() {
            request = request
                .header(header::ORIGIN, &self.server.origin)
                .header(header::CONNECTION, "upgrade")
                .header(header::UPGRADE, "websocket")
                .header(header::SEC_WEBSOCKET_VERSION, "13")
                .header(header::SEC_WEBSOCKET_KEY, "dGhlIHNhbXBsZSBub25jZQ==")
                .header(header::SEC_WEBSOCKET_PROTOCOL, "realmkeep.v1");
        }
        if way.is_page() {
            request = request.header(header::ACCEPT, "text/html");
        }
        let by_cookie = way.is_socket() || way.is_server_function() || way.is_page();
        if by_cookie && !self.cookie.is_empty() {
            request = request.header(header::COOKIE, &self.cookie);
        } else if !by_cookie && !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        request.send().await.expect("answers")
    }

    /// The role that this way sees: by cookie, whoever may not enter the dashboard is a visitor.
    fn role_on(&self, way: &Way) -> Option<Role> {
        let by_cookie = way.is_socket() || way.is_server_function() || way.is_page();
        self.role.filter(|role| !by_cookie || role.allows(Permission::EnterDashboard))
    }
}

fn with_arguments(request: RequestBuilder, way: &Way) -> RequestBuilder {
    let arguments = way.arguments.clone();
    if way.method == Method::GET {
        let path = format!("{}?{arguments}", way.concrete_path());
        let (client, built) = request.build_split();
        let mut built = built.expect("a request");
        built.url_mut().set_query(path.split_once('?').map(|(_, query)| query));
        return RequestBuilder::from_parts(client, built);
    }
    let media_type =
        if arguments.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
    request.header(header::CONTENT_TYPE, media_type).body(arguments)
}

#[tokio::test]
async fn every_way_in_lets_in_exactly_those_whom_the_document_names() {
    let server = TestServer::start().await;
    let mut people = vec![Person::visitor(&server)];
    for role in Role::ALL {
        people.push(Person::of_role(&server, *role).await);
    }
    let mut wrong = Vec::new();
    for way in ways() {
        for person in &mut people {
            let role = person.role_on(&way);
            let status = person.take(&way).await.status();
            let is_right = match way.need.refusal(role) {
                Some(StatusCode::UNAUTHORIZED) if way.is_page() => status.is_redirection(),
                Some(refusal) => status == refusal,
                None if way.need == Need::Anyone && way.path.contains("sign-in") => true,
                None => {
                    !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
                        && !status.is_server_error()
                }
            };
            if !is_right {
                let who = person.role.map_or("a visitor", Role::name);
                wrong.push(format!("{} {}: {who} is answered {status}", way.method, way.path));
            }
            // What was allowed may have ended the sign-in.
            if status.is_success() && way.method != Method::GET {
                person.sign_in().await;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
