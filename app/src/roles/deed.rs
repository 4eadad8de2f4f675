//! Removing a role, as a deed that asks for a reason.

use uuid::Uuid;

use super::remove_role::remove_role;
use crate::{
    Failure,
    components::{button::ButtonKind, deed_dialog::Deed},
};

/// The role that is to go.
#[derive(Clone, Debug)]
pub(super) struct RemoveRole {
    pub(super) id: Uuid,
    pub(super) name: String,
}

impl Deed for RemoveRole {
    fn title(&self) -> String {
        format!("Remove {}?", self.name)
    }

    fn text(&self) -> String {
        "It can’t be brought back. As long as somebody has the role, it stays.".to_owned()
    }

    fn verb(&self) -> String {
        "Remove the role".to_owned()
    }

    fn kind(&self) -> ButtonKind {
        ButtonKind::Danger
    }

    async fn carry_out(self, reason: String) -> Result<String, Failure> {
        remove_role(self.id, reason).await?;
        Ok(format!("{} is gone", self.name))
    }
}
