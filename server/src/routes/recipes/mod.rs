//! `worlds/{id}/recipe/…` and `recipes/…`: drafts, versions and the schema of recipes.

pub(super) mod check;
pub(super) mod discard_draft;
pub(super) mod list_versions;
pub(super) mod publish;
pub(super) mod read_draft;
pub(super) mod read_version;
pub(super) mod roll_back;
pub(super) mod save_draft;
pub(super) mod schema;
