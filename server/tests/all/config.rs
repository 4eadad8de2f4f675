//! Bad settings and flags, seen from a terminal. Each kind is tested beside the code; here: that they end the program.

use std::fs;

use crate::test_server::Setup;

#[tokio::test]
async fn good_settings_are_said_to_be_good() {
    let ending = Setup::new().argument("check-config").run_to_end().await;
    assert!(ending.status.success(), "{}", ending.stderr);
}

#[tokio::test]
async fn a_missing_file_ends_the_start() {
    let ending = Setup::new().argument("--config").argument("nowhere.toml").run_to_end().await;
    assert!(ending.refusal().contains("nowhere.toml: cannot be read"), "{}", ending.refusal());
}

#[tokio::test]
async fn an_unknown_key_ends_the_start_and_leaves_no_trace() {
    let setup = Setup::new();
    let file = setup.data().join("bad.toml");
    fs::write(&file, "[auth]\nacess_ttl_s = 1\n").expect("writes");
    let setup = setup.argument("--config").argument(&file.display().to_string());
    let ending = setup.run_to_end().await;
    assert!(ending.refusal().contains("bad.toml:2: auth.acess_ttl_s: unknown key"), "{}", ending.refusal());
    assert_eq!(fs::read_dir(setup.data()).expect("lists").count(), 1, "only the file that we wrote");
}

#[tokio::test]
async fn a_bad_variable_ends_the_start() {
    let ending = Setup::new().with("REALMKEEP_AUTH__ACCESS_TTL_S", "soon").run_to_end().await;
    assert!(ending.refusal().contains("REALMKEEP_AUTH__ACCESS_TTL_S"), "{}", ending.refusal());
}

#[tokio::test]
async fn a_wrong_flag_ends_the_start() {
    let ending = Setup::new().argument("--confg").run_to_end().await;
    assert!(ending.refusal().contains("--confg"), "{}", ending.refusal());
}

#[tokio::test]
async fn an_unknown_command_ends_the_start() {
    let ending = Setup::new().argument("sreve").run_to_end().await;
    assert!(ending.refusal().contains("sreve"), "{}", ending.refusal());
}
