//! Records of fights as people read them.

use api::{
    character::{FigurePart, Named},
    combat_log::{CombatEntry, CombatKind, CombatParty, DamageView, RollView},
};
use game::{CombatDeed, CombatRecord, Fact, Id, Outcome, Party, RollParts};
use rules::{RollMode, content::srd, language::MoveHow};

/// What is told of one record.
struct Telling {
    kind: CombatKind,
    text: String,
    what: Option<Id>,
    roll: Option<RollView>,
    damage: Option<DamageView>,
}

impl Telling {
    fn new(kind: CombatKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), what: None, roll: None, damage: None }
    }

    fn about(kind: CombatKind, text: &str, what: Id) -> Self {
        Self { what: Some(what), ..Self::new(kind, format!("{text} {}", name_of(what))) }
    }

    fn rolled(kind: CombatKind, text: String, parts: RollParts, outcome: &str) -> Self {
        Self { roll: Some(roll(parts, outcome)), ..Self::new(kind, text) }
    }
}

/// A record as an entry of the log.
pub(super) fn entry(record: &CombatRecord) -> CombatEntry {
    let Telling { kind, text, what, roll, damage } = telling(&record.deed, record.other.as_ref());
    CombatEntry {
        id: record.id.uuid(),
        tick: record.tick,
        at: record.at,
        kind,
        who: party(&record.who),
        other: record.other.as_ref().map(party),
        text,
        what: what.map(|id| Named::of(id, srd())),
        roll,
        damage,
    }
}

/// What a record is about, without the words.
pub(super) fn kind(record: &CombatRecord) -> CombatKind {
    telling(&record.deed, None).kind
}

fn party(party: &Party) -> CombatParty {
    let name = if party.name.is_empty() { "Somebody who is gone" } else { &*party.name };
    CombatParty { id: party.entity, name: name.to_owned() }
}

fn name_of(id: Id) -> String {
    Named::of(id, srd()).name
}

fn roll(RollParts { die, mode, bonus, added, against }: RollParts, outcome: &str) -> RollView {
    let mode = match mode {
        RollMode::Normal => None,
        RollMode::Advantage => Some("advantage".to_owned()),
        RollMode::Disadvantage => Some("disadvantage".to_owned()),
    };
    let added = added.into_iter().flatten().map(|(id, amount)| FigurePart { source: name_of(id), amount });
    let added = added.collect();
    RollView { die, mode, bonus, added, total: i32::from(die) + bonus, against, outcome: outcome.to_owned() }
}

fn telling(deed: &CombatDeed, other: Option<&Party>) -> Telling {
    match *deed {
        CombatDeed::Fact(fact) => told(fact),
        CombatDeed::Fell => Telling::new(CombatKind::Death, "falls to 0 hit points"),
        CombatDeed::Died => {
            Telling::new(CombatKind::Death, if other.is_some() { "is killed" } else { "dies" })
        }
        CombatDeed::Revived => Telling::new(CombatKind::Death, "lives again"),
        CombatDeed::Earned(points) => Telling::new(CombatKind::Death, format!("earns {points} experience")),
    }
}

