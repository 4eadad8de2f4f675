//! Background jobs, run by a real worker from a real queue.

use api::job::{JobRequest, JobState, JobView};
use domain::{Actor, Error, jobs};
use grid::{RegionCoord, WorldId};
use uuid::Uuid;

use crate::test_domain::{TestDomain, until};

const CELLS_OF_REGION: u64 = 64 * 64;

fn pregenerate(world_id: WorldId, x: i32) -> JobRequest {
    JobRequest::PregenerateRegion { world_id, region: RegionCoord::new(x, -1) }
}

async fn start(test: &TestDomain, owner: &Actor, x: i32) -> JobView {
    jobs::start(&test.domain, owner, pregenerate(test.world, x)).await.expect("is started")
}

async fn read(test: &TestDomain, owner: &Actor, job: &JobView) -> JobView {
    jobs::get(&test.domain, owner, job.id).await.expect("reads")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_interrupted_goes_on_where_it_was() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let job = start(&test, &owner, 2).await;
    assert_eq!((job.state, job.attempts, job.requested_by.as_str()), (JobState::Queued, 0, "Owner"));
    let (worker, shutdown) = test.worker().await;
    until("it makes progress", async || read(&test, &owner, &job).await.progress_done > 50).await;
    shutdown.cancel();
    worker.stopped().await;
    let waiting = read(&test, &owner, &job).await;
    assert_eq!((waiting.state, waiting.attempts), (JobState::Queued, 0), "an interruption is no failure");

    let again = test.restarted().await;
    let (worker, shutdown) = again.worker().await;
    until("it succeeds", async || read(&again, &owner, &job).await.state == JobState::Succeeded).await;
    let done = read(&again, &owner, &job).await;
    assert_eq!((done.progress_done, done.progress_total), (CELLS_OF_REGION, CELLS_OF_REGION));
    assert!(done.started_at.is_some() && done.finished_at.is_some() && done.error.is_none());
    shutdown.cancel();
    worker.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_job_stops_and_stays_cancelled() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let (worker, shutdown) = test.worker().await;
    let job = start(&test, &owner, 3).await;
    until("it runs", async || read(&test, &owner, &job).await.state == JobState::Running).await;
    let cancelled = jobs::cancel(&test.domain, &owner, job.id).await.expect("is cancelled");
    assert_eq!(cancelled.state, JobState::Cancelled);
    let again = jobs::cancel(&test.domain, &owner, job.id).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    // The next job runs only once the worker has let go of this one.
    let next = start(&test, &owner, 4).await;
    until("the next runs", async || read(&test, &owner, &next).await.state == JobState::Running).await;
    assert_eq!(read(&test, &owner, &job).await.state, JobState::Cancelled);
    shutdown.cancel();
    worker.stopped().await;
}

#[tokio::test]
async fn the_same_job_is_not_started_twice() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let job = start(&test, &owner, 5).await;
    let twin = jobs::start(&test.domain, &owner, pregenerate(test.world, 5)).await;
    assert!(matches!(twin, Err(Error::Conflict(_))), "{twin:?}");
    jobs::cancel(&test.domain, &owner, job.id).await.expect("is cancelled");
    start(&test, &owner, 5).await;
}

#[tokio::test]
async fn a_job_for_what_is_not_there_is_refused() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let nowhere = jobs::start(&test.domain, &owner, pregenerate(WorldId::from_uuid(Uuid::now_v7()), 0)).await;
    assert!(matches!(nowhere, Err(Error::NotFound("world"))), "{nowhere:?}");
    let beyond = jobs::start(&test.domain, &owner, pregenerate(test.world, 2_000_000_000)).await;
    assert!(matches!(beyond, Err(Error::Invalid(_))), "{beyond:?}");
}

#[tokio::test]
async fn jobs_are_listed_page_by_page() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    for x in 0..53 {
        start(&test, &owner, x).await;
    }
    let first = jobs::list(&test.domain, &owner, None).await.expect("lists");
    assert_eq!(first.items.len(), 50);
    assert!(first.items[0].created_at >= first.items[49].created_at, "the newest first");
    let second = jobs::list(&test.domain, &owner, first.next).await.expect("lists");
    assert_eq!((second.items.len(), second.next), (3, None));
    let refused = jobs::list(&test.domain, &owner, Some("tomorrow".into())).await;
    assert!(matches!(refused, Err(Error::InvalidField { .. })), "{refused:?}");
}

#[tokio::test]
async fn starting_and_cancelling_leave_notes_for_staff() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let job = start(&test, &owner, 6).await;
    jobs::cancel(&test.domain, &owner, job.id).await.expect("is cancelled");
    let entries = store::audit::latest(&test.store, 2).await.expect("reads");
    let notes: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), entry.subject.clone())).collect();
    let subject = format!("job {}", job.id);
    assert_eq!(notes, [("job.cancel", subject.clone()), ("job.start", subject)]);
    assert!(entries.iter().all(|entry| entry.actor == owner.account && entry.request_id.is_some()));
}
