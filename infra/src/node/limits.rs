//! The limits that names and payloads share.

use super::NodeError;

/// The longest name of a topic, stream, group, consumer or key, in bytes.
pub(crate) const NAME_BYTES_MAX: usize = 200;

/// Refuses what is not a name of visible ASCII characters.
pub(crate) fn check_name(what: &'static str, name: &str) -> Result<(), NodeError> {
    let visible = name.bytes().all(|byte| byte.is_ascii_graphic());
    if name.is_empty() || name.len() > NAME_BYTES_MAX || !visible {
        let name = name.chars().take(NAME_BYTES_MAX).collect();
        return Err(NodeError::InvalidName { what, name, bytes_max: NAME_BYTES_MAX });
    }
    Ok(())
}

/// Refuses what is larger than its limit.
pub(crate) fn check_size(what: &str, bytes: usize, bytes_max: usize) -> Result<(), NodeError> {
    if bytes > bytes_max {
        return Err(NodeError::TooLarge { what: what.to_owned(), bytes, bytes_max });
    }
    Ok(())
}
