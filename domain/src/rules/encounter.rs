//! How hard a fight would be.

use api::{
    encounter::{Encounter, EncounterBudget, EncounterLevel, EncounterMonster, EncounterQuery, Peril},
    right,
};
use garde::Validate as _;
use rules::{
    ChallengeRating, Difficulty,
    content::{Monster, srd},
    crowd_tenths, daily_budget, difficulty_of, encounter_budget, peril_of, peril_thresholds,
};

use crate::{Allowed, Error};

/// Most characters of a party.
const PARTY_MAX: u32 = 20;
/// Most monsters of a fight.
const MONSTERS_MAX: u32 = 200;

/// Weighs monsters against a party.
///
/// # Errors
/// A list that can't be read, an unknown monster, or too many of either.
pub fn encounter(_: &Allowed<right::ViewRules>, query: &EncounterQuery) -> Result<Encounter, Error> {
    query.validate()?;
    let party = party(&query.party)?;
    let monsters = monsters(&query.monsters)?;
    let levels: Vec<u8> = party.iter().flat_map(|lot| (0..lot.count).map(|_| lot.level)).collect();
    let heads = monsters.iter().map(|lot| lot.count).sum();
    let experience: u32 = monsters.iter().map(|lot| lot.count * lot.experience).sum();
    let tenths = crowd_tenths(heads, levels.len());
    let adjusted = experience / 10 * tenths + experience % 10 * tenths / 10;
    let thresholds = levels.iter().map(|&level| peril_thresholds(level)).fold([0; 4], |mut sum, each| {
        sum.iter_mut().zip(each).for_each(|(sum, each)| *sum += each);
        sum
    });
    let budgets = [Difficulty::Low, Difficulty::Moderate, Difficulty::High]
        .map(|difficulty| encounter_budget(&levels, difficulty));
    Ok(Encounter {
        experience,
        award_each: experience / levels.len().max(1) as u32,
        multiplier: f64::from(tenths) / 10.0,
        adjusted_experience: adjusted,
        thresholds,
        peril: match peril_of(&levels, adjusted) {
            rules::Peril::Trivial => Peril::Trivial,
            rules::Peril::Easy => Peril::Easy,
            rules::Peril::Medium => Peril::Medium,
            rules::Peril::Hard => Peril::Hard,
            rules::Peril::Deadly => Peril::Deadly,
        },
        daily_budget: levels.iter().map(|&level| daily_budget(level)).sum(),
        budgets,
        budget: match difficulty_of(&levels, experience) {
            Some(Difficulty::Low) => EncounterBudget::Low,
            Some(Difficulty::Moderate) => EncounterBudget::Moderate,
            Some(Difficulty::High) => EncounterBudget::High,
            None => EncounterBudget::Beyond,
        },
        party,
        monsters,
    })
}

fn refused(field: &'static str, message: impl Into<String>) -> Error {
    Error::InvalidField { field, message: message.into() }
}

/// The parts of a list that say something.
fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn party(list: &str) -> Result<Vec<EncounterLevel>, Error> {
    let mut party: Vec<EncounterLevel> = Vec::new();
    for part in parts(list) {
        let (level, count) = part.split_once('x').unwrap_or((part, "1"));
        let level = level.parse().ok().filter(|level| (1..=rules::LEVEL_MAX).contains(level));
        let count = count.parse().ok().filter(|count| (1..=PARTY_MAX).contains(count));
        let (Some(level), Some(count)) = (level, count) else {
            return Err(refused(
                "party",
                format!("levels from 1 to 20, as `3x4` or `5`; not `{}`", short(part)),
            ));
        };
        match party.iter_mut().find(|lot| lot.level == level) {
            Some(lot) => lot.count += count,
            None => party.push(EncounterLevel { level, count, daily_budget: daily_budget(level) }),
        }
    }
    party.sort_by_key(|lot| lot.level);
    match party.iter().map(|lot| lot.count).sum::<u32>() {
        0 => Err(refused("party", "name at least one character, as `3x4` or `5`")),
        1..=PARTY_MAX => Ok(party),
        _ => Err(refused("party", format!("at most {PARTY_MAX} characters"))),
    }
}

fn monsters(list: &str) -> Result<Vec<EncounterMonster>, Error> {
    let mut monsters: Vec<EncounterMonster> = Vec::new();
    for part in parts(list) {
        let (id, count) = part.split_once('*').unwrap_or((part, "1"));
        let count = count.parse().ok().filter(|count| (1..=MONSTERS_MAX).contains(count));
        let Some(count) = count else {
            return Err(refused(
                "monsters",
                format!("a count from 1 to {MONSTERS_MAX} after `*`, as `srd:ogre*2`"),
            ));
        };
        let known = srd().monsters().iter().find(|monster| monster.id.as_str() == id);
        let Some(monster) = known else {
            return Err(refused("monsters", format!("there is no monster `{}`", short(id))));
        };
        match monsters.iter_mut().find(|lot| lot.id == id) {
            Some(lot) => lot.count += count,
            None => monsters.push(lot_of(monster, count)),
        }
    }
    if monsters.iter().map(|lot| lot.count).sum::<u32>() > MONSTERS_MAX {
        return Err(refused("monsters", format!("at most {MONSTERS_MAX} monsters")));
    }
    Ok(monsters)
}

fn lot_of(monster: &Monster, count: u32) -> EncounterMonster {
    let challenge: ChallengeRating = monster.cr.parse().unwrap_or(ChallengeRating::ZERO);
    EncounterMonster {
        id: monster.id.to_string(),
        name: monster.name.clone(),
        count,
        challenge: challenge.to_string(),
        experience: monster.experience(),
    }
}

/// What is told back of what was sent.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
