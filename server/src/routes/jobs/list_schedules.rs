//! `GET jobs/schedules`

use api::{List, job::ScheduleView, right};
use axum::extract::State;
use domain::Domain;

use crate::{edge::Refusal, extract::Allowed, routes::answers::Failures};

/// List the schedules of jobs
#[utoipa::path(
    get,
    path = "/jobs/schedules",
    tag = "Jobs",
    operation_id = "jobs_list_schedules",
    security(("bearer" = []), ("session" = [])),
    responses((status = OK, description = "The schedules, by name", body = List<ScheduleView>), Failures)
)]
pub(crate) async fn list_schedules(
    State(domain): State<Domain>,
    Allowed(actor): Allowed<right::ViewJobs>,
) -> Result<axum::Json<List<ScheduleView>>, Refusal> {
    let reply = domain::jobs::list_schedules(&domain, &actor).await?;
    Ok(axum::Json(reply))
}
