//! A driver's settings as fields: from its JSON Schema, and back to JSON. No view stands here.

use serde_json::{Map, Value};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A line of text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Choice,
    /// Addresses, with commas between; or where one is, as `env:NAME` or `file:/path`.
    Addresses,
    /// Where a secret is, as `env:NAME` or `file:/path`.
    Secret,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Where it stands in the settings.
    pub(crate) path: Vec<String>,
    /// What the schema says about it.
    pub(crate) hint: String,
    /// What it holds.
    pub(crate) shape: Shape,
    /// Whether it must be filled in.
    pub(crate) is_required: bool,
}

impl Field {
    /// Its name for people.
    pub(crate) fn label(&self) -> String {
        let words: Vec<String> = self.path.iter().map(|part| spoken(part)).collect();
        let text = words.join(", ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Its name in the form.
    pub(crate) fn name(&self) -> String {
        self.path.join(".")
    }
}

/// A name as people say it.
pub(crate) fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

/// How deep settings may lie in each other.
const DEPTH_MAX: usize = 4;

/// The fields of a schema, in its order of names.
pub(crate) fn fields(schema: &Value) -> Vec<Field> {
    let mut found = Vec::new();
    collect(schema, schema, &[], true, &mut found);
    found
}

fn collect(root: &Value, schema: &Value, path: &[String], is_required: bool, found: &mut Vec<Field>) {
    let Some(properties) = schema["properties"].as_object().filter(|_| path.len() < DEPTH_MAX) else {
        return;
    };
    for (name, property) in properties {
        let path = [path, std::slice::from_ref(name)].concat();
        let must = schema["required"].as_array().is_some_and(|names| names.iter().any(|known| known == name));
        let is_required = is_required && must;
        let described = resolve(root, property);
        let hint = [property, described].iter().find_map(|schema| schema["description"].as_str());
        let hint = hint.unwrap_or_default().to_owned();
        match shape(root, described) {
            Some(shape) => found.push(Field { path, hint, shape, is_required }),
            None => collect(root, described, &path, is_required, found),
        }
    }
}

/// Follows a reference, and looks through `null`.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        return root.pointer(pointer).map_or(schema, |schema| resolve(root, schema));
    }
    let Some(options) = schema["anyOf"].as_array() else { return schema };
    let mut real = options.iter().filter(|option| option["type"] != "null");
    match (real.next(), real.next()) {
        (Some(only), None) => resolve(root, only),
        _ => schema,
    }
}

fn shape(root: &Value, schema: &Value) -> Option<Shape> {
    let says = |name: &str| match &schema["type"] {
        Value::String(only) => only == name,
        Value::Array(several) => several.iter().any(|one| one == name),
        _ => false,
    };
    if is_secret(root, schema) {
        Some(Shape::Secret)
    } else if says("array") {
        Some(Shape::Addresses)
    } else if says("boolean") {
        Some(Shape::Choice)
    } else if says("integer") {
        Some(Shape::Number)
    } else if says("object") {
        None
    } else {
        Some(Shape::Text)
    }
}

/// A secret is either `{"env": …}` or `{"file": …}`.
fn is_secret(root: &Value, schema: &Value) -> bool {
    schema["oneOf"].as_array().is_some_and(|options| {
        options.iter().any(|option| resolve(root, option)["properties"]["env"].is_object())
    })
}

/// What a field shows of settings.
pub(crate) fn shown(field: &Field, settings: &Value) -> String {
    let mut value = settings;
    for part in &field.path {
        value = &value[part.as_str()];
    }
    match value {
        Value::Array(several) => several.iter().map(as_text).collect::<Vec<_>>().join(", "),
        value => as_text(value),
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(parts) => {
            parts.iter().next().map_or_else(String::new, |(place, name)| format!("{place}:{}", as_text(name)))
        }
        other => other.to_string(),
    }
}

