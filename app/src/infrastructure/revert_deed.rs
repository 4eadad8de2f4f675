//! Taking a node's last swap back.

use api::infrastructure::NodeView;
use grid::NodeId;

use super::revert_node::revert_node;
use crate::{Failure, components::deed_dialog::Deed};

/// A node whose last swap is to be taken back.
#[derive(Clone, Debug)]
pub(super) struct RevertDeed {
    id: NodeId,
    name: String,
}

impl RevertDeed {
    pub(super) fn of(node: &NodeView) -> Self {
        Self { id: node.id, name: node.name.clone() }
    }
}

impl Deed for RevertDeed {
    fn title(&self) -> String {
        format!("Take the last swap of {} back?", self.name)
    }

    fn text(&self) -> String {
        "What served before takes the seat again while people play, and brings along what is kept now."
            .to_owned()
    }

    fn verb(&self) -> String {
        "Take it back".to_owned()
    }

    async fn carry_out(self, reason: String) -> Result<String, Failure> {
        let swap = revert_node(self.id, reason).await?;
        Ok(format!("{} serves again", swap.after.driver))
    }
}
