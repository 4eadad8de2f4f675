//! Recipes of worlds: a draft that designers share, versions that were published, and the way back.
//!
//! A world has one draft at most, and versions that count from 1, the recipe that it was made with. Versions are never
//! changed: going back publishes an earlier text anew. **A published version takes effect when the server next starts**,
//! for the whole world at once: the ground never moves under a player's feet, and a chunk's bytes are the same for as
//! long as a process lives. Chunks are kept under the fingerprint of all that they depend on, so those of a version that
//! comes back are there already.

mod changes;
mod check;
mod draft;
mod publish;
mod roll_back;
mod schema;
mod versions;

pub use check::check;
pub use draft::{discard_draft, read_draft, save_draft};
pub use publish::publish;
pub use roll_back::roll_back;
pub use schema::schema;
pub use versions::{list, read};

pub(crate) use versions::note_first;

use std::{collections::BTreeMap, sync::Arc};

use api::recipe::{FaultSeverity, RecipeFault, RelatedPlace};
use grid::{AccountId, WorldId};
use store::{StoreError, recipes::RecipeVersionRecord};
use tokio::task::spawn_blocking;
use worldgen::{Fault, Severity, World};

use crate::{Domain, Error, terrain::GrownWorld};

/// What faults call the text: it stands in no file.
const TEXT: &str = "recipe.yaml";

/// A world and the newest version of its recipe, which need not be in force yet.
struct Subject {
    world: Arc<GrownWorld>,
    newest: RecipeVersionRecord,
}

/// The world and its newest version.
async fn subject(domain: &Domain, id: WorldId) -> Result<Subject, Error> {
    let world = domain.terrain().world(id).await?;
    let newest = store::recipes::list_versions(domain.store(), id, None, 1).await?.into_iter().next();
    let newest = newest.ok_or(Error::NotFound("version of this world's recipe"))?;
    Ok(Subject { world, newest })
}

/// The world that grows from a text, with its warnings; or all that is wrong.
type Compiled = Result<(World, Vec<RecipeFault>), Vec<RecipeFault>>;

/// Reads and checks a text on a thread for such work.
async fn compile(yaml: String, seed: u64) -> Result<Compiled, Error> {
    let compiled = spawn_blocking(move || worldgen::compile(TEXT, &yaml, seed, &BTreeMap::new())).await;
    let compiled = compiled.map_err(|error| Error::Internal(format!("a recipe's check: {error}")))?;
    Ok(match compiled {
        Ok(compiled) => Ok((compiled.world, faults(compiled.warnings))),
        Err(found) => Err(faults(found)),
    })
}

fn faults(found: Vec<Fault>) -> Vec<RecipeFault> {
    let place = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    found
        .into_iter()
        .map(|fault| RecipeFault {
            severity: match fault.severity {
                Severity::Warning => FaultSeverity::Warning,
                Severity::Error => FaultSeverity::Error,
            },
            line: place(fault.line),
            column: place(fault.column),
            key: fault.key,
            what: fault.what,
            suggestion: fault.suggestion,
            related: fault
                .related
                .into_iter()
                .map(|(line, column, what)| RelatedPlace { line: place(line), column: place(column), what })
                .collect(),
        })
        .collect()
}

/// What people call these accounts; the server itself where there is none.
struct Names(BTreeMap<AccountId, String>);

impl Names {
    async fn of(domain: &Domain, accounts: impl Iterator<Item = Option<AccountId>>) -> Result<Self, Error> {
        let accounts: Vec<AccountId> = accounts.flatten().collect();
        let found = store::accounts::find_all(domain.store(), &accounts).await?;
        Ok(Self(found.into_iter().map(|account| (account.id, account.display_name)).collect()))
    }

    fn name(&self, account: Option<AccountId>) -> String {
        match account {
            None => "the server".to_owned(),
            Some(id) => self.0.get(&id).cloned().unwrap_or_else(|| "an account that is gone".to_owned()),
        }
    }
}

/// Somebody was quicker: the store refuses a second version of a number, or a second draft.
fn lost_race(error: StoreError) -> Error {
    match error {
        StoreError::Conflict(_) => {
            Error::Conflict("somebody else was quicker; read it again and decide anew".to_owned())
        }
        other => other.into(),
    }
}
