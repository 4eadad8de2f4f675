//! What a character is made of: how it is kept, and what stands in for one that was never made.

use chrono::{DateTime, Utc};
use rules::{Id, Ruleset, content::srd};
use store::{Records, StoreError, character_builds::CharacterBuild, characters::Character};

use super::dice;
use crate::{Error, rules::known};

/// The form in which builds are kept now: [`rules::character::Character`] as JSON. A later form gets the next number, and a reader
/// of this one in [`decode`].
pub(super) const VERSION: i16 = 1;
/// The rules that all worlds play by.
pub(super) const RULESET: Ruleset = Ruleset::SRD_5_1;
/// What someone becomes who named no class.
pub(super) const CLASS_OF_THE_UNDECIDED: &str = "srd:fighter";

/// A character with what it is made of.
#[derive(Clone, Debug)]
pub(crate) struct Built {
    /// Who it is.
    pub(crate) record: Character,
    /// Choices, belongings and wear.
    pub(crate) character: rules::character::Character,
    /// Of the row that it was read from; none before it was ever kept.
    revision: Option<i64>,
}

impl Built {
    pub(super) const fn new(record: Character, character: rules::character::Character) -> Self {
        Self { record, character, revision: None }
    }
}

/// Reads what a character is made of. One that was made before there were builds gets one that suits its race, the same each
/// time.
pub(crate) async fn load(records: &impl Records, record: Character) -> Result<Built, Error> {
    let build = store::character_builds::find(records, record.id).await?;
    put_together(record, build)
}

/// The same for several at once.
pub(super) async fn load_all(
    records: &impl Records,
    characters: Vec<Character>,
) -> Result<Vec<Built>, Error> {
    let mut builds =
        store::character_builds::find_all(records, characters.iter().map(|record| record.id)).await?;
    let built = characters.into_iter().map(|record| {
        let place = builds.iter().position(|build| build.character == record.id);
        put_together(record, place.map(|place| builds.swap_remove(place)))
    });
    built.collect()
}

fn put_together(record: Character, build: Option<CharacterBuild>) -> Result<Built, Error> {
    match build {
        Some(build) => {
            let revision = Some(build.revision);
            Ok(Built { character: decode(build)?, record, revision })
        }
        None => {
            let class = known(CLASS_OF_THE_UNDECIDED)
                .ok_or_else(|| Error::Internal("the content has no class of the undecided".to_owned()))?;
            let character = quick(&record, class)?;
            Ok(Built::new(record, character))
        }
    }
}

/// What is kept comes from this server, so its ids are the content's.
fn decode(build: CharacterBuild) -> Result<rules::character::Character, Error> {
    let unreadable = |reason: String| StoreError::Unreadable { table: "character_build", reason };
    if build.version != VERSION {
        return Err(unreadable(format!("version {} of {}", build.version, build.character)).into());
    }
    serde_json::from_value(build.build)
        .map_err(|error| unreadable(format!("{}: {error}", build.character)).into())
}

/// A character of the first level in that class, in which everything suits its race and class.
pub(super) fn quick(record: &Character, class: Id) -> Result<rules::character::Character, Error> {
    let race = race_id(&record.race)?;
    rules::character::Character::quick(race, class, srd(), &RULESET, dice::of(record.id))
        .map_err(|refusals| Error::Internal(format!("no quick {race} {class}: {refusals:?}")))
}

/// The content's id of a race as the store names it: `half_elf` is `srd:half-elf`.
pub(super) fn race_id(name: &str) -> Result<Id, Error> {
    let id = format!("srd:{}", name.replace('_', "-"));
    known(&id).ok_or_else(|| Error::Internal(format!("the content has no race {id}")))
}

/// Keeps what a character is made of.
///
/// # Errors
/// [`Error::Conflict`] if somebody else changed it since it was read.
pub(super) async fn save(records: &impl Records, built: &Built, now: DateTime<Utc>) -> Result<(), Error> {
    let meanwhile =
        || Error::Conflict("the character was changed meanwhile; read it again and repeat".to_owned());
    let build = serde_json::to_value(&built.character)
        .map_err(|error| Error::Internal(format!("a build can't be written: {error}")))?;
    let row = CharacterBuild {
        character: built.record.id,
        version: VERSION,
        revision: built.revision.unwrap_or(0),
        build,
    };
    match built.revision {
        Some(_) if store::character_builds::replace(records, &row, now).await? => Ok(()),
        Some(_) => Err(meanwhile()),
        None => match store::character_builds::insert(records, &row, now).await {
            Err(StoreError::Conflict(_)) => Err(meanwhile()),
            other => Ok(other?),
        },
    }
}
