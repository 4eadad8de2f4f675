//! Spells: learning and preparing.

use api::{
    FieldError,
    character::{CharacterRecord, SpellsRequest},
    right,
};
use garde::Validate as _;
use grid::CharacterId;
use rules::{
    Id,
    character::{Character, KnownSpell},
    content::{Preparation, srd},
};
use serde_json::json;

use super::{
    build::RULESET,
    change::{Deed, change},
    refusals,
};
use crate::{Allowed, Domain, Error};

/// Learns cantrips and spells of a class, and changes what is prepared.
///
/// # Errors
/// [`Error::AgainstTheRules`] for spells that the class doesn't have, that are too many or too high, and for preparing what the
/// class doesn't prepare; [`Error::NotFound`] for somebody else's character.
pub async fn change_spells(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    id: CharacterId,
    request: SpellsRequest,
) -> Result<CharacterRecord, Error> {
    request.validate()?;
    let class = refusals::id("class", &request.class)?;
    let learn = refusals::ids("learn", &request.learn)?;
    let prepare = request.prepare.as_deref().map(|texts| refusals::ids("prepare", texts)).transpose()?;
    let details = json!({ "class": request.class, "learn": request.learn, "prepare": request.prepare });
    let deed = Deed { action: "character.spells", details, is_staffs: false, calm_s: 0 };
    let (record, ()) = change(domain, actor, id, deed, |built| {
        let preparation = preparation(&built.character, class)?;
        check_learning(preparation, &learn)?;
        if let Some(prepare) = &prepare {
            check_preparing(&built.character, class, preparation, prepare, &learn)?;
        }
        built
            .character
            .revise(srd(), &RULESET, |character| {
                character.spells.extend(learn.into_iter().map(|spell| known(class, spell, false)));
                if let Some(prepare) = prepare {
                    prepare_anew(character, class, preparation, prepare);
                }
            })
            .map_err(|refusals| refusals::refuse(&refusals, "", Some(class)))?;
        Ok(().into())
    })
    .await?;
    Ok(record)
}

const fn known(class: Id, spell: Id, prepared: bool) -> KnownSpell {
    KnownSpell { class, spell, prepared }
}

fn refuse(field: &str, message: impl Into<String>) -> Error {
    Error::AgainstTheRules(vec![FieldError { field: field.to_owned(), message: message.into() }])
}

fn is_cantrip(spell: Id) -> bool {
    srd().spell(spell).is_some_and(|spell| spell.level == 0)
}

/// How the class comes by its spells.
fn preparation(character: &Character, class: Id) -> Result<Preparation, Error> {
    let casts = srd().class(class).and_then(|class| class.spells.as_ref());
    let casts = casts.filter(|_| character.level_in(class) > 0);
    casts.map(|spells| spells.preparation).ok_or_else(|| {
        let own: Vec<&str> = character.classes().map(Id::as_str).collect();
        refuse("class", format!("the character casts no spells of it; its classes are {}", own.join(", ")))
    })
}

fn check_learning(preparation: Preparation, learn: &[Id]) -> Result<(), Error> {
    let levelled = learn.iter().find(|spell| !is_cantrip(**spell));
    match levelled {
        Some(spell) if preparation == Preparation::List => Err(refuse(
            "learn",
            format!("the class prepares of its whole list and learns cantrips alone; prepare {spell}"),
        )),
        _ => Ok(()),
    }
}

fn check_preparing(
    character: &Character,
    class: Id,
    preparation: Preparation,
    prepare: &[Id],
    learn: &[Id],
) -> Result<(), Error> {
    if preparation == Preparation::Known {
        return Err(refuse("prepare", "the class knows its spells and prepares none; leave it out"));
    }
    if let Some(cantrip) = prepare.iter().find(|spell| is_cantrip(**spell)) {
        return Err(refuse("prepare", format!("{cantrip} is a cantrip, which needs no preparation")));
    }
    let in_book = |spell: &Id| {
        learn.contains(spell)
            || character.spells.iter().any(|known| known.class == class && known.spell == *spell)
    };
    match prepare.iter().find(|spell| !in_book(spell)) {
        Some(spell) if preparation == Preparation::Book => {
            Err(refuse("prepare", format!("{spell} is not in the book; learn it first")))
        }
        _ => Ok(()),
    }
}

/// What is not among them is no longer prepared; who prepares of a whole list keeps no note of the rest.
fn prepare_anew(character: &mut Character, class: Id, preparation: Preparation, prepare: Vec<Id>) {
    if preparation == Preparation::List {
        character.spells.retain(|known| known.class != class || is_cantrip(known.spell));
        character.spells.extend(prepare.into_iter().map(|spell| known(class, spell, true)));
        return;
    }
    for known in character.spells.iter_mut().filter(|known| known.class == class) {
        known.prepared = prepare.contains(&known.spell);
    }
}
