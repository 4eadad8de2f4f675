//! Every kind of bad setting is one line that names its place.

use std::{ffi::OsString, fs, path::PathBuf};

use super::Settings;

struct Sources {
    folder: tempfile::TempDir,
    variables: Vec<(OsString, OsString)>,
}

impl Sources {
    fn file(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("server.toml"), text).expect("writes");
        Self { folder, variables: Vec::new() }
    }

    fn with(mut self, name: &str, text: &str) -> Self {
        self.variables.push((name.into(), text.into()));
        self
    }

    fn load(&self) -> Settings {
        Settings::load(&self.path(), self.variables.clone())
            .unwrap_or_else(|error| panic!("refused: {error}"))
    }

    /// The refusal, without the folder's name.
    fn refusal(&self) -> String {
        let error = Settings::load(&self.path(), self.variables.clone()).expect_err("should be refused");
        let line = error.to_string();
        assert!(!line.contains('\n'), "more than one line: {line}");
        line.replace(&format!("{}/", self.folder.path().display()), "")
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("server.toml")
    }
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let settings = Sources::file("").load();
    assert_eq!(settings.http.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.ops.addr.to_string(), "127.0.0.1:9464");
    assert_eq!(settings.auth.access_ttl_s, 900);
}

#[test]
fn the_shipped_file_repeats_the_defaults() {
    let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../config/server.toml");
    let shipped = Settings::load(&shipped, []).unwrap_or_else(|error| panic!("refused: {error}"));
    assert_eq!(format!("{shipped:?}"), format!("{:?}", Settings::default()));
}

#[test]
fn a_variable_wins_over_the_file() {
    let sources = Sources::file("[auth]\naccess_ttl_s = 60\n").with("REALMKEEP_AUTH__ACCESS_TTL_S", "120");
    assert_eq!(sources.load().auth.access_ttl_s, 120);
}

#[test]
fn the_documented_short_names_work() {
    let settings = Sources::file("")
        .with("LEPTOS_SITE_ADDR", "127.0.0.1:4000")
        .with("LEPTOS_SITE_ROOT", "site")
        .with("REALMKEEP_OPS_ADDR", "127.0.0.1:4001")
        .with("REALMKEEP_DATA", "/tmp/elsewhere")
        .with("REALMKEEP_OWNER_EMAIL", "mira@example.org")
        .load();
    assert_eq!(settings.http.addr.port(), 4000);
    assert_eq!(settings.ops.addr.port(), 4001);
    assert_eq!(settings.data, PathBuf::from("/tmp/elsewhere"));
    assert_eq!(settings.owner.email, "mira@example.org");
}

#[test]
fn a_password_of_digits_is_text() {
    use secrecy::ExposeSecret as _;
    let settings = Sources::file("").with("REALMKEEP_OWNER_PASSWORD", "123456789012345").load();
    assert_eq!(settings.owner.password.expect("set").expose_secret(), "123456789012345");
}

