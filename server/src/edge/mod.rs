//! What every request passes on its way in, and every answer on its way out.
//!
//! From the outside in: [`arrival`] gives the request its id, its log lines and its measurements; a panic becomes a
//! `500`; [`headers`] tell browsers what they may do with the answer; requests from other origins that could change
//! something are refused; bodies, time and the number of requests at work are bounded.

pub(crate) mod arrival;
pub(crate) mod headers;
pub(crate) mod origin;
pub(crate) mod problem;

pub(crate) use self::{arrival::ThisRequest, origin::AllowedOrigins, problem::Refusal};
