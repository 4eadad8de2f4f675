//! What runs.

use std::time::Duration;

use api::{List, NodeId, health::Condition, infrastructure::NodeView, right};
use futures::future::join_all;
use infra::nodes::Installed;
use tokio::time::timeout;

use super::setup;
use crate::{Allowed, Domain, Error};

/// How long a node may take to answer whoever looks at it.
const ANSWER_LIMIT: Duration = Duration::from_millis(1_500);

/// All nodes of this process, each asked just now.
pub async fn list(domain: &Domain, _: &Allowed<right::ViewInfrastructure>) -> List<NodeView> {
    List { items: join_all(domain.nodes().iter().map(view)).await, next: None }
}

/// One node, asked just now.
///
/// # Errors
/// [`Error::NotFound`] if there is none of that id.
pub async fn get(
    domain: &Domain,
    _: &Allowed<right::ViewInfrastructure>,
    node: NodeId,
) -> Result<NodeView, Error> {
    let node = domain.nodes().find(node.uuid()).ok_or(Error::NotFound("node"))?;
    Ok(view(node).await)
}

async fn view(node: &Installed) -> NodeView {
    let probed = match timeout(ANSWER_LIMIT, node.probe()).await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no answer within {} ms", ANSWER_LIMIT.as_millis())),
    };
    let status = node.status();
    let metadata = &status.metadata;
    NodeView {
        id: NodeId::from_uuid(metadata.id),
        name: metadata.name.clone(),
        kind: metadata.kind.name().to_owned(),
        setup: setup(metadata),
        region: metadata.region,
        labels: metadata.labels.clone(),
        place: status.place,
        condition: if probed.is_ok() { Condition::Well } else { Condition::Ill },
        error: probed.err(),
        figures: status.figures.into_iter().map(|(name, count)| (name.to_owned(), count)).collect(),
        swapping: status.swapping.map(|step| step.name().to_owned()),
        offered: status.offered.as_ref().map(setup),
        swappable: node.is_swappable(),
    }
}
