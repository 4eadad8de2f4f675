//! From a file's text to a pipeline that can run, or one line that says what is wrong where.

use std::collections::BTreeMap;

use super::{
    Metric, Pipeline, SINKS_MAX, STEPS_MAX, Step,
    definition::{
        Definition, MeasureDefinition, MetricDefinition, SinkDefinition, SourceDefinition, StepDefinition,
        TableDefinition, WebhookDefinition, WindowDefinition,
    },
    expression::Expression,
    place::Place,
    window::{Measure, SPAN_COLUMNS, Window},
};

/// The longest name of a table, column, stream, metric, label or file.
const NAME_BYTES_MAX: usize = 40;
/// The longest window: a year.
const WINDOW_S_MAX: u64 = 366 * 86_400;
/// Columns of a table, labels of a metric, keys and measures of a window.
const COLUMNS_MAX: usize = 24;
/// Retries of a webhook.
const RETRIES_MAX: u32 = 10;

/// Why a pipeline's file was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}{reason}", with_colon(key))]
pub struct LoadError {
    /// Where, counted from 1.
    pub line: usize,
    /// Which key, such as `steps[1].filter`; empty for the file as a whole.
    pub key: String,
    /// What is wrong, and what was expected.
    pub reason: String,
}

fn with_colon(key: &str) -> String {
    if key.is_empty() { String::new() } else { format!("{key}: ") }
}

/// Reads and checks a pipeline.
///
/// # Errors
/// The text is no JSON, has an unknown or missing key, or something in it makes no sense.
pub fn load(text: &str) -> Result<Pipeline, LoadError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let definition: Definition = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let key = error.path().to_string();
        let inner = error.into_inner();
        let reason = inner.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        LoadError { line: inner.line(), key: if key == "." { String::new() } else { key }, reason }
    })?;
    reader.end().map_err(|error| LoadError {
        line: error.line(),
        key: String::new(),
        reason: "there is something behind the end".to_owned(),
    })?;
    compile(definition).map_err(|Fault { place, reason }| LoadError {
        line: place.line_in(text),
        key: place.to_string(),
        reason,
    })
}

/// What is wrong with a definition, and where.
struct Fault {
    place: Place,
    reason: String,
}

type Checked<T> = Result<T, Fault>;

fn fault<T>(place: Place, reason: impl Into<String>) -> Checked<T> {
    Err(Fault { place, reason: reason.into() })
}

fn compile(definition: Definition) -> Checked<Pipeline> {
    let top = Place::default();
    if definition.id.is_nil() {
        return fault(top.field("id"), "the pipeline needs a UUID of its own");
    }
    if definition.name.trim().is_empty() || definition.name.len() > 80 {
        return fault(top.field("name"), "a name has 1 to 80 bytes");
    }
    check_source(&definition.source)?;
    let (steps, window) = compile_steps(&definition.steps)?;
    let metrics = check_sinks(&definition.sinks, window.as_ref())?;
    Ok(Pipeline { definition, steps, window, metrics })
}

fn check_source(source: &SourceDefinition) -> Checked<()> {
    let place = Place::default().field("source");
    match source {
        SourceDefinition::Topic(pattern) => {
            let plain = pattern.strip_suffix(".*").or_else(|| pattern.strip_suffix('*')).unwrap_or(pattern);
            if pattern != "*" && (plain.is_empty() || !plain.split('.').all(is_name)) {
                let reason =
                    format!("`{pattern}` is no pattern; expected such as `session.left`, `session.*` or `*`");
                return fault(place.field("topic"), reason);
            }
            Ok(())
        }
        SourceDefinition::Stream(name) => check_name(&place.field("stream"), name),
    }
}

fn compile_steps(definitions: &[StepDefinition]) -> Checked<(Vec<Step>, Option<Window>)> {
    let place = Place::default().field("steps");
    if definitions.len() > STEPS_MAX {
        return fault(place, format!("{} steps; {STEPS_MAX} are allowed", definitions.len()));
    }
    let (mut steps, mut window) = (Vec::new(), None);
    for (index, step) in definitions.iter().enumerate() {
        let here = place.item(index);
        if window.is_some() {
            return fault(here, "nothing can follow a window; it gives its rows to the sinks");
        }
        match step {
            StepDefinition::Filter(text) => {
                steps.push(Step::Filter(expression(&here.field("filter"), text)?));
            }
            StepDefinition::Map(text) => steps.push(Step::Map(expression(&here.field("map"), text)?)),
            StepDefinition::Enrich(enrich) => {
                let here = here.field("enrich");
                check_name(&here.field("into"), &enrich.into)?;
                let key = expression(&here.field("key"), &enrich.key)?;
                steps.push(Step::Enrich { table: enrich.table, key, into: enrich.into.clone() });
            }
            StepDefinition::Window(definition) => {
                window = Some(compile_window(&here.field("window"), definition)?);
            }
        }
    }
    Ok((steps, window))
}

