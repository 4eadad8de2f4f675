//! The Jobs page: what runs in the background, and how far it has come.

mod cancel_job;
mod deed;
mod job_list;
mod job_row;
mod list_jobs;
mod list_schedules;
pub(crate) mod page;
mod pause_queue;
mod pause_schedule;
mod queue_bar;
mod read_queue;
mod retry_job;
mod run_schedule;
mod schedule_list;
mod start_dialog;
mod start_pregeneration;
mod wanted;
