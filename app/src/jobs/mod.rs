//! The Jobs page: what runs in the background, and how far it has come.

mod cancel_job;
mod job_list;
mod job_row;
mod list_jobs;
pub(crate) mod page;
mod start_dialog;
mod start_pregeneration;
