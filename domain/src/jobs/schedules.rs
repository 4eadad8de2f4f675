//! Jobs that are asked for by the clock.
//!
//! Every worker looks which schedules are due, and moves such a one on to its next time in the transaction that makes
//! the job. Only one of all that try can do so: a schedule fires once, however many processes look.
//!
//! A time that passed while nobody looked is made up for once, not as often as it passed.

use std::{str::FromStr as _, time::Duration};

use api::{
    List,
    job::{CreateScheduleRequest, JobRequest, JobView, ScheduleView, StartOptions},
    right,
};
use chrono::{DateTime, Utc};
use croner::Cron;
use garde::Validate as _;
use serde_json::json;
use store::{StoreError, Transaction, job_schedules::Schedule};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::start;
use crate::{
    Actor, Allowed, Domain, Error,
    audit::{self, Alteration},
};

const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The schedules that a new installation begins with.
const FIRST: [(&str, &str, JobRequest); 3] = [
    ("Nightly back-up", "30 2 * * *", JobRequest::BackUp { keep: 7 }),
    ("Nightly clean-up", "10 3 * * *", JobRequest::CleanUp { keep_days: 30 }),
    ("Hourly roll-up of events", "5 * * * *", JobRequest::RollUp {}),
];

/// All schedules, by name.
///
/// # Errors
/// The database failed.
pub async fn list_schedules(
    domain: &Domain,
    _: &Allowed<right::ViewJobs>,
) -> Result<List<ScheduleView>, Error> {
    let schedules = store::job_schedules::list(domain.store()).await?;
    Ok(List::whole(schedules.iter().map(view).collect::<Result<_, _>>()?))
}

/// Makes a schedule.
///
/// # Errors
/// [`Error::InvalidField`] if the cron line makes no sense or never comes, [`Error::Conflict`] if the name is taken.
pub async fn create_schedule(
    domain: &Domain,
    actor: &Allowed<right::RunJobs>,
    request: CreateScheduleRequest,
) -> Result<ScheduleView, Error> {
    request.validate()?;
    start::check_subject(domain, &request.request).await?;
    let now = store::now();
    let schedule = Schedule {
        id: Uuid::now_v7(),
        next_at: next(&request.cron, now)?,
        name: request.name,
        cron: request.cron,
        arguments: start::arguments_of(&request.request)?,
        last_at: None,
        last_job_id: None,
        paused_at: None,
        created_at: now,
    };
    let transaction = domain.store().begin().await?;
    if !store::job_schedules::insert(&transaction, &schedule).await? {
        return Err(Error::Conflict(format!("there is a schedule called {} already", schedule.name)));
    }
    note(&transaction, actor, "schedule.create", None, Some(&schedule)).await?;
    transaction.commit().await?;
    view(&schedule)
}

/// Lets a schedule stand still, or go on from now.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn pause_schedule(
    domain: &Domain,
    actor: &Allowed<right::RunJobs>,
    id: Uuid,
    pause: bool,
) -> Result<ScheduleView, Error> {
    let transaction = domain.store().begin().await?;
    let schedule = store::job_schedules::find(&transaction, id).await?.ok_or(Error::NotFound("schedule"))?;
    let now = store::now();
    store::job_schedules::set_paused(&transaction, id, pause.then_some(now), next(&schedule.cron, now)?)
        .await?;
    let action = if pause { "schedule.pause" } else { "schedule.resume" };
    let now_is = store::job_schedules::find(&transaction, id).await?.ok_or(Error::NotFound("schedule"))?;
    note(&transaction, actor, action, Some(&schedule), Some(&now_is)).await?;
    transaction.commit().await?;
    view(&now_is)
}

/// Asks for a schedule's job now, whatever the clock says.
///
/// # Errors
/// [`Error::NotFound`] if there is none, [`Error::Conflict`] if its job is under way.
pub async fn run_schedule(
    domain: &Domain,
    actor: &Allowed<right::RunJobs>,
    id: Uuid,
) -> Result<JobView, Error> {
    let schedule =
        store::job_schedules::find(domain.store(), id).await?.ok_or(Error::NotFound("schedule"))?;
    start(domain, actor, request_of(&schedule)?, StartOptions::default()).await
}

/// Removes a schedule. Jobs that it has asked for stay.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn remove_schedule(
    domain: &Domain,
    actor: &Allowed<right::RunJobs>,
    id: Uuid,
) -> Result<(), Error> {
    let transaction = domain.store().begin().await?;
    let schedule = store::job_schedules::find(&transaction, id).await?.ok_or(Error::NotFound("schedule"))?;
    store::job_schedules::remove(&transaction, id).await?;
    note(&transaction, actor, "schedule.remove", Some(&schedule), None).await?;
    Ok(transaction.commit().await?)
}

