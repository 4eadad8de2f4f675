//! Background jobs, run by a real worker from a real queue.

use api::job::{CreateScheduleRequest, JobFilter, JobPriority, JobRequest, JobState, JobView, StartOptions};
use chrono::TimeDelta;
use domain::{Actor, Error, jobs};
use grid::{RegionCoord, WorldId};
use uuid::Uuid;

use crate::test_domain::{PASSWORD, TestDomain, may, until};

const CELLS_OF_REGION: u64 = 64 * 64;

fn pregenerate(world_id: WorldId, x: i32) -> JobRequest {
    JobRequest::PregenerateRegion { world_id, region: RegionCoord::new(x, -1) }
}

async fn start(test: &TestDomain, owner: &Actor, x: i32) -> JobView {
    jobs::start(&test.domain, &may(owner), pregenerate(test.world, x), StartOptions::default())
        .await
        .expect("is started")
}

async fn read(test: &TestDomain, owner: &Actor, job: &JobView) -> JobView {
    jobs::get(&test.domain, &may(owner), job.id).await.expect("reads")
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
    let cancelled = jobs::cancel(&test.domain, &may(&owner), job.id).await.expect("is cancelled");
    assert_eq!(cancelled.state, JobState::Cancelled);
    let again = jobs::cancel(&test.domain, &may(&owner), job.id).await;
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
    let twin =
        jobs::start(&test.domain, &may(&owner), pregenerate(test.world, 5), StartOptions::default()).await;
    assert!(matches!(twin, Err(Error::Conflict(_))), "{twin:?}");
    jobs::cancel(&test.domain, &may(&owner), job.id).await.expect("is cancelled");
    start(&test, &owner, 5).await;
}

#[tokio::test]
async fn a_job_for_what_is_not_there_is_refused() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let nowhere = jobs::start(
        &test.domain,
        &may(&owner),
        pregenerate(WorldId::from_uuid(Uuid::now_v7()), 0),
        StartOptions::default(),
    )
    .await;
    assert!(matches!(nowhere, Err(Error::NotFound("world"))), "{nowhere:?}");
    let beyond = jobs::start(
        &test.domain,
        &may(&owner),
        pregenerate(test.world, 2_000_000_000),
        StartOptions::default(),
    )
    .await;
    assert!(matches!(beyond, Err(Error::Invalid(_))), "{beyond:?}");
}

#[tokio::test]
async fn jobs_are_listed_page_by_page() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    for x in 0..53 {
        start(&test, &owner, x).await;
    }
    let first = jobs::list(&test.domain, &may(&owner), JobFilter::default()).await.expect("lists");
    assert_eq!(first.items.len(), 50);
    assert!(first.items[0].created_at >= first.items[49].created_at, "the newest first");
    let second =
        jobs::list(&test.domain, &may(&owner), JobFilter { cursor: first.next, ..JobFilter::default() })
            .await
            .expect("lists");
    assert_eq!((second.items.len(), second.next), (3, None));
    let wrong = JobFilter { cursor: Some("tomorrow".into()), ..JobFilter::default() };
    let refused = jobs::list(&test.domain, &may(&owner), wrong).await;
    assert!(matches!(refused, Err(Error::InvalidField { .. })), "{refused:?}");
}

#[tokio::test]
async fn starting_and_cancelling_leave_notes_for_staff() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let job = start(&test, &owner, 6).await;
    jobs::cancel(&test.domain, &may(&owner), job.id).await.expect("is cancelled");
    let entries = store::audit::latest(&test.store, 2).await.expect("reads");
    let notes: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), entry.subject.clone())).collect();
    let subject = format!("job {}", job.id);
    assert_eq!(notes, [("job.cancel", subject.clone()), ("job.start", subject)]);
    assert!(entries.iter().all(|entry| entry.actor == owner.account && entry.request_id.is_some()));
}

async fn until_ended(test: &TestDomain, owner: &Actor, job: &JobView) -> JobView {
    until("it ends", async || read(test, owner, job).await.state.is_final()).await;
    read(test, owner, job).await
}

