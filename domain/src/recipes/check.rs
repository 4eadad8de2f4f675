//! What a text would do if it were published.

use api::{
    recipe::{CheckRecipeRequest, RecipeChange, RecipeCheck, RecipeFault, RecipeTestResult},
    right,
};
use garde::Validate as _;
use grid::WorldId;
use tokio::task::spawn_blocking;
use worldgen::{Proof, Recipe, World};

use super::{Subject, changes, compile};
use crate::{Allowed, Domain, Error};

/// Checks a text against the newest version, and runs its own tests; changes nothing. Takes a core for some seconds.
///
/// # Errors
/// [`Error::NotFound`] if there is no such world; [`Error::Invalid`] if the text is empty or too long.
pub async fn check(
    domain: &Domain,
    _: &Allowed<right::EditRecipes>,
    world: WorldId,
    request: CheckRecipeRequest,
) -> Result<RecipeCheck, Error> {
    request.validate()?;
    let subject = super::subject(domain, world).await?;
    Ok(match examine(&subject, request.yaml).await? {
        Ok(found) => found.told(),
        Err(faults) => RecipeCheck {
            faults,
            changes: Vec::new(),
            changes_terrain: false,
            tests: Vec::new(),
            fingerprint: None,
            publishable: false,
        },
    })
}

/// What was found out about a sound text.
pub(super) struct Examined {
    pub(super) warnings: Vec<RecipeFault>,
    pub(super) changes: Vec<RecipeChange>,
    pub(super) changes_terrain: bool,
    pub(super) proofs: Vec<Proof>,
    /// Tests that fail, and failed in the newest version already.
    pub(super) failed_before: Vec<String>,
    pub(super) fingerprint: String,
}

impl Examined {
    /// The first test that the newest version passes and this one doesn't. What fails already keeps nobody from publishing
    /// something else.
    pub(super) fn worse(&self) -> Option<&Proof> {
        self.proofs.iter().find(|proof| !proof.holds && !self.failed_before.contains(&proof.test))
    }

    fn told(self) -> RecipeCheck {
        let publishable = self.worse().is_none() && !self.changes.is_empty();
        let line = |line: u64| u32::try_from(line).unwrap_or(u32::MAX);
        let result = |proof: Proof| RecipeTestResult {
            test: proof.test,
            expected: proof.expected,
            found: proof.found,
            holds: proof.holds,
            line: proof.line.map(line),
        };
        RecipeCheck {
            faults: self.warnings,
            changes: self.changes,
            changes_terrain: self.changes_terrain,
            tests: self.proofs.into_iter().map(result).collect(),
            fingerprint: Some(self.fingerprint),
            publishable,
        }
    }
}

/// Reads a text, compares it with the newest version and runs its tests; or tells its faults.
pub(super) async fn examine(
    subject: &Subject,
    yaml: String,
) -> Result<Result<Examined, Vec<RecipeFault>>, Error> {
    let (world, warnings) = match compile(yaml, subject.world.record.seed).await? {
        Ok(compiled) => compiled,
        Err(faults) => return Ok(Err(faults)),
    };
    let before = newest_recipe(subject)?;
    let changes = changes::between(&before, world.recipe())
        .map_err(|error| Error::Internal(format!("recipes can't be compared: {error}")))?;
    let fingerprint = world.fingerprint();
    let proofs = prove(world).await?;
    let failed_before =
        if proofs.iter().all(|proof| proof.holds) { Vec::new() } else { failures_of_newest(subject).await? };
    Ok(Ok(Examined {
        warnings,
        changes,
        changes_terrain: fingerprint != subject.newest.fingerprint,
        proofs,
        failed_before,
        fingerprint,
    }))
}

async fn prove(world: World) -> Result<Vec<Proof>, Error> {
    let proofs = spawn_blocking(move || world.run_tests()).await;
    proofs.map_err(|error| Error::Internal(format!("a recipe's tests: {error}")))
}

async fn failures_of_newest(subject: &Subject) -> Result<Vec<String>, Error> {
    let Ok((newest, _)) = compile(subject.newest.yaml.clone(), subject.world.record.seed).await? else {
        return Ok(Vec::new());
    };
    let failures = prove(newest).await?.into_iter().filter(|proof| !proof.holds);
    Ok(failures.map(|proof| proof.test).collect())
}

fn newest_recipe(subject: &Subject) -> Result<Recipe, Error> {
    if subject.newest.version == subject.world.record.recipe_version {
        return Ok(subject.world.world.recipe().clone());
    }
    Recipe::from_yaml(super::TEXT, &subject.newest.yaml)
        .map_err(|error| Error::Internal(format!("a published recipe can't be read: {error}")))
}
