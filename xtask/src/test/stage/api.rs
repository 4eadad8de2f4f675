//! Schemathesis against a running server: whatever is asked, no answer is a fault of the server, and each is one that the
//! description tells.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD, Realm};
use crate::setup;
use crate::test::count;

/// What it is told in its folder. Left to itself, it would register and sign in as whom it registered.
const SETTINGS: &str = "schemathesis.toml";
const AS_A_VISITOR: &str = "[auth]\nauto-signup = false\n";

/// Cases of each operation that are made up, beside those that the description suggests.
const EXAMPLES_MAX: &str = "6";
/// The same cases each time: what fails once fails again.
const SEED: &str = "20260101";
/// What is looked at. That a request is refused or taken as its schema says is the business of the server's own tests:
/// much that is refused contradicts the state of the world, which no schema knows.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";
/// Requests that a minute of this takes are more than anybody's.
const GENEROUS: [(&str, &str); 4] = [
    ("REALMKEEP_LIMITS__READS_PER_MINUTE", "1000000"),
    ("REALMKEEP_LIMITS__WRITES_PER_MINUTE", "1000000"),
    ("REALMKEEP_LIMITS__SIGN_INS_PER_MINUTE", "1000000"),
    ("REALMKEEP_LIMITS__EXPORTS_PER_MINUTE", "1000000"),
];

pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let program = setup::schemathesis::find(stand.workspace).context("schemathesis is gone again")?;
    let realm = stand.realm_of_its_own("api", &GENEROUS)?;
    // What it asks may end its own sign-in: then it signs in again.
    let as_the_owner = format!(
        "{AS_A_VISITOR}\n[auth.dynamic.openapi.bearer]\npath = \"/api/v1/auth/login\"\n\
         extract_selector = \"/access_token\"\n\
         payload = {{ email = \"{OWNER_EMAIL}\", password = \"{OWNER_PASSWORD}\" }}\n"
    );
    let mut tally = Tally::default();
    for (title, settings) in
        [("schemathesis without a login", AS_A_VISITOR), ("schemathesis as the owner", &as_the_owner)]
    {
        // It leaves what it learned in the folder that it is started in.
        let folder = stand.folder(&title.replace(' ', "-"))?;
        let file = folder.join(SETTINGS);
        std::fs::write(&file, settings).with_context(|| format!("can't write {}", file.display()))?;
        tally = tally + stand.counted(title, &mut ask(&folder, &program, &realm), count::schemathesis)?;
    }
    Ok(tally)
}

fn ask(folder: &Path, program: &Path, realm: &Realm) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder);
    command.args(["run", "--phases", "coverage,fuzzing", "--max-examples", EXAMPLES_MAX]);
    // One after the other: Python 3.11 trips over its own counting when two threads make up deep values at once, and a second
    // one hardly makes it quicker.
    command.args(["--seed", SEED, "--checks", CHECKS, "--workers", "1", "--no-shrink", "--warnings", "off"]);
    command.args(["--suppress-health-check", "all", "--request-timeout", "30"]);
    command.arg(format!("{}/api/v1/openapi.json", realm.address()));
    command.env("NO_COLOR", "1").env("PYTHONUNBUFFERED", "1");
    command
}
