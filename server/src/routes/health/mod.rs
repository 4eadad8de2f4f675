//! `health`: which part is well, for staff. Machines ask `/health/ready` on the operations address.

pub(super) mod read;
