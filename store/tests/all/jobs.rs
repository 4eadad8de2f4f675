//! Background jobs.

use grid::JobId;
use serde_json::json;
use store::jobs::{self, JobQuery, JobRecord, JobState};
use uuid::Uuid;

use crate::databases::{TestStore, after};

on_both_databases! {
    a_job_goes_from_queued_to_succeeded,
    a_cancelled_job_is_not_taken_up_and_learns_of_it,
    an_interrupted_attempt_does_not_count,
    jobs_are_listed_newest_first_page_by_page,
}

fn job() -> JobRecord {
    JobRecord {
        id: JobId::from_uuid(Uuid::now_v7()),
        kind: "pregenerate_region".to_owned(),
        arguments: json!({"region": {"x": -1, "z": 2}}),
        state: JobState::Queued,
        progress_done: 0,
        progress_total: 0,
        message: None,
        error: None,
        attempts: 0,
        priority: 0,
        idempotency_key: None,
        retries: 0,
        requested_by: None,
        created_at: store::now(),
        started_at: None,
        finished_at: None,
    }
}

async fn queued(test: &TestStore) -> JobRecord {
    let job = job();
    jobs::insert(&test.store, &job).await.expect("is added");
    job
}

async fn read(test: &TestStore, id: JobId) -> JobRecord {
    jobs::find(&test.store, id).await.expect("reads").expect("is there")
}

async fn a_job_goes_from_queued_to_succeeded(test: TestStore) {
    let job = queued(&test).await;
    assert_eq!(read(&test, job.id).await, job, "every field comes back as it was put");
    let (begun, ended) = (after(job.created_at, 1), after(job.created_at, 9));
    assert!(!jobs::note_progress(&test.store, job.id, 1, 8).await.expect("notes"), "it does not run yet");
    assert!(jobs::take_up(&test.store, job.id, begun).await.expect("takes it up"));
    assert!(jobs::take_up(&test.store, job.id, ended).await.expect("takes it up after a crash"));
    assert!(jobs::note_progress(&test.store, job.id, 8, 8).await.expect("notes"));
    assert!(jobs::finish(&test.store, job.id, JobState::Succeeded, None, ended).await.expect("ends"));
    let done = read(&test, job.id).await;
    assert_eq!((done.state, done.attempts, done.progress_done), (JobState::Succeeded, 2, 8));
    assert_eq!((done.started_at, done.finished_at), (Some(begun), Some(ended)), "the first start counts");
    assert!(!jobs::finish(&test.store, job.id, JobState::Failed, Some("late"), ended).await.expect("tries"));
    assert!(!jobs::take_up(&test.store, job.id, ended).await.expect("tries"));
    assert!(jobs::list_open(&test.store).await.expect("lists").is_empty());
}

async fn a_cancelled_job_is_not_taken_up_and_learns_of_it(test: TestStore) {
    let (waiting, running) = (queued(&test).await, queued(&test).await);
    let now = store::now();
    assert!(jobs::take_up(&test.store, running.id, now).await.expect("takes it up"));
    for id in [waiting.id, running.id] {
        assert!(jobs::finish(&test.store, id, JobState::Cancelled, None, now).await.expect("ends"));
    }
    assert!(!jobs::take_up(&test.store, waiting.id, now).await.expect("tries"));
    assert!(!jobs::note_progress(&test.store, running.id, 3, 8).await.expect("tries"));
    jobs::put_back(&test.store, running.id, None, false).await.expect("changes nothing");
    assert_eq!(read(&test, running.id).await.state, JobState::Cancelled);
}

async fn an_interrupted_attempt_does_not_count(test: TestStore) {
    let job = queued(&test).await;
    assert!(jobs::take_up(&test.store, job.id, store::now()).await.expect("takes it up"));
    jobs::put_back(&test.store, job.id, None, false).await.expect("puts back");
    let waiting = read(&test, job.id).await;
    assert_eq!((waiting.state, waiting.attempts), (JobState::Queued, 0));
    assert!(jobs::take_up(&test.store, job.id, store::now()).await.expect("takes it up"));
    jobs::put_back(&test.store, job.id, Some("the disk is full"), true).await.expect("puts back");
    let failed = read(&test, job.id).await;
    assert_eq!((failed.state, failed.attempts), (JobState::Queued, 1));
    assert_eq!(failed.error.as_deref(), Some("the disk is full"));
    assert_eq!(jobs::list_open(&test.store).await.expect("lists").len(), 1);
}

async fn jobs_are_listed_newest_first_page_by_page(test: TestStore) {
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(queued(&test).await.id);
    }
    ids.reverse();
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page =
            jobs::list(&test.store, &JobQuery { before, ..JobQuery::default() }, 2).await.expect("lists");
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        seen.extend(page.iter().map(|job| job.id));
    }
    assert_eq!(seen, ids);
}
