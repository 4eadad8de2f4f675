//! Background jobs.

use grid::JobId;
use serde_json::json;
use store::jobs::{self, JobQuery, JobRecord, JobState, Postponement};
use uuid::Uuid;

use crate::databases::{TestStore, after};

on_both_databases! {
    a_job_goes_from_queued_to_succeeded,
    a_cancelled_job_is_not_taken_up_and_learns_of_it,
    an_interrupted_attempt_does_not_count,
    a_postponed_job_is_due_at_its_moment_and_not_before,
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
        due_at: None,
        turn: 0,
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
    jobs::put_back(&test.store, running.id).await.expect("changes nothing");
    assert_eq!(read(&test, running.id).await.state, JobState::Cancelled);
}

async fn an_interrupted_attempt_does_not_count(test: TestStore) {
    let job = queued(&test).await;
    assert!(jobs::take_up(&test.store, job.id, store::now()).await.expect("takes it up"));
    jobs::put_back(&test.store, job.id).await.expect("puts back");
    let waiting = read(&test, job.id).await;
    assert_eq!((waiting.state, waiting.attempts), (JobState::Queued, 0));
}

async fn a_postponed_job_is_due_at_its_moment_and_not_before(test: TestStore) {
    let job = queued(&test).await;
    let (now, later) = (job.created_at, after(job.created_at, 60));
    assert!(jobs::take_up(&test.store, job.id, now).await.expect("takes it up"));
    let full = Postponement { error: "the disk is full", due_at: later, attempt_counts: true };
    jobs::postpone(&test.store, job.id, full).await.expect("is postponed");
    let waiting = read(&test, job.id).await;
    assert_eq!((waiting.state, waiting.attempts, waiting.turn), (JobState::Queued, 1, 1));
    assert_eq!((waiting.error.as_deref(), waiting.due_at), (Some("the disk is full"), Some(later)));
    assert!(jobs::list_due(&test.store, now, 9).await.expect("lists").is_empty());
    assert_eq!(jobs::list_due(&test.store, later, 9).await.expect("lists").len(), 1);
    jobs::note_offered(&test.store, job.id, 0).await.expect("notes");
    assert_eq!(read(&test, job.id).await.due_at, Some(later), "that was another turn");
    jobs::note_offered(&test.store, job.id, 1).await.expect("notes");
    assert!(jobs::list_due(&test.store, later, 9).await.expect("lists").is_empty());
    assert!(jobs::take_up(&test.store, job.id, later).await.expect("takes it up"));
    jobs::postpone(&test.store, job.id, Postponement { attempt_counts: false, ..full }).await.expect("again");
    assert!(jobs::take_up(&test.store, job.id, later).await.expect("takes it up"), "however it came about");
    let running = read(&test, job.id).await;
    assert_eq!((running.attempts, running.turn, running.due_at), (2, 2, None));
    assert_eq!(jobs::list_open_of(&test.store, &job.kind).await.expect("lists").len(), 1);
    assert!(jobs::list_open_of(&test.store, "back_up").await.expect("lists").is_empty());
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
