//! Asks for the schedules.

use api::{List, job::ScheduleView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// All schedules, by name.
#[server(prefix = "/api/ui", endpoint = "jobs/schedules", input = GetUrl)]
pub(crate) async fn list_schedules() -> Result<List<ScheduleView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewJobs>()?;
    domain::jobs::list_schedules(&domain, &actor).await.map_err(crate::caller::refuse)
}
