//! Schemathesis against a running server: whatever is asked, no answer is a fault of the server, and each is one that the
//! description tells.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD, Realm};
use crate::setup;
use crate::test::count;

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
    let token = realm.sign_in(OWNER_EMAIL, OWNER_PASSWORD)?;
    let owner = format!("Authorization: Bearer {token}");
    let mut tally = Tally::default();
    for (title, login) in
        [("schemathesis without a login", None), ("schemathesis as the owner", Some(&owner))]
    {
        let mut command = ask(stand, &program, &realm)?;
        if let Some(login) = login {
            command.args(["--header", login]);
        }
        tally = tally + stand.counted(title, &mut command, count::schemathesis)?;
    }
    Ok(tally)
}

fn ask(stand: &Stand<'_>, program: &std::path::Path, realm: &Realm) -> Result<Command> {
    let mut command = Command::new(program);
    // It leaves what it learned in the folder that it is started in.
    command.current_dir(stand.folder("schemathesis")?);
    command.args(["run", "--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES_MAX]);
    command.args(["--seed", SEED, "--checks", CHECKS, "--workers", "2", "--no-shrink", "--warnings", "off"]);
    command.args(["--suppress-health-check", "all", "--request-timeout", "30"]);
    command.arg(format!("{}/api/v1/openapi.json", realm.address()));
    command.env("NO_COLOR", "1").env("PYTHONUNBUFFERED", "1");
    Ok(command)
}