/// Asks for the jobs that are due at `now`; returns how many this call asked for.
///
/// # Errors
/// The database failed.
pub async fn fire_due(domain: &Domain, now: DateTime<Utc>) -> Result<usize, Error> {
    let mut fired = 0;
    for due in store::job_schedules::due(domain.store(), now).await? {
        fired += usize::from(fire(domain, &due, now).await?);
    }
    Ok(fired)
}

async fn fire(domain: &Domain, due: &Schedule, now: DateTime<Utc>) -> Result<bool, Error> {
    let request = request_of(due)?;
    let next_at = next(&due.cron, now)?;
    let transaction = domain.store().begin().await?;
    let job = start::record_of(&request, &StartOptions::default(), None)?;
    // The one before may run for longer than the time between; then this time is left out.
    let is_under_way = start::is_under_way(&transaction, &job).await?;
    let asked_for = (!is_under_way).then_some(job.id);
    if !store::job_schedules::advance(&transaction, due, next_at, asked_for, now).await? {
        return Ok(false);
    }
    if is_under_way {
        tracing::info!(
            schedule = due.name,
            "the job of the time before is still under way; this time is left out"
        );
        transaction.commit().await?;
        return Ok(false);
    }
    store::jobs::insert(&transaction, &job).await?;
    transaction.commit().await?;
    tracing::info!(schedule = due.name, job_id = %job.id, "a job is asked for by the clock");
    start::offer(domain, &job).await;
    Ok(true)
}

/// Makes the first schedules of a new installation; one of the same name is left as it is.
///
/// # Errors
/// The database failed.
pub(super) async fn seed(domain: &Domain) -> Result<(), Error> {
    if !store::job_schedules::list(domain.store()).await?.is_empty() {
        return Ok(());
    }
    let now = store::now();
    for (name, cron, request) in FIRST {
        let schedule = Schedule {
            id: Uuid::now_v7(),
            name: name.to_owned(),
            cron: cron.to_owned(),
            arguments: start::arguments_of(&request)?,
            next_at: next(cron, now)?,
            last_at: None,
            last_job_id: None,
            paused_at: None,
            created_at: now,
        };
        store::job_schedules::insert(domain.store(), &schedule).await?;
    }
    Ok(())
}

/// Looks for due schedules until `shutdown` is cancelled.
pub(super) async fn keep_time(domain: Domain, shutdown: CancellationToken) {
    let mut look = interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = look.tick() => {}
            () = shutdown.cancelled() => return,
        }
        if let Err(error) = fire_due(&domain, store::now()).await {
            tracing::warn!(%error, "jobs that are due can't be asked for; looking again soon");
        }
    }
}

/// Notes what became of a schedule; none before is one that was made, none after one that is gone.
async fn note(
    transaction: &Transaction,
    actor: &Actor,
    action: &'static str,
    before: Option<&Schedule>,
    after: Option<&Schedule>,
) -> Result<(), StoreError> {
    let id = before.or(after).map(|schedule| schedule.id).unwrap_or_default();
    let told = |schedule: &Schedule| {
        json!({
            "name": schedule.name,
            "cron": schedule.cron,
            "request": schedule.arguments,
            "paused": schedule.paused_at.is_some(),
        })
    };
    let done = Alteration {
        action,
        subject: format!("schedule {id}"),
        details: json!({}),
        before: before.map(told).unwrap_or_default(),
        after: after.map(told).unwrap_or_default(),
    };
    audit::alteration(transaction, actor, done).await
}

fn parse(cron: &str) -> Result<Cron, Error> {
    Cron::from_str(cron).map_err(|error| Error::InvalidField { field: "cron", message: error.to_string() })
}

fn next(cron: &str, after: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    parse(cron)?
        .find_next_occurrence(&after, false)
        .map_err(|error| Error::InvalidField { field: "cron", message: format!("it never comes: {error}") })
}

fn request_of(schedule: &Schedule) -> Result<JobRequest, StoreError> {
    serde_json::from_value(schedule.arguments.clone()).map_err(|error| StoreError::Unreadable {
        table: "job_schedule",
        reason: format!("arguments of {}: {error}", schedule.id),
    })
}

fn view(schedule: &Schedule) -> Result<ScheduleView, Error> {
    Ok(ScheduleView {
        id: schedule.id,
        name: schedule.name.clone(),
        cron_text: parse(&schedule.cron)?.describe(),
        cron: schedule.cron.clone(),
        request: request_of(schedule)?,
        next_at: schedule.next_at,
        last_at: schedule.last_at,
        last_job_id: schedule.last_job_id,
        paused_at: schedule.paused_at,
    })
}
