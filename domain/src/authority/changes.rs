//! Word of changes, between processes and to sockets.

use bytes::Bytes;
use grid::AccountId;
use infra::bus::{Delivery, Subscription};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Domain, Error};

/// Whose standing may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// This account's.
    Of(AccountId),
    /// Some: messages got lost.
    Unknown,
}

impl Change {
    /// Whether it may be about `account`.
    #[must_use]
    pub fn concerns(self, account: AccountId) -> bool {
        match self {
            Self::Of(changed) => changed == account,
            Self::Unknown => true,
        }
    }
}

/// Tells this process and all others that the account's standing has changed. To be called after the commit.
pub(crate) async fn announce(domain: &Domain, account: AccountId) {
    domain.authority().forget(account);
    let payload = Bytes::copy_from_slice(account.uuid().as_bytes());
    if let Err(error) = domain.bus().publish(game::ACCOUNTS_TOPIC, payload).await {
        tracing::warn!(account_id = %account, %error, "other processes learn of a change a moment later");
    }
}

/// Listens for what other processes announce, until `stop`.
///
/// # Errors
/// The bus refuses the topic.
pub async fn watch(domain: &Domain, stop: CancellationToken) -> Result<(), Error> {
    let mut announced = domain.bus().subscribe(game::ACCOUNTS_TOPIC).await?;
    let domain = domain.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                heard = hear(&domain, &mut announced) => if heard.is_none() { return },
            }
        }
    });
    Ok(())
}

async fn hear(domain: &Domain, announced: &mut Subscription) -> Option<()> {
    match announced.next().await? {
        Delivery::Message(bytes) => match Uuid::from_slice(&bytes) {
            Ok(id) => domain.authority().forget(AccountId::from_uuid(id)),
            Err(_) => domain.authority().forget_all(),
        },
        Delivery::Lagged(_) => domain.authority().forget_all(),
    }
    Some(())
}

impl Domain {
    /// Changes of standing from now on, for sockets, which are asked only once who they are.
    #[must_use]
    pub fn standing_changes(&self) -> broadcast::Receiver<Change> {
        self.authority().changes.subscribe()
    }
}
