//! Golden vectors: bytes and what they mean, for clients in other languages to test themselves by.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{GeneratedFile, annotate, examples};
use crate::{
    ClientMessage, FromServer, MessageSchema, PROTOCOL_VERSION, ServerMessage,
    frame::{Frame, ViewEvent, WorldView},
    schema_hash,
};

pub(super) fn files() -> Vec<GeneratedFile> {
    vec![
        file("game/protocol/golden/control.json", &control()),
        file("game/protocol/golden/frames.json", &frames()),
        file("game/protocol/golden/refused.json", &refused()),
    ]
}

fn file(path: &'static str, value: &Value) -> GeneratedFile {
    let contents = serde_json::to_string_pretty(&sorted(value)).expect("a JSON value can be written") + "\n";
    (path, contents)
}

/// The value with the keys of all objects in order: serde_json keeps them as they come when another crate of the
/// build asks it to, and the files must not depend on that.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let fields: BTreeMap<_, _> = object.iter().collect();
            Value::Object(fields.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        scalar => scalar.clone(),
    }
}

fn control() -> Value {
    let client = examples::client_messages();
    let server = examples::server_messages();
    let client = client.iter().map(|m| vector("client", ClientMessage::SCHEMA, m.name(), &m.encode()));
    let server = server.iter().map(|m| vector("server", ServerMessage::SCHEMA, m.name(), &m.encode()));
    json!({
        "protocol_version": PROTOCOL_VERSION,
        "schema_hash": format!("{:016x}", schema_hash()),
        "messages": client.chain(server).collect::<Vec<_>>(),
    })
}

fn vector(from: &str, schema: &[MessageSchema], name: &str, message: &[u8]) -> Value {
    let schema = schema.iter().find(|schema| schema.name == name).expect("every message is described");
    let parts = annotate::control(schema, message).expect("an example matches its description");
    let fields: Map<_, _> = parts.fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    json!({ "from": from, "name": name, "hex": annotate::hex(message), "fields": fields })
}

/// The story's messages in order, each with the view after it.
fn frames() -> Value {
    let mut view = WorldView::new();
    let steps = examples::frame_story().into_iter().map(|step| {
        let frame = Frame::decode(&step.message).expect("an example is decoded");
        let events = view.apply(&frame).expect("an example is applied");
        json!({
            "title": step.title,
            "hex": annotate::hex(&step.message),
            "tick": frame.header.tick,
            "move_seq": frame.header.move_seq,
            "events": events.iter().map(event).collect::<Vec<_>>(),
            "entities": entities(&view),
        })
    });
    json!({ "steps": steps.collect::<Vec<_>>() })
}

fn event(event: &ViewEvent) -> Value {
    match event {
        ViewEvent::Appeared(net_id) => json!({ "appeared": net_id }),
        ViewEvent::Changed(net_id) => json!({ "changed": net_id }),
        ViewEvent::Disappeared(net_id) => json!({ "disappeared": net_id }),
        ViewEvent::Gap(cell) => json!({ "gap": [cell.x, cell.z] }),
    }
}

fn entities(view: &WorldView) -> Vec<Value> {
    view.entities()
        .map(|(cell, entity)| {
            let [x, y, z] = entity.position(cell);
            json!({
                "net_id": entity.net_id,
                "uuid": entity.uuid.to_string(),
                "kind": entity.kind.number(),
                "variant": entity.variant,
                "faction": entity.faction,
                "name": &*entity.name,
                "x": x,
                "y": y,
                "z": z,
                "yaw": entity.yaw,
                "flags": entity.flags,
                "health": entity.health,
                "conditions": entity.conditions,
            })
        })
        .collect()
}

fn refused() -> Value {
    let messages = examples::refused_by_clients().into_iter().map(|(title, message)| {
        let decoded = FromServer::decode(&message.clone().into());
        let applied = decoded.and_then(|message| match message {
            FromServer::Frame(frame) => WorldView::new().apply(&frame).map(drop),
            FromServer::Control(_) => Ok(()),
        });
        assert!(applied.is_err(), "{title}: it should be refused");
        json!({ "title": title, "hex": annotate::hex(&message) })
    });
    json!({ "messages": messages.collect::<Vec<_>>() })
}
