//! The audit as staff read and verify it.

use api::audit::{AuditEntryView, AuditFilter};
use api::{
    Role,
    job::{CreateScheduleRequest, JobRequest},
    user::{ChangeRoleRequest, UserFilter},
};
use domain::{
    Actor,
    audit::{self, ExportFormat, HeadLog, sign_heads},
};
use futures::TryStreamExt as _;
use serde_json::json;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

use crate::test_domain::{TestDomain, may, until};

/// The newest entry of an action.
async fn noted(test: &TestDomain, reader: &Actor, action: &str) -> AuditEntryView {
    let filter = AuditFilter { action: Some(action.into()), ..AuditFilter::default() };
    let listed = audit::list(&test.domain, &may(reader), filter).await.expect("lists").items;
    listed.into_iter().next().expect("is noted")
}

#[tokio::test]
async fn a_change_tells_before_after_why_and_from_where() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let account = mira.account.expect("has one");
    let request = ChangeRoleRequest { role: Role::Moderator, reason: "keeps order well".into() };
    domain::users::change_role(&test.domain, &may(&owner), account, request).await.expect("is changed");
    let entry = noted(&test, &owner, "account.change_role").await;
    assert_eq!(entry.before, Some(serde_json::json!({"role": "player"})));
    assert_eq!(entry.after, Some(serde_json::json!({"role": "moderator"})));
    assert_eq!(entry.reason.as_deref(), Some("keeps order well"));
    assert_eq!((entry.actor, entry.actor_name.as_deref()), (owner.account, Some("Owner")));
    assert_eq!(entry.subject, format!("account {account}"));
    assert_eq!(entry.request_id, Some(owner.arrival.request_id));
}

#[tokio::test]
async fn a_queue_and_a_schedule_tell_what_they_were_and_are() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    domain::jobs::pause_queue(&test.domain, &may(&owner), true).await.expect("stands still");
    let paused = noted(&test, &owner, "jobs.pause").await;
    assert_eq!(paused.before, Some(json!({"paused": false})));
    assert_eq!(paused.after, Some(json!({"paused": true})));

    let request = CreateScheduleRequest {
        name: "Every noon".into(),
        cron: "0 12 * * *".into(),
        request: JobRequest::BackUp { keep: 3 },
    };
    let schedule = domain::jobs::create_schedule(&test.domain, &may(&owner), request).await.expect("is made");
    domain::jobs::remove_schedule(&test.domain, &may(&owner), schedule.id).await.expect("is removed");
    let made = noted(&test, &owner, "schedule.create").await;
    let gone = noted(&test, &owner, "schedule.remove").await;
    assert_eq!(made.before, None);
    assert_eq!(made.after.as_ref().and_then(|it| it["cron"].as_str()), Some("0 12 * * *"));
    assert_eq!((&gone.before, &gone.after), (&made.after, &made.before));
}

#[tokio::test]
async fn a_log_whose_end_was_cut_off_is_found_by_its_signed_head() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let file = test.folder().join("audit-heads.jwt");
    let stop = CancellationToken::new();
    sign_heads(&test.domain, HeadLog::in_file(&file), Duration::from_millis(20), stop.clone());
    until("a head is signed", async || std::fs::read_to_string(&file).is_ok_and(|text| !text.is_empty()))
        .await;
    stop.cancel();
    let found = audit::verify(&test.domain, &may(&owner)).await.expect("verifies");
    assert!(found.intact && found.signed_heads > 0, "{found:?}");

    test.run_sql("DROP TRIGGER audit_log_refuses_delete").await;
    test.run_sql("DELETE FROM audit_log WHERE seq = (SELECT MAX(seq) FROM audit_log)").await;
    let found = audit::verify(&test.domain, &may(&owner)).await.expect("verifies");
    assert!(!found.intact && found.finding.is_some_and(|finding| finding.contains("cut off")));

    let forged = std::fs::read_to_string(&file).expect("reads").replace('.', "x.");
    std::fs::write(&file, forged).expect("writes");
    let found = audit::verify(&test.domain, &may(&owner)).await.expect("verifies");
    assert!(found.finding.is_some_and(|finding| finding.starts_with("line 1 ")));
}

#[tokio::test]
async fn an_export_holds_every_entry_and_is_noted_itself() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let export = async |format| {
        let pieces = audit::export(&test.domain, &may(&owner), AuditFilter::default(), format).await;
        let pieces: Vec<_> = pieces.expect("begins").try_collect().await.expect("reads");
        String::from_utf8(pieces.concat()).expect("text")
    };
    let csv = export(ExportFormat::Csv).await;
    let json: Vec<serde_json::Value> = serde_json::from_str(&export(ExportFormat::Json).await).expect("JSON");
    assert_eq!(json.len(), csv.lines().count(), "one export more, one header less");
    assert_eq!(json[0]["action"], "audit.export");
    assert!(csv.starts_with("seq,id,at,"));
}

#[tokio::test]
async fn nobody_gives_more_than_they_have_and_an_owner_stays() {
    let test = TestDomain::new().await;
    let (owner, mira, brega) = (test.owner().await, test.player("Mira").await, test.player("Brega").await);
    let change = async |actor: &Actor, whom: &Actor, role| {
        let request = ChangeRoleRequest { role, reason: "a test".into() };
        domain::users::change_role(&test.domain, &may(actor), whom.account.expect("has one"), request).await
    };
    change(&owner, &mira, Role::Administrator).await.expect("an owner may");
    let mira = test.again("mira@example.org").await;
    assert!(matches!(change(&mira, &brega, Role::Owner).await, Err(domain::Error::Forbidden)));
    assert!(matches!(change(&mira, &owner, Role::Player).await, Err(domain::Error::Forbidden)));
    assert!(matches!(change(&owner, &owner, Role::Player).await, Err(domain::Error::Conflict(_))), "oneself");
    change(&mira, &brega, Role::Operator).await.expect("within reach");
    let filter = UserFilter { search: Some("BREG".into()), ..UserFilter::default() };
    let found = domain::users::list(&test.domain, &may(&owner), filter).await.expect("lists").items;
    assert_eq!(found.iter().map(|user| user.role).collect::<Vec<_>>(), [Role::Operator]);
}
