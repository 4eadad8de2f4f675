//! What the rules refuse, told by the field of the request and with what they would allow.

use std::fmt::Write as _;

use api::FieldError;
use rules::{
    Id,
    character::Refusal,
    content::{FeaturePick, Library, srd},
};

use crate::{Error, rules::known};

/// Most options that a refusal names; beyond it the compendium is the better place to look.
const OPTIONS_MAX: usize = 40;

/// The id of content that a request names. Only what the content knows becomes an id: texts of strangers are not kept.
///
/// # Errors
/// [`Error::AgainstTheRules`] with the field.
pub(super) fn id(field: &str, text: &str) -> Result<Id, Error> {
    known(text).ok_or_else(|| {
        let message = format!("the rules know no `{text}`; ids are those of GET /api/v1/rules/…");
        Error::AgainstTheRules(vec![FieldError { field: field.to_owned(), message }])
    })
}

/// The same, of several.
pub(super) fn ids(field: &str, texts: &[String]) -> Result<Vec<Id>, Error> {
    texts.iter().enumerate().map(|(place, text)| id(&format!("{field}[{place}]"), text)).collect()
}

/// The refusals as an error. `prefix` is where the choices stand in the request, such as `choices.`; `class` is the class that
/// skills are chosen from. What contradicts the character's state and not a field is a conflict.
pub(super) fn refuse(refusals: &[Refusal], prefix: &str, class: Option<Id>) -> Error {
    // With too little experience no other choice would help.
    let is_too_early = refusals.iter().any(|refusal| matches!(refusal, Refusal::Experience { .. }));
    if is_too_early || refusals.iter().all(is_about_state) {
        let reasons = refusals.iter().filter(|refusal| is_about_state(refusal));
        let reasons: Vec<String> = reasons.map(ToString::to_string).collect();
        return Error::Conflict(reasons.join("; "));
    }
    let errors = refusals.iter().map(|refusal| {
        let mut message = refusal.to_string();
        let allowed = allowed(refusal, class, srd());
        if !allowed.is_empty() {
            let (named, rest) = allowed.split_at(allowed.len().min(OPTIONS_MAX));
            let dots = if rest.is_empty() { "" } else { ", …" };
            let names: Vec<&str> = named.iter().map(String::as_str).collect();
            let _ = write!(message, "; allowed: {}{dots}", names.join(", "));
        }
        FieldError { field: format!("{prefix}{}", field(refusal)), message }
    });
    Error::AgainstTheRules(errors.collect())
}

/// What the character has or lacks, whatever the request says.
const fn is_about_state(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Experience { .. }
            | Refusal::NotOwned(_)
            | Refusal::Money { .. }
            | Refusal::Spent(_)
            | Refusal::Overspent(_)
            | Refusal::Down
            | Refusal::Equipped(_)
            | Refusal::Attuned(_)
            | Refusal::Levels(_)
    )
}

fn field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Unknown { kind, .. } => match *kind {
            "race" => "race",
            "background" => "background",
            "feat" => "improvements",
            "item" | "price of item" => "item",
            "spell" => "spells",
            _ => "class",
        },
        Refusal::Scores(_) | Refusal::RolledScore(_) => "scores",
        Refusal::Subrace { .. } => "subrace",
        Refusal::FreeBonuses { .. } => "free_bonuses",
        Refusal::Multiclass { .. } | Refusal::Levels(_) | Refusal::Experience { .. } => "class",
        Refusal::HitDie { .. } => "hit_points",
        Refusal::Subclass { .. } => "subclass",
        Refusal::Skill(_) | Refusal::SkillCount { .. } => "skills",
        Refusal::Improvements { .. } | Refusal::AboveTwenty(_) | Refusal::Requirements(_) => "improvements",
        Refusal::NotOffered { .. } | Refusal::TooManyPicks { .. } => "picks",
        Refusal::Spell { .. } | Refusal::SpellCount { .. } => "spells",
        Refusal::StartingEquipment(_) => "goods",
        Refusal::Spent(_) | Refusal::Overspent(_) | Refusal::Down => "wear",
        Refusal::Equipped(_) | Refusal::Attuned(_) | Refusal::NotOwned(_) | Refusal::Money { .. } => "item",
    }
}

