//! Finds the line of a key in JSON text, so that a refusal can say where to look.

/// One step down into a JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Into an object's field.
    Field(String),
    /// Into an array's item.
    Item(usize),
}

/// A place in a JSON text, from its top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(Vec<Key>);

impl Place {
    pub(super) fn field(&self, name: &str) -> Self {
        self.with(Key::Field(name.to_owned()))
    }

    pub(super) fn item(&self, index: usize) -> Self {
        self.with(Key::Item(index))
    }

    fn with(&self, key: Key) -> Self {
        Self(self.0.iter().cloned().chain([key]).collect())
    }

    /// The line, counted from 1, where the place's value begins; the nearest one above if it is not there.
    pub(super) fn line_in(&self, text: &str) -> usize {
        let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
        for key in &self.0 {
            let before = cursor.at;
            if !cursor.descend(key) {
                cursor.at = before;
                break;
            }
        }
        cursor.skip_blank();
        1 + text.as_bytes()[..cursor.at.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, key) in self.0.iter().enumerate() {
            match key {
                Key::Field(name) if index == 0 => write!(f, "{name}")?,
                Key::Field(name) => write!(f, ".{name}")?,
                Key::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

/// Walks over JSON that is known to be well formed.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or_default()
    }

    fn skip_blank(&mut self) {
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// From the beginning of a value to the beginning of the value under `key`. False if there is none.
    fn descend(&mut self, key: &Key) -> bool {
        self.skip_blank();
        let is_object = self.peek() == b'{';
        self.at += 1;
        for index in 0.. {
            self.skip_blank();
            if matches!(self.peek(), b'}' | b']' | 0) {
                return false;
            }
            let mut is_wanted = *key == Key::Item(index);
            if is_object {
                let name = self.text();
                is_wanted = matches!(key, Key::Field(field) if serde_json::to_string(field).is_ok_and(|field| field == name));
                self.skip_blank();
                self.at += 1;
            }
            if is_wanted {
                return true;
            }
            self.value();
            self.skip_blank();
            if self.peek() == b',' {
                self.at += 1;
            }
        }
        false
    }

    /// Over a text, which is given back with its quotes.
    fn text(&mut self) -> String {
        let begin = self.at;
        self.at += 1;
        while !matches!(self.peek(), b'"' | 0) {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        String::from_utf8_lossy(&self.bytes[begin..self.at.min(self.bytes.len())]).into_owned()
    }

    /// Over a whole value.
    fn value(&mut self) {
        let mut depth = 0_usize;
        loop {
            self.skip_blank();
            match self.peek() {
                b'"' => {
                    self.text();
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                0 => return,
                _ => {
                    while !matches!(self.peek(), b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t' | 0) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "name": "a \"}, b",
  "steps": [
    {"filter": ".a"},
    {
      "window": {"measures": {
        "hits": "count"}}
    }
  ]
}"#;

    #[test]
    fn keys_are_found_in_their_lines() {
        let steps = Place::default().field("steps");
        assert_eq!(Place::default().line_in(TEXT), 1);
        assert_eq!(Place::default().field("name").line_in(TEXT), 2);
        assert_eq!(steps.item(0).field("filter").line_in(TEXT), 4);
        let hits = steps.item(1).field("window").field("measures").field("hits");
        assert_eq!((hits.line_in(TEXT), hits.to_string().as_str()), (7, "steps[1].window.measures.hits"));
        assert_eq!(steps.item(7).line_in(TEXT), 3, "the nearest above");
        assert_eq!(Place::default().field("sinks").line_in(TEXT), 1);
    }
}