#[test]
fn a_list_is_written_as_in_toml() {
    let settings = Sources::file("")
        .with("REALMKEEP_HTTP__ALLOWED_ORIGINS", r#"["https://a.example", "https://b.example"]"#)
        .load();
    assert_eq!(settings.http.allowed_origins, ["https://a.example", "https://b.example"]);
}

#[test]
fn variables_of_tests_and_of_kubernetes_are_left_alone() {
    Sources::file("")
        .with("REALMKEEP_TEST_POSTGRES_URL", "x")
        .with("REALMKEEP_PORT_3000_TCP", "tcp://10.0.0.1")
        .load();
}

#[test]
fn a_missing_file_is_named() {
    let sources = Sources::file("");
    fs::remove_file(sources.path()).expect("removes");
    assert_eq!(
        sources.refusal(),
        "server.toml: cannot be read: No such file or directory (os error 2) (another file: --config)"
    );
}

#[test]
fn bad_toml_is_told_with_its_line() {
    let refusal = Sources::file("role = \"all\"\n[auth\n").refusal();
    assert!(refusal.starts_with("server.toml:2: "), "{refusal}");
}

#[test]
fn an_unknown_key_is_told_with_line_and_topic() {
    let refusal = Sources::file("[auth]\n\nacess_ttl_s = 5\n").refusal();
    assert!(refusal.starts_with("server.toml:3: auth.acess_ttl_s: unknown key `acess_ttl_s`"), "{refusal}");
}

#[test]
fn a_wrong_type_is_told_with_line_and_key() {
    let refusal = Sources::file("[auth]\naccess_ttl_s = \"long\"\n").refusal();
    assert!(refusal.starts_with("server.toml:2: auth.access_ttl_s: invalid type: string"), "{refusal}");
}

#[test]
fn a_value_out_of_range_is_told_with_line_and_key() {
    let refusal = Sources::file("[ops]\n[auth]\nticket_ttl_s = 0\n").refusal();
    assert_eq!(refusal, "server.toml:3: auth.ticket_ttl_s: lower than 1");
}

#[test]
fn a_bad_variable_is_told_by_its_name() {
    let unknown = Sources::file("").with("REALMKEEP_AUTH__ACESS_TTL_S", "5").refusal();
    assert!(unknown.starts_with("REALMKEEP_AUTH__ACESS_TTL_S: auth.acess_ttl_s: unknown key"), "{unknown}");
    let topic = Sources::file("").with("REALMKEEP_OPS_ADR", "127.0.0.1:1").refusal();
    assert!(topic.starts_with("REALMKEEP_OPS_ADR: ops_adr: unknown key"), "{topic}");
    let wrong = Sources::file("").with("REALMKEEP_AUTH__ACCESS_TTL_S", "long").refusal();
    assert!(wrong.starts_with("REALMKEEP_AUTH__ACCESS_TTL_S: auth.access_ttl_s: invalid type"), "{wrong}");
    let range = Sources::file("").with("REALMKEEP_AUTH__TICKET_TTL_S", "0").refusal();
    assert_eq!(range, "REALMKEEP_AUTH__TICKET_TTL_S: auth.ticket_ttl_s: lower than 1");
}

#[test]
fn a_role_that_is_not_built_is_refused() {
    let refusal = Sources::file("").with("REALMKEEP_ROLE", "gateway").refusal();
    assert!(refusal.starts_with("REALMKEEP_ROLE: role: unknown variant `gateway`"), "{refusal}");
}

#[test]
fn a_secret_is_never_part_of_a_refusal() {
    let refusal = Sources::file("").with("REALMKEEP_DATABASE__URL", "mysql://root:hunter2@db").refusal();
    assert!(refusal.starts_with("REALMKEEP_DATABASE__URL: database.url: expected"), "{refusal}");
    assert!(!refusal.contains("hunter2"), "{refusal}");
}

#[test]
fn letters_go_to_a_mail_server_that_is_described_in_full() {
    let smtp = "[mail]\ndriver = \"smtp\"\nhost = \"mail.example.org\"\nfrom = \"no-reply@example.org\"\n";
    let refusal = |more: &str| Sources::file(&format!("{smtp}{more}")).refusal();
    Sources::file(smtp).load();
    let nowhere = Sources::file("[mail]\ndriver = \"smtp\"\nhost = \"\"\nfrom = \"a@b.example\"\n").refusal();
    assert!(nowhere.starts_with("server.toml:3: mail.host: expected the name of a mail server"), "{nowhere}");
    let nobody = Sources::file("[mail]\ndriver = \"smtp\"\nhost = \"mail\"\nfrom = \"me\"\n").refusal();
    assert!(nobody.starts_with("server.toml:4: mail.from: expected an address"), "{nobody}");
    let alone = refusal("user = \"realmkeep\"\n");
    assert!(alone.starts_with("server.toml: mail.password: expected where the password"), "{alone}");
    let lost = refusal("user = \"realmkeep\"\npassword = { file = \"/nowhere/secret\" }\n");
    assert!(lost.starts_with("server.toml:6: mail.password: /nowhere/secret failed"), "{lost}");
    let open = refusal("user = \"realmkeep\"\ntls = \"opportunistic\"\npassword = { env = \"PATH\" }\n");
    assert!(open.starts_with("server.toml:5: mail.user: a password goes to another machine only"), "{open}");
    let pigeons = Sources::file("[mail]\ndriver = \"pigeons\"\n").refusal();
    assert!(pigeons.starts_with("server.toml:2: mail.driver: unknown variant `pigeons`"), "{pigeons}");
}

#[test]
fn a_password_that_is_written_down_is_refused_and_not_repeated() {
    let written = Sources::file("[mail]\nuser = \"realmkeep\"\npassword = \"hunter2\"\n").refusal();
    assert!(written.starts_with("server.toml:3: mail.password: expected where the secret is"), "{written}");
    let variable = Sources::file("").with("REALMKEEP_MAIL__PASSWORD", "hunter2").refusal();
    assert!(variable.starts_with("REALMKEEP_MAIL__PASSWORD: mail.password: expected where"), "{variable}");
    assert!(!written.contains("hunter2") && !variable.contains("hunter2"), "{written} {variable}");
}
