//! Pipelines' files, and what the steps do.

use std::{collections::HashMap, convert::Infallible};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use infra::pipelines::{Pipeline, Record, Tables, definition::EnrichTable, load, matches};
use serde_json::{Value, json};
use uuid::Uuid;

const GOOD: &str = r#"{
  "id": "0198a0c0-0000-7000-8000-00000000000a",
  "name": "Hits",
  "source": { "topic": "combat.*" },
  "steps": [
    { "filter": ".level > 1" },
    { "map": "{level, damage}" },
    { "window": {
        "size_s": 60,
        "key": { "level": ".level" },
        "measures": { "hits": "count", "most": { "max": ".damage" } } } }
  ],
  "sinks": [ { "table": { "name": "hits" } } ]
}"#;

/// What is refused when `from` is replaced.
fn refused(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    load(&GOOD.replace(from, to)).expect_err("is refused").to_string()
}

#[test]
fn a_file_that_is_wrong_is_refused_with_line_and_key() {
    load(GOOD).expect("is right");
    for (from, to, expected) in [
        ("\"name\": \"Hits\",", "", "line 14: missing field `name`"),
        (
            "\"filter\"",
            "\"fliter\"",
            "line 6: steps[0]: unknown variant `fliter`, expected one of `filter`, `map`, `enrich`, `window`",
        ),
        (".level > 1", ".level > ) 1", "line 6: steps[0].filter: this is no jq expression, from `> ) 1` on"),
        ("{level, damage}", "nonsense", "line 7: steps[1].map: there is no filter `nonsense/0` here"),
        ("\"size_s\": 60", "\"size_s\": 0", "line 9: steps[2].window.size_s: expected 1 to 31622400 seconds"),
        (
            "\"max\": \".damage\"",
            "\"max\": \"input\"",
            "line 11: steps[2].window.measures.most.max: there is no filter `input/0` here",
        ),
        (
            "\"hits\": \"count\"",
            "\"Hits\": \"count\"",
            "line 11: steps[2].window.measures.Hits: `Hits` is no name; expected 1 to 40 of a–z, 0–9 and _, beginning with a letter",
        ),
        (
            "\"hits\": \"count\"",
            "\"level\": \"count\"",
            "line 11: steps[2].window.measures.level: the key has a column of this name already",
        ),
        (
            "\"name\": \"hits\"",
            "\"name\": \"hits; DROP TABLE\"",
            "line 13: sinks[0].table.name: `hits; DROP TABLE` is no name; expected 1 to 40 of a–z, 0–9 and _, beginning with a letter",
        ),
        (
            "combat.*",
            "combat.*.hit",
            "line 4: source.topic: `combat.*.hit` is no pattern; expected such as `session.left`, `session.*` or `*`",
        ),
        (
            "[ { \"table\": { \"name\": \"hits\" } } ]",
            "[]",
            "line 13: sinks: a pipeline has 1 to 8 sinks, not 0",
        ),
        (
            "\"name\": \"hits\" }",
            "\"name\": \"hits\", \"columns\": {\"a\": \"text\"} }",
            "line 13: sinks[0].table.columns: a window brings its own columns; leave them out",
        ),
    ] {
        assert_eq!(refused(from, to), expected);
    }
}

#[test]
fn types_match_patterns() {
    for (pattern, kind, expected) in [
        ("*", "session.left", true),
        ("session.*", "session.left", true),
        ("session.*", "sessions.left", false),
        ("session.left", "session.left", true),
        ("session.left", "session.lefty", false),
    ] {
        assert_eq!(matches(pattern, kind), expected, "{pattern} {kind}");
    }
}

/// Knows one character.
struct OneCharacter(Uuid);

#[async_trait]
impl Tables for OneCharacter {
    type Error = Infallible;

    async fn rows(&self, table: EnrichTable, ids: &[Uuid]) -> Result<HashMap<Uuid, Value>, Infallible> {
        assert_eq!(table, EnrichTable::Character);
        let known = ids.iter().filter(|id| **id == self.0);
        Ok(known.map(|id| (*id, json!({ "race": "elf" }))).collect())
    }
}

fn records(values: Vec<Value>) -> Vec<Record> {
    let time: DateTime<Utc> = "2026-11-29T10:00:59Z".parse().expect("a time");
    let record = |value| Record { event: Uuid::now_v7(), time, number: 0, value };
    values.into_iter().map(record).collect()
}

