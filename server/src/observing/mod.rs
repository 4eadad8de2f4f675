//! What people and machines see of the server from outside: logs, metrics and health on the operations address.

mod logs;
mod metrics;
mod ops;
mod process;

pub(crate) use self::{
    logs::start as start_logs,
    metrics::{Exposition, names},
    ops::router as ops_router,
};