#[tokio::test]
async fn asked_for_under_the_same_key_it_is_the_same_job() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let urgent = StartOptions { priority: JobPriority::High, idempotency_key: Some("monday".to_owned()) };
    let ask = async |keep| {
        jobs::start(&test.domain, &may(&owner), JobRequest::BackUp { keep }, urgent.clone()).await
    };
    let job = ask(3).await.expect("is started");
    assert_eq!(job.priority, JobPriority::High);
    jobs::cancel(&test.domain, &may(&owner), job.id).await.expect("is cancelled");
    assert_eq!(ask(3).await.expect("is answered").id, job.id, "also after its end");
    let other = ask(4).await;
    assert!(matches!(other, Err(Error::Conflict(_))), "{other:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_cancelled_is_tried_again_and_found_by_its_state() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let job = jobs::start(&test.domain, &may(&owner), JobRequest::RollUp {}, StartOptions::default())
        .await
        .expect("starts");
    let early = jobs::retry(&test.domain, &may(&owner), job.id).await;
    assert!(matches!(early, Err(Error::Conflict(_))), "{early:?}");
    jobs::cancel(&test.domain, &may(&owner), job.id).await.expect("is cancelled");
    let (worker, shutdown) = test.worker().await;
    assert_eq!(jobs::retry(&test.domain, &may(&owner), job.id).await.expect("is queued").retries, 1);
    assert_eq!(until_ended(&test, &owner, &job).await.state, JobState::Succeeded);
    let of = async |state, kind: &str| {
        let filter = JobFilter { state, kind: Some(kind.to_owned()), ..JobFilter::default() };
        jobs::list(&test.domain, &may(&owner), filter).await.expect("lists").items.len()
    };
    assert_eq!(of(Some(JobState::Succeeded), "roll_up").await, 1);
    assert_eq!(of(Some(JobState::Failed), "roll_up").await, 0);
    assert_eq!(of(None, "back_up").await, 0);
    let told = store::events::count_by_kind(
        &test.store,
        job.created_at - TimeDelta::hours(1),
        store::now() + TimeDelta::hours(1),
    );
    assert!(told.await.expect("counts").contains(&("job.finished".to_owned(), 2)), "one end each");
    shutdown.cancel();
    worker.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_stands_still_starts_nothing() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    jobs::pause_queue(&test.domain, &may(&owner), true).await.expect("stands still");
    assert!(matches!(jobs::pause_queue(&test.domain, &may(&owner), true).await, Err(Error::Conflict(_))));
    let (worker, shutdown) = test.worker().await;
    let job = jobs::start(&test.domain, &may(&owner), JobRequest::RollUp {}, StartOptions::default())
        .await
        .expect("starts");
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let queue = jobs::queue(&test.domain, &may(&owner)).await.expect("reads");
    assert!(queue.paused_at.is_some());
    assert_eq!((queue.queued, queue.running), (1, 0));
    jobs::pause_queue(&test.domain, &may(&owner), false).await.expect("goes on");
    assert_eq!(until_ended(&test, &owner, &job).await.state, JobState::Succeeded);
    shutdown.cancel();
    worker.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_begins_nothing_from_the_moment_that_its_queue_stands_still() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let (worker, shutdown) = test.worker().await;
    let warm_up = jobs::start(&test.domain, &may(&owner), JobRequest::RollUp {}, StartOptions::default())
        .await
        .expect("starts");
    assert_eq!(until_ended(&test, &owner, &warm_up).await.state, JobState::Succeeded, "the worker is awake");

    jobs::pause_queue(&test.domain, &may(&owner), true).await.expect("stands still");
    let job = jobs::start(&test.domain, &may(&owner), JobRequest::RollUp {}, StartOptions::default())
        .await
        .expect("starts");
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let queue = jobs::queue(&test.domain, &may(&owner)).await.expect("reads");
    assert_eq!((queue.queued, queue.running), (1, 0));

    jobs::pause_queue(&test.domain, &may(&owner), false).await.expect("goes on");
    assert_eq!(until_ended(&test, &owner, &job).await.state, JobState::Succeeded);
    shutdown.cancel();
    worker.stopped().await;
}

