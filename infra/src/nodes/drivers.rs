//! The drivers of one interface, by name: each with the schema of its settings and the way to make one.

use std::{fmt, path::PathBuf, sync::Arc};

use futures::future::BoxFuture;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;

use super::metadata::{Misfit, read};
use crate::{bus::SharedBus, node::NodeError};

/// What a driver may find around itself.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The folder of all embedded state.
    pub data: PathBuf,
    /// The bus of this process.
    pub bus: SharedBus,
}

/// Drivers that can be chosen, with what their settings are.
#[derive(Clone, Debug, Default)]
pub struct Menu {
    choices: Vec<Choice>,
}

#[derive(Clone, Debug)]
struct Choice {
    name: &'static str,
    schema: Schema,
    check: fn(&str) -> Result<(), Misfit>,
}

impl Menu {
    /// Adds a driver whose settings are a `C`.
    #[must_use]
    pub fn with<C: DeserializeOwned + JsonSchema>(mut self, name: &'static str) -> Self {
        let check = |config: &str| read::<C>(config).map(|_| ());
        self.choices.push(Choice { name, schema: schemars::schema_for!(C), check });
        self
    }

    /// Each driver's name, with the schema of its settings.
    pub fn schemas(&self) -> impl Iterator<Item = (&'static str, &Schema)> {
        self.choices.iter().map(|choice| (choice.name, &choice.schema))
    }

    /// Whether settings are what the driver expects.
    ///
    /// # Errors
    /// There is no such driver, or the settings are not.
    pub fn check(&self, driver: &str, config: &str) -> Result<(), Misfit> {
        match self.choices.iter().find(|choice| choice.name == driver) {
            Some(choice) => (choice.check)(config),
            None => {
                let names: Vec<&str> = self.choices.iter().map(|choice| choice.name).collect();
                let reason = format!("there is no driver `{driver}`, expected one of {}", names.join(", "));
                Err(Misfit { line: 1, key: "driver".to_owned(), reason })
            }
        }
    }
}

/// The drivers of one interface.
pub struct Drivers<T: ?Sized> {
    menu: Menu,
    makers: Vec<(&'static str, Make<T>)>,
}

type Make<T> =
    Box<dyn Fn(&str, &Surroundings) -> BoxFuture<'static, Result<Arc<T>, NodeError>> + Send + Sync>;

impl<T: ?Sized + 'static> Drivers<T> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { menu: Menu::default(), makers: Vec::new() }
    }

    /// Adds a driver whose settings are a `C`.
    #[must_use]
    pub fn with<C, F, M>(mut self, name: &'static str, make: F) -> Self
    where
        C: DeserializeOwned + JsonSchema + Send + 'static,
        F: Fn(C, Surroundings) -> M + Send + Sync + 'static,
        M: Future<Output = Result<Arc<T>, NodeError>> + Send + 'static,
    {
        self.menu = self.menu.with::<C>(name);
        let make = move |config: &str, surroundings: &Surroundings| -> BoxFuture<'static, _> {
            match read::<C>(config) {
                Ok(config) => Box::pin(make(config, surroundings.clone())),
                Err(misfit) => {
                    let reason = misfit.to_string();
                    Box::pin(
                        async move { Err(NodeError::Failed { place: "its settings".to_owned(), reason }) },
                    )
                }
            }
        };
        self.makers.push((name, Box::new(make)));
        self
    }

    /// What can be chosen.
    #[must_use]
    pub const fn menu(&self) -> &Menu {
        &self.menu
    }

    /// Makes a driver.
    ///
    /// # Errors
    /// There is no such driver, the settings don't fit, or what it needs is not there.
    pub async fn make(
        &self,
        driver: &str,
        config: &str,
        surroundings: &Surroundings,
    ) -> Result<Arc<T>, NodeError> {
        match self.makers.iter().find(|(name, _)| *name == driver) {
            Some((_, make)) => make(config, surroundings).await,
            None => Err(NodeError::Unknown { what: "driver", name: driver.to_owned() }),
        }
    }
}

impl<T: ?Sized + 'static> Default for Drivers<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: ?Sized> fmt::Debug for Drivers<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drivers").field("menu", &self.menu).finish_non_exhaustive()
    }
}