/// What may be chosen in place of what was refused.
fn allowed(refusal: &Refusal, class: Option<Id>, library: &Library) -> Vec<String> {
    match refusal {
        Refusal::Unknown { kind: "class", .. } => texts(library.classes().iter().map(|class| class.id)),
        Refusal::Unknown { kind: "background", .. } => {
            texts(library.backgrounds().iter().map(|background| background.id))
        }
        Refusal::Subrace { race } => {
            let own = library.subraces().iter().filter(|subrace| subrace.of == *race);
            let own = texts(own.map(|subrace| subrace.id));
            if own.is_empty() { vec!["none".to_owned()] } else { own }
        }
        Refusal::Subclass { class, .. } => {
            let own = library.subclasses().iter().filter(|subclass| subclass.of == *class);
            texts(own.map(|subclass| subclass.id))
        }
        Refusal::Skill(_) | Refusal::SkillCount { .. } => {
            let from = class.and_then(|class| library.class(class)).map(|class| &class.skills.from);
            from.into_iter().flatten().map(|skill| skill.word().to_owned()).collect()
        }
        Refusal::NotOffered { of, .. } => {
            let offered = picks(*of, library).into_iter();
            texts(offered.flat_map(|pick| pick.features.iter().chain(&pick.words).copied()))
        }
        Refusal::StartingEquipment(class) => starting_goods(*class, library),
        _ => Vec::new(),
    }
}

fn texts(ids: impl Iterator<Item = Id>) -> Vec<String> {
    ids.map(|id| id.to_string()).collect()
}

fn picks(of: Id, library: &Library) -> Vec<&FeaturePick> {
    let feature = library.feature(of).map(|record| &record.picks);
    let race = library.race(of).map(|record| &record.picks);
    let subrace = library.subrace(of).map(|record| &record.picks);
    let background = library.background(of).map(|record| &record.picks);
    let class = library.class(of).map(|record| &record.tool_picks);
    [feature, race, subrace, background, class].into_iter().flatten().flatten().collect()
}

/// The class's choices in words: for each, its alternatives by number.
fn starting_goods(class: Id, library: &Library) -> Vec<String> {
    let Some(class) = library.class(class) else { return Vec::new() };
    let choices = class.equipment.iter().enumerate().map(|(number, alternatives)| {
        let told = alternatives.iter().enumerate().map(|(place, lots)| {
            let lots: Vec<String> = lots
                .iter()
                .map(|lot| match (lot.item, lot.any) {
                    (Some(item), _) => format!("{} × {item}", lot.count),
                    (None, Some(group)) => format!("{} × any {group}", lot.count),
                    (None, None) => "nothing".to_owned(),
                })
                .collect();
            format!("{place} = {}", lots.join(" and "))
        });
        format!("choice {number}: {}", told.collect::<Vec<_>>().join(" or "))
    });
    choices.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Id {
        known(text).unwrap_or_else(|| panic!("{text} is of the content"))
    }

    fn only_error(error: Error) -> FieldError {
        match error {
            Error::AgainstTheRules(mut errors) if errors.len() == 1 => errors.remove(0),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_names_the_field_and_what_would_be_allowed() {
        let elf = refuse(&[Refusal::Subrace { race: named("srd:elf") }], "choices.", None);
        let elf = only_error(elf);
        assert_eq!(elf.field, "choices.subrace");
        assert!(elf.message.ends_with("allowed: srd:high-elf"), "{}", elf.message);
        let skill = Refusal::Skill(rules::vocabulary::Skill::Arcana);
        let skill = only_error(refuse(&[skill], "choices.", Some(named("srd:barbarian"))));
        assert!(skill.message.contains("allowed: animal_handling, athletics"), "{}", skill.message);
        let goods = only_error(refuse(&[Refusal::StartingEquipment(named("srd:fighter"))], "", None));
        assert!(goods.message.contains("choice 0: 0 = 1 × srd:chain-mail or 1 ="), "{}", goods.message);
    }

    #[test]
    fn what_the_character_lacks_is_a_conflict_and_no_field() {
        let error = refuse(&[Refusal::Money { needed: 150_000, has: 1_500 }], "", None);
        assert!(matches!(&error, Error::Conflict(why) if why.contains("150000 cp")), "{error:?}");
    }

    #[test]
    fn what_strangers_write_does_not_become_an_id() {
        assert!(id("class", "srd:made-up-by-a-stranger").is_err());
        assert_eq!(Id::known("srd:made-up-by-a-stranger"), None);
    }
}
