//! Making a character.

use api::{
    FieldError,
    character::{CharacterView, CreateCharacterRequest},
    right,
};
use garde::Validate as _;
use grid::{CharacterId, WorldId};
use rules::{
    character::{BaseScores, ScoreMethod},
    content::srd,
};
use serde_json::json;
use store::{StoreError, Transaction, characters::Character, events::Happening};
use unicode_security::MixedScript as _;
use uuid::Uuid;

use super::{
    build::{self, Built, CLASS_OF_THE_UNDECIDED, RULESET},
    choices, refusals, view,
};
use crate::{Actor, Allowed, Domain, Error, audit, events};

/// Characters that an account may have.
const OF_ACCOUNT_MAX: u64 = 20;

/// Makes a character of the actor's own, standing at its world's spawn point. What the request leaves open is decided here: with
/// a class alone everything suits it, without one it is a fighter.
///
/// # Errors
/// [`Error::InvalidField`] for a name of mixed scripts; [`Error::AgainstTheRules`] for choices that the rules refuse, with what
/// they allow; [`Error::Conflict`] if the name is taken in that world or the account has enough characters; [`Error::NotFound`]
/// for an unknown world.
pub async fn create(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    request: CreateCharacterRequest,
) -> Result<CharacterView, Error> {
    request.validate()?;
    check_script(&request.name)?;
    let world_id = choose_world(domain, request.world_id).await?;
    let position = domain.terrain().start(world_id).await?;
    let now = store::now();
    let record = Character {
        id: CharacterId::from_uuid(Uuid::now_v7()),
        account_id: actor.account(),
        world_id,
        name: request.name.clone(),
        race: view::race_name(request.race)?,
        position,
        created_at: now,
        updated_at: now,
        last_played_at: None,
    };
    let character = make(&record, &request)?;
    let built = Built::new(record, character);
    insert(domain, actor, &built).await?;
    view::view(&built)
}

/// A Cyrillic letter among Latin ones makes a name that reads as somebody else's (Unicode Technical Standard 39, 5.1).
fn check_script(name: &str) -> Result<(), Error> {
    if name.is_single_script() {
        return Ok(());
    }
    let message = "use letters of one script: mixed, they can pass for another's name".to_owned();
    Err(Error::InvalidField { field: "name", message })
}

/// The character of the rules, by the player's choices or by the server's.
fn make(record: &Character, request: &CreateCharacterRequest) -> Result<rules::character::Character, Error> {
    match (&request.choices, &request.class) {
        (Some(_), Some(_)) => {
            let message = "not together with `choices`, which name the class themselves".to_owned();
            Err(Error::InvalidField { field: "class", message })
        }
        (Some(choices), None) => {
            let new = choices::read(build::race_id(&record.race)?, choices)?;
            let class = new.class;
            let mut character = rules::character::Character::create(new, srd(), &RULESET)
                .map_err(|refusals| refusals::refuse(&refusals, "choices.", Some(class)))?;
            character.dress(srd());
            Ok(character)
        }
        (None, class) => {
            let class = refusals::id("class", class.as_deref().unwrap_or(CLASS_OF_THE_UNDECIDED))?;
            if srd().class(class).is_none() {
                let unknown = rules::character::Refusal::Unknown { kind: "class", id: class };
                return Err(refusals::refuse(&[unknown], "", None));
            }
            build::quick(record, class)
        }
    }
}

async fn choose_world(domain: &Domain, wanted: Option<WorldId>) -> Result<WorldId, Error> {
    if let Some(world) = wanted {
        return Ok(domain.terrain().world(world).await?.record.id);
    }
    let worlds = store::worlds::list(domain.store()).await?;
    worlds.first().map(|world| world.id).ok_or(Error::NotFound("world"))
}

async fn insert(domain: &Domain, actor: &Actor, built: &Built) -> Result<(), Error> {
    let record = &built.record;
    let transaction = domain.store().begin().await?;
    if store::characters::count_of_account(&transaction, record.account_id).await? >= OF_ACCOUNT_MAX {
        return Err(Error::Conflict(format!("an account has at most {OF_ACCOUNT_MAX} characters")));
    }
    spend_roll(&transaction, record, built.character.scores).await?;
    store::characters::insert(&transaction, record).await.map_err(|error| match error {
        StoreError::Conflict(_) => {
            Error::Conflict(format!("the name {} is taken in this world", record.name))
        }
        other => Error::Store(other),
    })?;
    build::save(&transaction, built, record.created_at).await?;
    let class = built.character.classes().next().map(|class| class.to_string());
    let details =
        json!({ "name": record.name, "race": record.race, "class": class, "world_id": record.world_id });
    audit::note(&transaction, actor, "character.create", format!("character {}", record.id), details).await?;
    let created = Happening::CharacterCreated {
        character_id: record.id,
        account_id: record.account_id,
        world_id: record.world_id,
        race: record.race.clone(),
    };
    events::tell(&transaction, actor, &created).await?;
    Ok(transaction.commit().await?)
}

/// Rolled scores are those that the server threw for the account, and serve once.
async fn spend_roll(transaction: &Transaction, record: &Character, scores: BaseScores) -> Result<(), Error> {
    if scores.method != ScoreMethod::Rolled {
        return Ok(());
    }
    let refuse = |message: String| {
        Error::AgainstTheRules(vec![FieldError { field: "choices.scores.rolled".to_owned(), message }])
    };
    let Some(thrown) = store::score_rolls::find(transaction, record.account_id).await? else {
        return Err(refuse("throw them first: POST /api/v1/characters/scores".to_owned()));
    };
    let sorted = |mut scores: [u8; 6]| {
        scores.sort_unstable_by(|a, b| b.cmp(a));
        scores
    };
    let (thrown, claimed) = (sorted(thrown), sorted(scores.scores));
    if thrown != claimed {
        let scores: Vec<String> = thrown.iter().map(u8::to_string).collect();
        return Err(refuse(format!("the dice showed {}; spread these, each once", scores.join(", "))));
    }
    store::score_rolls::spend(transaction, record.account_id).await?;
    Ok(())
}