/// The settings that filled-in fields make. Empty ones are left out.
pub(crate) fn settings(filled: impl IntoIterator<Item = (Field, String)>) -> Value {
    let mut settings = Value::Object(Map::new());
    for (field, text) in filled {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let value = match field.shape {
            Shape::Text => Value::String(text.to_owned()),
            // What is no number goes as it is: the server says what it expects.
            Shape::Number => text.parse::<u64>().map_or_else(|_| Value::String(text.to_owned()), Value::from),
            Shape::Choice => Value::Bool(text == "true"),
            Shape::Secret => reference(text),
            Shape::Addresses => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                parts
                    .map(
                        |part| {
                            if part.contains("://") {
                                Value::String(part.to_owned())
                            } else {
                                reference(part)
                            }
                        },
                    )
                    .collect()
            }
        };
        put(&mut settings, &field.path, value);
    }
    settings
}

/// `env:NAME` and `file:/path` are references; anything else goes as it is, and the server says what it expects.
fn reference(text: &str) -> Value {
    match text.split_once(':') {
        Some((place @ ("env" | "file"), name)) => {
            Value::Object(Map::from_iter([(place.to_owned(), Value::String(name.trim().to_owned()))]))
        }
        _ => Value::String(text.to_owned()),
    }
}

fn put(settings: &mut Value, path: &[String], value: Value) {
    let Some((last, before)) = path.split_last() else { return };
    let mut at = settings;
    for part in before {
        if !at[part.as_str()].is_object() {
            at[part.as_str()] = Value::Object(Map::new());
        }
        at = &mut at[part.as_str()];
    }
    at[last.as_str()] = value;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tiered() -> Value {
        json!({
            "$defs": {
                "MemoryConfig": {
                    "type": "object",
                    "properties": {"memory_mib": {"type": "integer", "description": "How much."}}
                },
                "RedisConfig": {
                    "type": "object",
                    "required": ["servers"],
                    "properties": {
                        "servers": {"type": "array", "items": {"$ref": "#/$defs/ServerAddress"}},
                        "cluster": {"type": "boolean"},
                        "user": {"type": ["string", "null"]},
                        "password": {"anyOf": [{"$ref": "#/$defs/SecretRef"}, {"type": "null"}]}
                    }
                },
                "SecretRef": {"oneOf": [
                    {"type": "object", "properties": {"env": {"type": "string"}}},
                    {"type": "object", "properties": {"file": {"type": "string"}}}
                ]}
            },
            "type": "object",
            "required": ["redis"],
            "properties": {
                "near": {"$ref": "#/$defs/MemoryConfig"},
                "redis": {"$ref": "#/$defs/RedisConfig"}
            }
        })
    }

    #[test]
    fn a_schema_becomes_fields() {
        let found = fields(&tiered());
        let mut shapes: Vec<_> =
            found.iter().map(|field| (field.name(), field.shape, field.is_required)).collect();
        shapes.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(
            shapes,
            [
                ("near.memory_mib".to_owned(), Shape::Number, false),
                ("redis.cluster".to_owned(), Shape::Choice, false),
                ("redis.password".to_owned(), Shape::Secret, false),
                ("redis.servers".to_owned(), Shape::Addresses, true),
                ("redis.user".to_owned(), Shape::Text, false),
            ]
        );
        let memory = found.iter().find(|field| field.name() == "near.memory_mib").expect("is there");
        assert_eq!((memory.label().as_str(), memory.hint.as_str()), ("Near, memory mib", "How much."));
    }

    #[test]
    fn fields_show_settings_and_make_the_same_ones_again() {
        let written = json!({
            "near": {"memory_mib": 64},
            "redis": {
                "servers": ["redis://one:6379", {"env": "REDIS_URL"}],
                "cluster": true,
                "password": {"file": "/run/secrets/redis"}
            }
        });
        let filled = fields(&tiered()).into_iter().map(|field| {
            let text = shown(&field, &written);
            (field, text)
        });
        assert_eq!(settings(filled), written);
    }

    #[test]
    fn what_is_left_empty_is_left_out() {
        let filled = fields(&tiered()).into_iter().map(|field| (field, " ".to_owned()));
        assert_eq!(settings(filled), json!({}));
    }
}
