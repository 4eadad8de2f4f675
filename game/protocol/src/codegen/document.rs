//! `docs/PROTOCOL.md`: the prose of `protocol.md` with the tables and worked examples that the declarations give.

use super::{
    GeneratedFile,
    annotate::{self, Piece},
    examples, one_line,
};
use crate::{
    Ability, Act, AttackOutcome, AttackWith, Audience, ClientMessage, CloseCode, Condition, DamageType,
    EnumSchema, MessageSchema, OrderRefusal, PartyRefusal, SayRefusal, ServerMessage, TradeEnding,
    TradeRefusal, canonical_schema,
    control::{EntityKind, MoveRefusal},
    limits,
    schema::RECORDS,
    schema_hash,
};

const PROSE: &str = include_str!("protocol.md");

pub(super) fn file() -> GeneratedFile {
    let client: Vec<_> = examples::client_messages().iter().map(|m| (m.name(), m.encode())).collect();
    let server: Vec<_> = examples::server_messages().iter().map(|m| (m.name(), m.encode())).collect();
    let parts = [
        ("schema_hash", format!("`0x{:016x}`", schema_hash())),
        ("canonical_schema", fenced(&canonical_schema())),
        ("client_messages", messages(ClientMessage::SCHEMA, &client)),
        ("server_messages", messages(ServerMessage::SCHEMA, &server)),
        ("records", records()),
        ("close_codes", close_codes()),
        ("move_refusals", numbers(&MoveRefusal::SCHEMA)),
        ("entity_kinds", numbers(&EntityKind::SCHEMA)),
        ("order_refusals", numbers(&OrderRefusal::SCHEMA)),
        ("audiences", numbers(&Audience::SCHEMA)),
        ("say_refusals", numbers(&SayRefusal::SCHEMA)),
        ("party_refusals", numbers(&PartyRefusal::SCHEMA)),
        ("trade_refusals", numbers(&TradeRefusal::SCHEMA)),
        ("trade_endings", numbers(&TradeEnding::SCHEMA)),
        ("attack_with", numbers(&AttackWith::SCHEMA)),
        ("acts", numbers(&Act::SCHEMA)),
        ("attack_outcomes", numbers(&AttackOutcome::SCHEMA)),
        ("damage_types", numbers(&DamageType::SCHEMA)),
        ("abilities", numbers(&Ability::SCHEMA)),
        ("conditions", numbers(&Condition::SCHEMA)),
        ("limits", limit_table()),
        ("frames", frames()),
    ];
    let contents = parts.into_iter().fold(PROSE.to_owned(), |text, (name, part)| {
        let marker = format!("{{{{{name}}}}}");
        assert!(text.contains(&marker), "protocol.md has a place for {marker}");
        text.replace(&marker, part.trim_end())
    });
    ("docs/PROTOCOL.md", contents)
}

fn messages(schema: &[MessageSchema], examples: &[(&str, bytes::Bytes)]) -> String {
    let mut out = String::new();
    for message in schema {
        write(&mut out, &format!("### {}: `{}`\n\n{}\n", message.kind, message.name, one_line(message.doc)));
        if !message.fields.is_empty() {
            out.push_str("\n| item | field | type | meaning |\n|---|---|---|---|\n");
        }
        for (index, field) in message.fields.iter().enumerate() {
            let doc = one_line(field.doc);
            write(&mut out, &format!("| {} | `{}` | {} | {doc} |\n", index + 1, field.name, field.wire));
        }
        let (_, bytes) =
            examples.iter().find(|(name, _)| *name == message.name).expect("every message has an example");
        let parts = annotate::control(message, bytes).expect("an example matches its description");
        write(&mut out, &format!("\n{}\n", worked(&parts.pieces)));
    }
    out
}

fn frames() -> String {
    let mut out = String::new();
    for step in examples::frame_story() {
        let pieces = annotate::frame(&step.message).expect("an example is a frame");
        write(&mut out, &format!("{}.\n\n{}\n", step.title, worked(&pieces)));
    }
    out
}

/// Bytes on the left, what they say on the right.
fn worked(pieces: &[Piece]) -> String {
    const COLUMN: usize = 34;
    let lines = pieces.iter().map(|piece| {
        let hex: Vec<_> = piece.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        // Sixteen bytes a line, so that a UUID takes one.
        let rows: Vec<_> = hex.chunks(16).map(<[String]>::concat).collect();
        let (last, before) = rows.split_last().expect("a piece has bytes");
        let before: String = before.iter().map(|row| format!("{row}\n")).collect();
        format!("{before}{last:<COLUMN$}{}\n", piece.meaning)
    });
    fenced(&lines.collect::<String>())
}

fn records() -> String {
    let mut out = "| record | item | field | type | meaning |\n|---|---|---|---|---|\n".to_owned();
    for record in RECORDS {
        for (index, field) in record.fields.iter().enumerate() {
            let (name, doc) = (record.name, one_line(field.doc));
            write(
                &mut out,
                &format!("| `{name}` | {} | `{}` | {} | {doc} |\n", index + 1, field.name, field.wire),
            );
        }
    }
    out
}

fn close_codes() -> String {
    let mut out = "| code | name | resume | meaning |\n|---|---|---|---|\n".to_owned();
    for (code, variant) in CloseCode::ALL.iter().zip(CloseCode::SCHEMA.variants) {
        let resume = if code.may_resume() { "yes" } else { "no" };
        write(
            &mut out,
            &format!("| {} | `{}` | {resume} | {} |\n", variant.number, variant.name, one_line(variant.doc)),
        );
    }
    out
}

fn numbers(schema: &EnumSchema) -> String {
    let mut out = "| number | name | meaning |\n|---|---|---|\n".to_owned();
    for variant in schema.variants {
        write(
            &mut out,
            &format!("| {} | `{}` | {} |\n", variant.number, variant.name, one_line(variant.doc)),
        );
    }
    out
}

fn limit_table() -> String {
    let mut out = "| limit | value | meaning |\n|---|---|---|\n".to_owned();
    for limit in limits::ALL {
        write(&mut out, &format!("| `{}` | {} | {} |\n", limit.name, limit.value, one_line(limit.doc)));
    }
    out
}

fn fenced(text: &str) -> String {
    format!("```text\n{}\n```\n", text.trim_end())
}

fn write(out: &mut String, text: &str) {
    out.push_str(text);
}
