//! What `deploy/` says fits the server, the repository and itself, where no container engine runs.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;

use crate::test_server::{Setup, TestServer, repository};

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn object<'a>(value: &'a Value, pointer: &str) -> &'a serde_json::Map<String, Value> {
    value.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("{pointer} is no mapping"))
}

/// Instructions of a Dockerfile, with continued lines joined.
fn instructions(text: &str) -> Vec<(String, String)> {
    let joined =
        text.lines().filter(|line| !line.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n");
    let joined = joined.replace("\\\n", " ");
    let split =
        |line: &str| line.split_once(' ').map(|(word, rest)| (word.to_owned(), rest.trim().to_owned()));
    joined
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| split(line).expect("an instruction"))
        .collect()
}

#[test]
fn the_image_is_built_from_files_that_exist() {
    let known = [
        "FROM",
        "RUN",
        "COPY",
        "WORKDIR",
        "ENV",
        "USER",
        "EXPOSE",
        "VOLUME",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
        "ARG",
    ];
    let mut stages = BTreeSet::new();
    for (instruction, rest) in instructions(&read("deploy/Dockerfile")) {
        assert!(known.contains(&instruction.as_str()), "unknown instruction {instruction}");
        let words: Vec<&str> = rest.split_whitespace().collect();
        match (instruction.as_str(), words.as_slice()) {
            ("FROM", [_image, "AS", stage]) => {
                stages.insert((*stage).to_owned());
            }
            ("FROM", _) => panic!("every stage has a name: FROM {rest}"),
            ("COPY", [first, ..]) if first.starts_with("--from=") => {
                assert!(stages.contains(&first["--from=".len()..]), "COPY {rest}: no such stage before it");
            }
            ("COPY", [sources @ .., _target]) => {
                for source in sources {
                    assert!(repository().join(source).exists(), "COPY {rest}: {source} does not exist");
                }
            }
            _ => {}
        }
    }
    assert!(stages.contains("runtime"));
}

#[test]
fn the_image_does_not_run_as_root() {
    let instructions = instructions(&read("deploy/Dockerfile"));
    let last =
        |name: &str| instructions.iter().rposition(|(instruction, _)| instruction == name).expect(name);
    assert!(last("USER") > last("FROM") && last("USER") < last("ENTRYPOINT"));
    assert_ne!(instructions[last("USER")].1, "root");
    assert!(last("HEALTHCHECK") > last("FROM"));
}

#[test]
fn the_pinned_wasm_bindgen_is_the_one_that_the_page_is_built_with() {
    let lock = read("Cargo.lock");
    let (_, after) = lock.split_once("name = \"wasm-bindgen\"\nversion = \"").expect("in the lock file");
    let version = after.split('"').next().expect("a version");
    assert!(
        read("deploy/Dockerfile").contains(&format!("wasm-bindgen-cli --version {version}")),
        "the Dockerfile should install wasm-bindgen-cli {version}"
    );
}

#[test]
fn compose_refers_to_what_exists() {
    let compose = yaml("deploy/compose.yaml");
    let services = object(&compose, "/services");
    let volumes = object(&compose, "/volumes");
    for (name, service) in services {
        for dependency in service.get("depends_on").and_then(Value::as_object).into_iter().flatten() {
            assert!(services.contains_key(dependency.0), "{name} depends on {}", dependency.0);
            if dependency.1["condition"] == "service_healthy" {
                assert!(
                    services[dependency.0].get("healthcheck").is_some(),
                    "{} has no health check",
                    dependency.0
                );
            }
        }
        for mount in service.get("volumes").and_then(Value::as_array).into_iter().flatten() {
            let source = mount.as_str().and_then(|mount| mount.split(':').next()).expect("a mount");
            let exists = if source.starts_with('.') {
                repository().join("deploy").join(source).exists()
            } else {
                volumes.contains_key(source)
            };
            assert!(exists, "{name} mounts {source}, which does not exist");
        }
        assert!(service.get("healthcheck").is_some(), "{name} has no health check");
    }
    let build = &compose["services"]["server"]["build"];
    let context = repository().join("deploy").join(build["context"].as_str().expect("a context"));
    assert!(context.join(build["dockerfile"].as_str().expect("a Dockerfile")).exists());
}

/// `${NAME:?…}` and `${NAME:-…}` of a text: names, and whether they must be set.
fn interpolations(text: &str) -> Vec<(String, bool)> {
    text.split("${")
        .skip(1)
        .map(|rest| {
            let inside = rest.split('}').next().expect("a closing brace");
            let name: String =
                inside.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            (name.clone(), inside[name.len()..].starts_with(":?"))
        })
        .collect()
}

#[test]
fn there_are_no_default_passwords() {
    let compose = read("deploy/compose.yaml");
    let example = read("deploy/env.example");
    for (name, required) in interpolations(&compose) {
        let line = example.lines().find(|line| line.starts_with(&format!("{name}=")));
        assert_eq!(
            line,
            Some(format!("{name}=").as_str()),
            "deploy/env.example should list {name}, without a value"
        );
        let is_a_choice = name == "PUBLIC_URL" || name.starts_with("MAIL_");
        assert!(required || is_a_choice, "{name} should have to be set");
    }
    for (service, settings) in object(&yaml("deploy/compose.yaml"), "/services") {
        for (name, value) in settings.get("environment").and_then(Value::as_object).into_iter().flatten() {
            let secret = ["PASSWORD", "SECRET", "TOKEN", "AUTH"].iter().any(|word| name.contains(word));
            let text = value.as_str().unwrap_or_default();
            let is_elsewhere = text.contains("${") || text.starts_with("{ env = ");
            assert!(!secret || is_elsewhere, "{service}: {name} is written down in compose.yaml");
        }
    }
}

