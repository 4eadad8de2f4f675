//! A node in its place: which driver has the seat, by which metadata, and who may exchange it.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use schemars::Schema;

use super::{
    drivers::{Drivers, Menu, Surroundings},
    metadata::Misfit,
};
use crate::{
    node::{Node, NodeError},
    swap::{Exchange, Progress, State, Step, SwapFailure, Swapped, exchange},
};

/// A seat with its drivers, whatever its interface.
#[async_trait]
pub(crate) trait Place: fmt::Debug + Send + Sync {
    /// Whoever has the seat.
    fn node(&self) -> Arc<dyn Node>;

    /// Whether its driver can be exchanged while the process runs.
    fn is_swappable(&self) -> bool {
        true
    }

    /// The drivers that can take it, with the schemas of their settings.
    fn schemas(&self) -> Vec<(&'static str, Schema)>;

    /// Whether these settings fit that driver.
    fn check(&self, driver: &str, config: &str) -> Result<(), Misfit>;

    /// Makes a driver, asks it for a little of its work, and lets go of it.
    async fn try_out(&self, driver: &str, config: &str) -> Result<(), SwapFailure>;

    /// Gives the seat to another driver.
    async fn swap(
        &self,
        driver: &str,
        config: &str,
        state: State,
        progress: &Progress,
    ) -> Result<Swapped, SwapFailure>;
}

/// A place whose driver can be exchanged.
pub(crate) struct Exchangeable<X: Exchange> {
    pub(crate) exchange: X,
    pub(crate) drivers: Drivers<X::Driver>,
    pub(crate) surroundings: Surroundings,
}

impl<X: Exchange> fmt::Debug for Exchangeable<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchangeable").field("node", &self.exchange.node()).finish_non_exhaustive()
    }
}

fn not_built(reason: NodeError) -> SwapFailure {
    SwapFailure { step: Step::Build, reason, was_rolled_back: false }
}

#[async_trait]
impl<X: Exchange> Place for Exchangeable<X>
where
    X::Driver: 'static,
{
    fn node(&self) -> Arc<dyn Node> {
        self.exchange.node()
    }

    fn schemas(&self) -> Vec<(&'static str, Schema)> {
        self.drivers.menu().schemas().map(|(name, schema)| (name, schema.clone())).collect()
    }

    fn check(&self, driver: &str, config: &str) -> Result<(), Misfit> {
        self.drivers.menu().check(driver, config)
    }

    async fn try_out(&self, driver: &str, config: &str) -> Result<(), SwapFailure> {
        let made = self.drivers.make(driver, config, &self.surroundings).await.map_err(not_built)?;
        let probed = made.probe().await;
        made.close().await;
        probed.map_err(|reason| SwapFailure { step: Step::Probe, reason, was_rolled_back: false })
    }

    async fn swap(
        &self,
        driver: &str,
        config: &str,
        state: State,
        progress: &Progress,
    ) -> Result<Swapped, SwapFailure> {
        progress.reached(Step::Build);
        let made = self.drivers.make(driver, config, &self.surroundings).await.map_err(not_built)?;
        exchange(&self.exchange, made, state, progress).await
    }
}

/// A place whose driver is chosen when the process starts.
pub(crate) struct Fixed {
    pub(crate) node: Arc<dyn Node>,
    pub(crate) menu: Menu,
}

impl fmt::Debug for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fixed").field("node", &self.node).finish_non_exhaustive()
    }
}

#[async_trait]
impl Place for Fixed {
    fn is_swappable(&self) -> bool {
        false
    }

    fn node(&self) -> Arc<dyn Node> {
        Arc::clone(&self.node)
    }

    fn schemas(&self) -> Vec<(&'static str, Schema)> {
        self.menu.schemas().map(|(name, schema)| (name, schema.clone())).collect()
    }

    fn check(&self, driver: &str, config: &str) -> Result<(), Misfit> {
        self.menu.check(driver, config)
    }

    async fn try_out(&self, _driver: &str, _config: &str) -> Result<(), SwapFailure> {
        Err(self.refuse())
    }

    async fn swap(
        &self,
        _driver: &str,
        _config: &str,
        _state: State,
        _progress: &Progress,
    ) -> Result<Swapped, SwapFailure> {
        Err(self.refuse())
    }
}

impl Fixed {
    fn refuse(&self) -> SwapFailure {
        let reason = NodeError::Failed {
            place: self.node.place(),
            reason: "this kind changes with a restart: write its file and start the server again".to_owned(),
        };
        SwapFailure { step: Step::Validate, reason, was_rolled_back: false }
    }
}