fn with_steps(steps: &str) -> Pipeline {
    let text = format!(
        r#"{{"id": "0198a0c0-0000-7000-8000-00000000000a", "name": "T", "source": {{"topic": "*"}}, "steps": {steps},
            "sinks": [{{"file": {{"name": "f"}}}}]}}"#
    );
    load(&text).unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn records_are_filtered_reshaped_enriched_and_refused() {
    let elf = Uuid::now_v7();
    let pipeline = with_steps(
        r#"[{"filter": ".level > 1"}, {"enrich": {"table": "character", "key": ".who", "into": "character"}},
            {"map": "{race: .character.race, damage: (.damage[] - 0 | . * 2)}"}]"#,
    );
    let batch = records(vec![
        json!({ "level": 2, "who": elf, "damage": [1, 2] }),
        json!({ "level": 1, "who": elf, "damage": [9] }),
        json!({ "level": 3, "who": Uuid::now_v7(), "damage": [3] }),
        json!({ "level": 3, "who": null, "damage": [3, "much"] }),
    ]);
    let unlucky = batch[3].event;
    let done = pipeline.transform(batch, &OneCharacter(elf)).await.expect("reads");
    let values: Vec<_> = done.records.iter().map(|record| record.value.clone()).collect();
    assert_eq!(
        values,
        [
            json!({ "race": "elf", "damage": 2 }),
            json!({ "race": "elf", "damage": 4 }),
            json!({ "race": null, "damage": 6 }),
        ]
    );
    let numbers: Vec<_> = done.records.iter().map(|record| record.number).collect();
    assert_eq!(numbers, [0, 1, 0]);
    assert_eq!(done.refused.len(), 1, "an event counts as a whole or not at all");
    assert_eq!((done.refused[0].event, done.refused[0].step.as_str()), (unlucky, "steps[2].map"));
}

#[tokio::test]
async fn an_event_is_followed_step_by_step_as_far_as_it_comes() {
    let steps = r#"[{"filter": ".damage > 1"}, {"map": "{who: .name, damage: (.damage + 1)}"},
        {"window": {"size_s": 60, "key": {"who": ".who"}, "measures": {"damage": {"sum": ".damage"}}}}]"#;
    let pipeline = load(&GOOD.replace(
        &GOOD[GOOD.find("[").expect("steps")..GOOD.find("\"sinks\"").expect("sinks")],
        &format!("{steps},\n"),
    ))
    .expect("is right");
    let follow = async |value: Value| {
        let record = records(vec![value]).remove(0);
        pipeline.trace(record, &OneCharacter(Uuid::now_v7())).await.expect("reads")
    };
    let whole = follow(json!({ "name": "Wren", "damage": 5 })).await;
    let last = whole.passages.last().expect("the window");
    assert_eq!((whole.passages.len(), &whole.refused), (3, &None));
    assert_eq!(whole.passages[1].input, [json!({ "name": "Wren", "damage": 5 })]);
    assert_eq!(last.input, [json!({ "who": "Wren", "damage": 6 })]);
    assert_eq!((&last.output[0]["who"], &last.output[0]["damage"]), (&json!("Wren"), &json!(6.0)));
    let filtered = follow(json!({ "name": "Wren", "damage": 1 })).await;
    assert_eq!((filtered.passages.len(), filtered.passages[0].output.len()), (1, 0));
    let failed = follow(json!({ "name": "Wren", "damage": [2] })).await;
    assert_eq!(failed.refused.expect("an array and a number don't add up").step, "steps[1].map");
}

#[test]
fn a_window_sums_up_by_key_and_span_and_refuses_what_it_can_not_measure() {
    let pipeline = load(GOOD).expect("is right");
    let window = pipeline.window().expect("has one");
    let batch = records(vec![
        json!({ "level": 2, "damage": 3 }),
        json!({ "level": 2, "damage": 5 }),
        json!({ "level": 3, "damage": "much" }),
        json!({ "level": [], "damage": 1 }),
    ]);
    let (totals, refused) = window.sum_up(&batch);
    assert_eq!((totals.len(), refused.len()), (1, 2));
    let (key, total) = totals.first_key_value().expect("one");
    let mut twice = total.clone();
    twice.merge(total);
    let row = Value::Object(window.row(key, &twice));
    assert_eq!(
        row,
        json!({
            "window_start": "2026-11-29T10:00:00Z", "window_end": "2026-11-29T10:01:00Z",
            "level": "2", "hits": 4, "most": 5.0,
        })
    );
}
