//! The names of deeds in words.

/// `account.change_role` as `Account: change role`.
pub(super) fn action(name: &str) -> String {
    let words = name.replace('_', " ");
    let Some((kind, deed)) = words.split_once('.') else { return words };
    let mut letters = kind.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}: {deed}", letters.as_str())
}

/// A subject apart: its kind, and the id behind it.
pub(super) fn subject(text: &str) -> (&str, Option<&str>) {
    match text.split_once(' ') {
        Some((kind, id)) => (kind, Some(id)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_are_told_in_words() {
        assert_eq!(action("account.change_role"), "Account: change role");
        assert_eq!(action("api_key.revoke"), "Api key: revoke");
        assert_eq!(action("started"), "started");
    }

    #[test]
    fn a_subject_is_a_kind_and_an_id() {
        assert_eq!(subject("account 0192"), ("account", Some("0192")));
        assert_eq!(subject("audit"), ("audit", None));
    }
}