#[tokio::test]
async fn the_server_knows_every_variable_that_the_deployment_sets() {
    let compose = yaml("deploy/compose.yaml");
    let mut setup = Setup::new().argument("check-config");
    let image = instructions(&read("deploy/Dockerfile"));
    let from_image =
        image.iter().filter(|(name, _)| name == "ENV").flat_map(|(_, rest)| rest.split_whitespace());
    for (name, text) in from_image.map(|pair| pair.split_once('=').expect("NAME=value")) {
        setup = setup.with(name, text);
    }
    for (name, text) in object(&compose, "/services/server/environment") {
        let mut text = text.as_str().expect("quoted").to_owned();
        for (variable, _) in interpolations(&text) {
            let (before, rest) = text.split_once("${").expect("an interpolation");
            let (_, after) = rest.split_once('}').expect("a closing brace");
            let filled = match variable.as_str() {
                "OWNER_EMAIL" => "owner@example.org",
                "PUBLIC_URL" => "https://play.example.org",
                "MAIL_DRIVER" => "smtp",
                "MAIL_FROM" => "Realmkeep <no-reply@example.org>",
                _ => "a0b1c2d3e4f5a6b7c8d9",
            };
            text = format!("{before}{filled}{after}");
        }
        setup = setup.with(name, &text);
    }
    let ending = setup.run_to_end().await;
    assert!(ending.status.success(), "{}", ending.stderr);
}

/// Every name in an expression that is a metric of ours or of the process.
fn metric_names(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| ["realmkeep_", "process_"].iter().any(|prefix| word.starts_with(prefix)))
        .map(str::to_owned)
        .collect()
}

fn expressions(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(text) if name == "expr" || name == "query" || name == "definition" => {
                        out.extend(metric_names(text));
                    }
                    _ => expressions(field, out),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| expressions(item, out)),
        _ => {}
    }
}

fn files_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repository().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    entries.map(|entry| format!("{folder}/{}", entry.expect("reads").file_name().to_string_lossy())).collect()
}

#[tokio::test]
async fn every_metric_of_dashboards_and_alerts_is_there_once_a_player_plays() {
    let mut used = BTreeSet::new();
    for path in files_in("deploy/grafana/dashboards") {
        let dashboard: Value =
            serde_json::from_str(&read(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        expressions(&dashboard, &mut used);
    }
    for path in files_in("deploy/prometheus/rules") {
        expressions(&yaml(&path), &mut used);
    }
    assert!(used.len() >= 10, "dashboards and alerts use only {used:?}");

    let server = TestServer::start().await;
    let player = crate::player::Player::join(&server).await;
    let metrics = server.metrics().await;
    let sampled: BTreeSet<&str> = metrics
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split(['{', ' ']).next().unwrap_or_default())
        .collect();
    let missing: Vec<_> = used.iter().filter(|name| !sampled.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "used in deploy/, but not on /metrics: {missing:?}");
    player.leave().await;
}

#[test]
fn prometheus_accepts_its_settings_and_rules() {
    let mut files = vec![("config", "deploy/prometheus/prometheus.yml".to_owned())];
    files.extend(files_in("deploy/prometheus/rules").into_iter().map(|path| ("rules", path)));
    for (what, path) in files {
        let output = promtool(&["check", what, &path]).output().expect("promtool runs (Debian: prometheus)");
        assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

pub(crate) fn promtool(arguments: &[&str]) -> Command {
    let mut command = Command::new("promtool");
    command.args(arguments).current_dir(repository());
    command
}

#[test]
fn grafana_is_provisioned_with_what_compose_mounts() {
    let source = yaml("deploy/grafana/provisioning/datasources/prometheus.yaml");
    let uid = source["datasources"][0]["uid"].as_str().expect("a uid").to_owned();
    let provider = yaml("deploy/grafana/provisioning/dashboards/realmkeep.yaml");
    let folder = provider["providers"][0]["options"]["path"].as_str().expect("a path").to_owned();
    let compose = read("deploy/compose.yaml");
    assert!(compose.contains(&format!("./grafana/dashboards:{folder}:ro")), "{folder} is not mounted");
    for path in files_in("deploy/grafana/dashboards") {
        let file = Path::new(&path).file_name().expect("a name").to_string_lossy().into_owned();
        let dashboard: Value = serde_json::from_str(&read(&path)).expect("is JSON");
        assert!(dashboard["uid"].is_string() && dashboard["title"].is_string(), "{file} has no uid or title");
        let mut sources = BTreeSet::new();
        collect_sources(&dashboard, &mut sources);
        assert_eq!(sources, BTreeSet::from([uid.clone()]), "{file} asks other sources");
    }
    assert!(compose.contains("/dashboards/realmkeep.json"), "the home dashboard");
}

fn collect_sources(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("type").is_some_and(|kind| kind == "prometheus") {
                out.extend(fields.get("uid").and_then(Value::as_str).map(str::to_owned));
            }
            fields.values().for_each(|field| collect_sources(field, out));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_sources(item, out)),
        _ => {}
    }
}
