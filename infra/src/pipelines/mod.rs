//! Pipelines: what happens in the house, turned into figures: source → steps → sinks, described by JSON.
//!
//! Here is everything about them that can be thought out without a database: the file's words ([`definition`]), their
//! check ([`load`]), what the steps do to records ([`flow`]) and how windows sum them up ([`window`]). Nothing
//! here waits or remembers: who reads the stream, keeps the sums and writes the sinks is `domain::pipelines`.
//!
//! An expression can be wrong for a single event. Such an event is [`Refused`] with its step and reason, and everybody
//! else's figures are right without it.

pub mod definition;
pub mod expression;
pub mod flow;
mod load;
mod place;
mod sketch;
pub mod window;

pub use self::{
    definition::Definition,
    flow::{Passage, Record, Refused, Tables, Trace, Transformed},
    load::{LoadError, load},
};

use uuid::Uuid;

use self::{
    definition::{EnrichTable, MetricDefinition, SinkDefinition},
    expression::Expression,
    window::Window,
};

/// Steps that a pipeline may have.
pub const STEPS_MAX: usize = 20;
/// Sinks that a pipeline may have.
pub const SINKS_MAX: usize = 8;

/// A pipeline that was checked and can run.
#[derive(Debug)]
pub struct Pipeline {
    definition: Definition,
    steps: Vec<Step>,
    window: Option<Window>,
    metrics: Vec<Metric>,
}

#[derive(Debug)]
enum Step {
    Filter(Expression),
    Map(Expression),
    Enrich { table: EnrichTable, key: Expression, into: String },
}

/// A metric sink, with its expressions compiled.
#[derive(Debug)]
pub struct Metric {
    /// As the file has it.
    pub definition: MetricDefinition,
    /// Gives the number.
    pub value: Expression,
    /// Give the labels' values.
    pub labels: Vec<(String, Expression)>,
}

impl Pipeline {
    /// The pipeline.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.definition.id
    }

    /// As the file has it.
    #[must_use]
    pub const fn definition(&self) -> &Definition {
        &self.definition
    }

    /// What sums its records up, if anything does.
    #[must_use]
    pub const fn window(&self) -> Option<&Window> {
        self.window.as_ref()
    }

    /// Its metric sinks.
    #[must_use]
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// Its sinks, as the file has them.
    #[must_use]
    pub fn sinks(&self) -> &[SinkDefinition] {
        &self.definition.sinks
    }

    /// Whether somebody can tell in which order events were taken in: sums and rows that stand for one event each are the
    /// same in any order.
    #[must_use]
    pub fn shows_order(&self) -> bool {
        let shows = |sink: &SinkDefinition| {
            matches!(
                sink,
                SinkDefinition::Stream { .. } | SinkDefinition::Webhook(_) | SinkDefinition::File { .. }
            )
        };
        self.window.is_none() && self.sinks().iter().any(shows)
    }

    /// Whether an event of that type is for this pipeline; entries of a plain stream always are.
    #[must_use]
    pub fn wants(&self, kind: &str) -> bool {
        match &self.definition.source {
            definition::SourceDefinition::Topic(pattern) => matches(pattern, kind),
            definition::SourceDefinition::Stream(_) => true,
        }
    }
}

/// Whether a type of events matches a pattern: the type itself, its topic with `.*`, or `*`.
#[must_use]
pub fn matches(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => kind.starts_with(beginning),
        None => pattern == kind,
    }
}