fn told(fact: Fact) -> Telling {
    use CombatKind as K;
    let success = |yes: bool| if yes { "success" } else { "failure" };
    match fact {
        Fact::Attacked { roll, outcome, .. } => {
            let (text, word) = match outcome {
                Outcome::Miss => ("attacks and misses", "miss"),
                Outcome::Hit => ("attacks and hits", "hit"),
                Outcome::Critical => ("attacks and hits critically", "critical"),
            };
            Telling::rolled(K::Attack, text.to_owned(), roll, word)
        }
        Fact::Saved { ability, roll, success: made } => {
            let verb = if made { "makes" } else { "fails" };
            Telling::rolled(K::Save, format!("{verb} a {} save", ability.name()), roll, success(made))
        }
        Fact::Checked { skill, roll, success: made } => {
            let verb = if made { "makes" } else { "fails" };
            let what = skill.map_or_else(|| "check".to_owned(), |skill| format!("{skill} check"));
            Telling::rolled(K::Check, format!("{verb} a {what}"), roll, success(made))
        }
        Fact::Damaged { kind, dealt, lost, left, .. } => {
            let text = format!("loses {lost} hit points by {kind} and has {left}");
            let damage = DamageView { damage_type: kind.word().to_owned(), dealt, lost, left };
            Telling { damage: Some(damage), ..Telling::new(K::Damage, text) }
        }
        Fact::Healed { amount, left, .. } => {
            Telling::new(K::Healing, format!("regains {amount} hit points and has {left}"))
        }
        Fact::Shielded { amount } => Telling::new(K::Healing, format!("has {amount} temporary hit points")),
        Fact::BeganCasting { spell, .. } => Telling::about(K::Spell, "begins to cast", spell),
        Fact::Cast { spell, level: 0 } => Telling::about(K::Spell, "casts", spell),
        Fact::Cast { spell, level } => {
            let text = format!("casts {} at level {level}", name_of(spell));
            Telling { what: Some(spell), ..Telling::new(K::Spell, text) }
        }
        Fact::Needed { spell, gp, consumed } => {
            let verb = if consumed { "uses up" } else { "needs" };
            let text = format!("{verb} material of {gp} gp for {}", name_of(spell));
            Telling { what: Some(spell), ..Telling::new(K::Spell, text) }
        }
        Fact::Countered { spell } => Telling::about(K::Spell, "is countered while casting", spell),
        Fact::ConcentrationEnded { spell } => Telling::about(K::Spell, "stops concentrating on", spell),
        Fact::Applied { effect, .. } => Telling::about(K::Effect, "comes under", effect),
        Fact::Ended { effect } => Telling::about(K::Effect, "is rid of", effect),
        Fact::Transformed { into: Some(form) } => Telling::about(K::Effect, "takes the form of", form),
        Fact::Transformed { into: None } => Telling::new(K::Effect, "takes its own form again"),
        Fact::ZoneMade { .. } => Telling::new(K::Effect, "fills an area"),
        Fact::Resisted => Telling::new(K::Save, "turns a failed save into a success"),
        Fact::DeathSaved { die } => Telling::new(K::Death, format!("throws {die} for a death save")),
        Fact::Stabilised => Telling::new(K::Death, "is stable"),
        Fact::Initiative { total } => Telling::new(K::Turn, format!("rolls {total} for initiative")),
        Fact::Acted { action } => Telling::about(K::Turn, "uses", action),
        Fact::Reacted => Telling::new(K::Turn, "reacts"),
        Fact::Readied { action } => Telling::about(K::Turn, "waits with", action),
        Fact::Moved { how, feet } => Telling::new(K::Turn, format!("is {} {feet} ft", moved(how))),
        Fact::Summoned { .. } => Telling::new(K::Turn, "comes when it is called"),
        Fact::Dismissed => Telling::new(K::Turn, "leaves as it was called"),
        Fact::Narrated { text } => Telling::new(K::Turn, text),
        Fact::Fled => Telling::new(K::Turn, "runs away"),
        Fact::GaveUp => Telling::new(K::Turn, "gives the fight up and goes home"),
        // Not remembered by the region.
        Fact::Spent { what, .. } => Telling::about(K::Turn, "spends", what),
        Fact::Granted { item, .. } => Telling::about(K::Turn, "is handed", item),
    }
}

const fn moved(how: MoveHow) -> &'static str {
    match how {
        MoveHow::Push => "pushed",
        MoveHow::Pull => "pulled",
        MoveHow::Teleport => "teleported",
        MoveHow::Swap => "swapped",
        MoveHow::Shift | MoveHow::Walk => "moved",
        MoveHow::Lift => "lifted",
        MoveHow::Fall => "dropped",
        MoveHow::Flee => "driven away",
        MoveHow::Approach => "drawn near",
        MoveHow::Banish => "sent out of the world or back by",
    }
}
