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
