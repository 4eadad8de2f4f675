//! What pipelines tell about themselves to Prometheus.

use infra::pipelines::{Pipeline, definition::MetricKind};

pub(crate) fn describe_metrics() {
    metrics::describe_counter!(
        "realmkeep_pipeline_events_total",
        "Events that pipelines have taken in, by pipeline and outcome"
    );
    metrics::describe_counter!("realmkeep_pipeline_rows_total", "Rows that pipelines have written");
    metrics::describe_counter!(
        "realmkeep_pipeline_failures_total",
        "Batches that pipelines could not do and tried again"
    );
    metrics::describe_counter!(
        "realmkeep_pipeline_deliveries_total",
        "Results handed to webhooks and files, by outcome"
    );
}

/// Gives the metrics that a pipeline feeds their help texts.
pub(super) fn describe(pipeline: &Pipeline) {
    for metric in pipeline.metrics() {
        let (name, help) = (name_of(&metric.definition.name), metric.definition.help.clone());
        match metric.definition.kind {
            MetricKind::Counter => metrics::describe_counter!(name, help),
            MetricKind::Gauge => metrics::describe_gauge!(name, help),
            MetricKind::Histogram => metrics::describe_histogram!(name, help),
        }
    }
}

/// Feeds a pipeline's metrics with a result. A result that gives no number feeds nothing: the row is what counts.
pub(super) fn feed(pipeline: &Pipeline, result: &serde_json::Value) {
    for metric in pipeline.metrics() {
        let Some(number) = metric.value.value(result).ok().and_then(|value| value.as_f64()) else { continue };
        let labels: Vec<metrics::Label> = metric
            .labels
            .iter()
            .map(|(name, expression)| {
                let value = match expression.value(result) {
                    Ok(serde_json::Value::String(text)) => text,
                    Ok(value) => value.to_string(),
                    Err(_) => "unknown".to_owned(),
                };
                metrics::Label::new(name.clone(), value)
            })
            .collect();
        let name = name_of(&metric.definition.name);
        match metric.definition.kind {
            MetricKind::Counter => metrics::counter!(name, labels).increment(number.max(0.0).round() as u64),
            MetricKind::Gauge => metrics::gauge!(name, labels).set(number),
            MetricKind::Histogram => metrics::histogram!(name, labels).record(number),
        }
    }
}

fn name_of(name: &str) -> String {
    format!("realmkeep_etl_{name}")
}
