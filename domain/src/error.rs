//! Why a use case was refused or failed.
//!
//! One type for all of them: callers only ever turn it into a [`Problem`]. What a caller did wrong is told in full;
//! what went wrong in the house is logged here and told in general.

use api::{FieldError, Problem, ProblemKind};
use infra::{blobs::BlobError, bus::BusError, jobs::QueueError};
use store::StoreError;

/// Why a use case was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The actor has not signed in, or the sign-in is over.
    #[error("sign in first")]
    Unauthenticated,
    /// E-mail and password do not belong together.
    #[error("e-mail or password is wrong")]
    WrongCredentials,
    /// The actor's role does not allow it.
    #[error("your role does not allow this")]
    Forbidden,
    /// The installation does not offer it.
    #[error("{0}")]
    NotOffered(&'static str),
    /// There is no such thing, or the actor must not know of it.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The request breaks its documented constraints.
    #[error("{0}")]
    Invalid(garde::Report),
    /// A single field is wrong in a way that its constraints cannot say.
    #[error("{field}: {message}")]
    InvalidField {
        /// The field.
        field: &'static str,
        /// What was expected.
        message: String,
    },
    /// The request contradicts the present state.
    #[error("{0}")]
    Conflict(String),
    /// Too many tries.
    #[error("too many tries; come back in {retry_after_s} s")]
    RateLimited {
        /// When to come back.
        retry_after_s: u64,
    },
    /// The database refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bus failed.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// A blob could not be read or written.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The queue of jobs failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A part is not there yet, or not any more.
    #[error("{0}")]
    Unavailable(&'static str),
    /// A fault in the house.
    #[error("{0}")]
    Internal(String),
}

impl From<garde::Report> for Error {
    fn from(report: garde::Report) -> Self {
        Self::Invalid(report)
    }
}

impl Error {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::Unauthenticated => ProblemKind::Unauthenticated,
            Self::WrongCredentials => ProblemKind::WrongCredentials,
            Self::Forbidden | Self::NotOffered(_) => ProblemKind::Forbidden,
            Self::NotFound(_) => ProblemKind::NotFound,
            Self::Invalid(_) | Self::InvalidField { .. } => ProblemKind::InvalidRequest,
            Self::Conflict(_) => ProblemKind::Conflict,
            Self::RateLimited { .. } => ProblemKind::RateLimited,
            Self::Store(StoreError::Unreachable(_) | StoreError::DiskFull)
            | Self::Bus(_)
            | Self::Blobs(_)
            | Self::Queue(_)
            | Self::Unavailable(_) => ProblemKind::Unavailable,
            Self::Store(_) | Self::Internal(_) => ProblemKind::Internal,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let kind = error.kind();
        match error {
            Error::Invalid(report) => Self::invalid(&report),
            Error::InvalidField { field, message } => Self {
                errors: vec![FieldError { field: field.to_owned(), message: message.clone() }],
                ..Self::new(kind, format!("{field}: {message}"))
            },
            Error::RateLimited { retry_after_s } => {
                Self { retry_after_s: Some(retry_after_s), ..Self::new(kind, error.to_string()) }
            }
            // What the house says to itself may name files and servers: it goes to the log alone.
            Error::Store(_) | Error::Bus(_) | Error::Blobs(_) | Error::Queue(_) | Error::Internal(_) => {
                tracing::error!(%error, "a use case failed");
                let detail = match kind {
                    ProblemKind::Unavailable => {
                        "A part of the server does not answer. Try again in a moment."
                    }
                    _ => "The server could not do this. Its log says why, under the request's id.",
                };
                Self::new(kind, detail)
            }
            refusal => Self::new(kind, refusal.to_string()),
        }
    }
}
