//! Who may do what. That each use case asks is the compiler's to check; here stands what the answer is.

use api::{PermissionSet, Problem, ProblemKind, right};
use domain::{Actor, Allowed};

use crate::test_domain::TestDomain;

fn refusal<R>(outcome: Result<Allowed<R>, domain::Error>) -> Option<ProblemKind> {
    outcome.err().map(|error| Problem::from(error).kind)
}

#[tokio::test]
async fn a_visitor_must_sign_in_and_a_player_is_refused_what_is_for_staff() {
    let test = TestDomain::new().await;
    assert_eq!(refusal(test.visitor().allow::<right::ViewJobs>()), Some(ProblemKind::Unauthenticated));
    let mira = test.player("Mira").await;
    assert_eq!(refusal(mira.clone().allow::<right::ViewJobs>()), Some(ProblemKind::Forbidden));
    let allowed = mira.clone().allow::<right::PlayGame>().expect("plays");
    assert_eq!(Some(allowed.account()), mira.account);
}

#[tokio::test]
async fn what_counts_is_what_the_actor_was_found_to_hold() {
    let test = TestDomain::new().await;
    let stripped = Actor { permissions: PermissionSet::NONE, ..test.owner().await };
    assert_eq!(
        refusal(stripped.allow::<right::ViewJobs>()),
        Some(ProblemKind::Forbidden),
        "whatever the role says"
    );
}

#[tokio::test]
async fn why_something_is_done_stands_in_the_audit_and_what_is_no_reason_does_not_do() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let allowed = || owner.clone().allow::<right::RunJobs>().expect("may run jobs");
    for none in ["", "  x  "] {
        assert_eq!(refusal(allowed().because_of(none)), Some(ProblemKind::InvalidRequest), "{none:?}");
    }
    let actor = allowed().because_of(" a quiet moment ").expect("is a reason");
    domain::jobs::pause_queue(&test.domain, &actor, true).await.expect("stands still");
    let audit = owner.clone().allow().expect("reads it");
    let newest =
        domain::audit::list(&test.domain, &audit, Default::default()).await.expect("lists").items.remove(0);
    assert_eq!((newest.action.as_str(), newest.reason.as_deref()), ("jobs.pause", Some("a quiet moment")));
}