#[tokio::test]
async fn a_schedule_fires_once_however_many_look() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    let request = CreateScheduleRequest {
        name: "Every minute".to_owned(),
        cron: "* * * * *".to_owned(),
        request: JobRequest::RollUp {},
    };
    let schedule = jobs::create_schedule(&test.domain, &may(&owner), request.clone()).await.expect("is made");
    let twin = jobs::create_schedule(&test.domain, &may(&owner), request.clone()).await;
    assert!(matches!(twin, Err(Error::Conflict(_))), "{twin:?}");
    let never = CreateScheduleRequest { name: "Never".to_owned(), cron: "61 * * * *".to_owned(), ..request };
    let refused = jobs::create_schedule(&test.domain, &may(&owner), never).await;
    assert!(matches!(refused, Err(Error::InvalidField { field: "cron", .. })), "{refused:?}");

    assert_eq!(
        jobs::fire_due(&test.domain, schedule.next_at - TimeDelta::seconds(1)).await.expect("looks"),
        0
    );
    let due = schedule.next_at;
    let looks = futures::future::join_all((0..8).map(|_| jobs::fire_due(&test.domain, due))).await;
    let fired: usize = looks.into_iter().map(|look| look.expect("looks")).sum();
    assert_eq!(fired, 1);
    let after = jobs::list_schedules(&test.domain, &may(&owner)).await.expect("lists").items.remove(0);
    assert!(after.next_at > due && after.last_job_id.is_some());
    assert_eq!(
        jobs::fire_due(&test.domain, after.next_at).await.expect("looks"),
        0,
        "the one before still waits"
    );
    jobs::pause_schedule(&test.domain, &may(&owner), schedule.id, true).await.expect("stands still");
    jobs::cancel(&test.domain, &may(&owner), after.last_job_id.expect("has one"))
        .await
        .expect("is cancelled");
    assert_eq!(jobs::fire_due(&test.domain, due + TimeDelta::hours(1)).await.expect("looks"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_back_up_brings_back_what_was_there_and_the_oldest_are_forgotten() {
    let test = TestDomain::new().await;
    let owner = test.owner().await;
    test.player("Mira").await;
    let (worker, shutdown) = test.worker().await;
    let back_up = async || {
        let (actor, request) = (may(&owner), JobRequest::BackUp { keep: 2 });
        let job = jobs::start(&test.domain, &actor, request, StartOptions::default()).await.expect("starts");
        let ended = until_ended(&test, &owner, &job).await;
        assert_eq!(ended.state, JobState::Succeeded, "{:?}", ended.error);
    };
    back_up().await;
    test.player("Late").await;
    back_up().await;
    back_up().await;
    let blobs = infra::blobs::Blobs::in_folder(&test.folder().join("blobs")).expect("opens");
    let kept = domain::backups::index(&blobs).await.expect("reads");
    assert_eq!(kept.len(), 2, "the first one is forgotten");
    assert!(test.login("late@example.org", PASSWORD).await.is_ok());

    let place = tempfile::tempdir().expect("a folder");
    let newest = domain::backups::choose(&blobs, None).await.expect("there is one");
    assert_eq!(newest.id, kept[1].id);
    domain::backups::fetch(&blobs, &newest, place.path()).await.expect("is whole");
    let database = place.path().join("restored.db");
    store::backup::restore_sqlite(place.path(), &database).await.expect("is restored");
    let url = format!("sqlite://{}", database.display());
    let restored =
        store::Store::connect(&store::DatabaseSettings { url, max_connections: 1 }).await.expect("opens");
    for email in ["mira@example.org", "late@example.org"] {
        let found = store::accounts::find_by_email(&restored, email).await.expect("reads");
        assert!(found.is_some(), "{email}");
    }
    let over_it = store::backup::restore_sqlite(place.path(), &database).await;
    assert!(over_it.is_err(), "nothing is overwritten");

    let part = &newest.parts[0];
    let key = format!("backups/{}/{}/{:06}", newest.id, part.file, part.number);
    blobs.put(&key, bytes::Bytes::from_static(b"something else")).await.expect("is damaged");
    let damaged =
        domain::backups::fetch(&blobs, &newest, tempfile::tempdir().expect("a folder").path()).await;
    assert!(matches!(damaged, Err(domain::backups::RestoreError::Damaged(_))), "{damaged:?}");
    shutdown.cancel();
    worker.stopped().await;
}