fn compile_window(place: &Place, definition: &WindowDefinition) -> Checked<Window> {
    if !(1..=WINDOW_S_MAX).contains(&definition.size_s) {
        return fault(place.field("size_s"), format!("expected 1 to {WINDOW_S_MAX} seconds"));
    }
    if definition.lateness_s > WINDOW_S_MAX {
        return fault(place.field("lateness_s"), format!("expected at most {WINDOW_S_MAX} seconds"));
    }
    check_columns(&place.field("key"), definition.key.keys())?;
    let measures_place = place.field("measures");
    if definition.measures.is_empty() {
        return fault(
            measures_place,
            "a window without measures measures nothing; `\"count\"` is the simplest",
        );
    }
    check_columns(&measures_place, definition.measures.keys())?;
    let both = definition.measures.keys().find(|name| definition.key.contains_key(*name));
    if let Some(name) = both {
        return fault(measures_place.field(name), "the key has a column of this name already");
    }
    let key = expressions(&place.field("key"), &definition.key)?;
    let mut measures = Vec::new();
    for (name, measure) in &definition.measures {
        measures.push((name.clone(), compile_measure(&measures_place.field(name), measure)?));
    }
    let seconds = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
    Ok(Window {
        size_s: seconds(definition.size_s),
        lateness_s: seconds(definition.lateness_s),
        key,
        measures,
    })
}

fn compile_measure(place: &Place, definition: &MeasureDefinition) -> Checked<Measure> {
    Ok(match definition {
        MeasureDefinition::Count => Measure::Count,
        MeasureDefinition::Sum(of) => Measure::Sum(expression(&place.field("sum"), of)?),
        MeasureDefinition::Avg(of) => Measure::Avg(expression(&place.field("avg"), of)?),
        MeasureDefinition::Min(of) => Measure::Min(expression(&place.field("min"), of)?),
        MeasureDefinition::Max(of) => Measure::Max(expression(&place.field("max"), of)?),
        MeasureDefinition::Percentile { of, at } => {
            let place = place.field("percentile");
            if !(*at > 0.0 && *at <= 100.0) {
                return fault(place.field("at"), format!("expected over 0 and up to 100, got {at}"));
            }
            Measure::Percentile { of: expression(&place.field("of"), of)?, at: *at }
        }
    })
}

fn check_sinks(sinks: &[SinkDefinition], window: Option<&Window>) -> Checked<Vec<Metric>> {
    let place = Place::default().field("sinks");
    if sinks.is_empty() || sinks.len() > SINKS_MAX {
        return fault(place, format!("a pipeline has 1 to {SINKS_MAX} sinks, not {}", sinks.len()));
    }
    let mut metrics = Vec::new();
    for (index, sink) in sinks.iter().enumerate() {
        let here = place.item(index);
        match sink {
            SinkDefinition::Table(table) => check_table(&here.field("table"), table, window)?,
            SinkDefinition::Stream { name } => check_name(&here.field("stream").field("name"), name)?,
            SinkDefinition::File { name } => check_name(&here.field("file").field("name"), name)?,
            SinkDefinition::Webhook(webhook) => check_webhook(&here.field("webhook"), webhook)?,
            SinkDefinition::Metric(metric) => metrics.push(compile_metric(&here.field("metric"), metric)?),
        }
    }
    Ok(metrics)
}

fn check_table(place: &Place, table: &TableDefinition, window: Option<&Window>) -> Checked<()> {
    check_name(&place.field("name"), &table.name)?;
    check_columns(&place.field("columns"), table.columns.keys())?;
    match (window, table.columns.is_empty()) {
        (Some(_), false) => fault(place.field("columns"), "a window brings its own columns; leave them out"),
        (None, true) => {
            fault(place.clone(), "`columns` is missing: without a window, a table must be told what to hold")
        }
        _ => Ok(()),
    }
}

fn check_webhook(place: &Place, webhook: &WebhookDefinition) -> Checked<()> {
    if !(webhook.url.starts_with("https://") || webhook.url.starts_with("http://")) {
        return fault(place.field("url"), "expected an address that begins with https:// or http://");
    }
    if webhook.retries > RETRIES_MAX {
        return fault(place.field("retries"), format!("expected at most {RETRIES_MAX}"));
    }
    Ok(())
}

fn compile_metric(place: &Place, metric: &MetricDefinition) -> Checked<Metric> {
    check_name(&place.field("name"), &metric.name)?;
    check_columns(&place.field("labels"), metric.labels.keys())?;
    if metric.help.trim().is_empty() {
        return fault(place.field("help"), "say what the metric measures");
    }
    let value = expression(&place.field("value"), &metric.value)?;
    let labels = expressions(&place.field("labels"), &metric.labels)?;
    Ok(Metric { definition: metric.clone(), value, labels })
}

fn check_columns<'a>(place: &Place, names: impl Iterator<Item = &'a String>) -> Checked<()> {
    for (index, name) in names.enumerate() {
        if index == COLUMNS_MAX {
            return fault(place.clone(), format!("more than {COLUMNS_MAX} names"));
        }
        check_name(&place.field(name), name)?;
        if SPAN_COLUMNS.contains(&name.as_str()) || name == "row_id" {
            return fault(place.field(name), format!("`{name}` is taken"));
        }
    }
    Ok(())
}

fn expressions(place: &Place, texts: &BTreeMap<String, String>) -> Checked<Vec<(String, Expression)>> {
    texts.iter().map(|(name, text)| Ok((name.clone(), expression(&place.field(name), text)?))).collect()
}

fn expression(place: &Place, text: &str) -> Checked<Expression> {
    Expression::compile(text).map_err(|error| Fault { place: place.clone(), reason: error.to_string() })
}

fn check_name(place: &Place, name: &str) -> Checked<()> {
    if is_name(name) {
        return Ok(());
    }
    let reason = format!(
        "`{name}` is no name; expected 1 to {NAME_BYTES_MAX} of a–z, 0–9 and _, beginning with a letter"
    );
    fault(place.clone(), reason)
}

fn is_name(name: &str) -> bool {
    let fits = (1..=NAME_BYTES_MAX).contains(&name.len());
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    fits && plain && name.as_bytes()[0].is_ascii_lowercase()
}
