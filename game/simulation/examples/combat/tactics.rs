//! How well minds play: mirrored fights of ten kinds, thinking against chance and against whoever strikes at the nearest.

use serde_json::{Map, Value, json};
use simulation::{Command, Faction, Wits};

use crate::meadow::{Meadow, point, spawn, watcher};

/// A kind of fight: its name, and who stands on either side, the front first.
type Kind = (&'static str, &'static [&'static str]);

const KINDS: [Kind; 10] = [
    ("goblins that strike and shoot", &["srd:goblin"; 8]),
    ("brutes in the open", &["srd:orc", "srd:orc", "srd:ogre", "srd:orc", "srd:orc"]),
    ("archers", &["srd:scout"; 6]),
    ("a wolf pack", &["srd:wolf"; 6]),
    (
        "guards with healers behind them",
        &["srd:guard", "srd:guard", "srd:guard", "srd:acolyte", "srd:acolyte"],
    ),
    ("a priest and his knights", &["srd:knight", "srd:knight", "srd:priest"]),
    ("a mage behind guards", &["srd:guard", "srd:guard", "srd:guard", "srd:guard", "srd:mage"]),
    ("cultists", &["srd:cultist", "srd:cultist", "srd:cultist", "srd:cult-fanatic", "srd:cult-fanatic"]),
    (
        "a young dragon and kobolds",
        &["srd:kobold", "srd:kobold", "srd:kobold", "srd:kobold", "srd:young-white-dragon"],
    ),
    ("a band of all sorts", &["srd:knight", "srd:bandit-captain", "srd:scout", "srd:acolyte", "srd:druid"]),
];

/// Metres between the two sides when they see each other.
const APART_METRES: i64 = 14;
/// How far east and south of the middle a player stands who watches, so that nothing is thought through any less thoroughly for want
/// of an audience; too far for anybody to notice.
const WATCHER_METRES: i64 = 50;
/// A fight that has not ended by then goes to the side with more hit points left: four minutes.
const TICKS_MAX: u32 = 14_400;
/// What is promised: the share of fights won.
const AGAINST_CHANCE: f64 = 0.90;
const AGAINST_NEAREST: f64 = 0.70;

/// Plays so many fights of each kind against each opponent, and tells whether all in all what is promised is kept.
pub(crate) fn report(fights: u32) -> Value {
    let fights = fights.max(2);
    let mut kinds = Map::new();
    let mut sums = [0.0; 2];
    for kind in &KINDS {
        let shares = [Wits::Chance, Wits::Nearest].map(|opponent| share_won(kind, opponent, fights));
        for (sum, share) in sums.iter_mut().zip(shares) {
            *sum += share / KINDS.len() as f64;
        }
        kinds.insert(
            kind.0.to_owned(),
            json!({ "against_chance": rounded(shares[0]), "against_nearest": rounded(shares[1]) }),
        );
    }
    json!({
        "fights_each": fights,
        "against_chance": rounded(sums[0]),
        "against_nearest": rounded(sums[1]),
        "promised": { "against_chance": AGAINST_CHANCE, "against_nearest": AGAINST_NEAREST },
        "kept": sums[0] >= AGAINST_CHANCE && sums[1] >= AGAINST_NEAREST,
        "kinds": kinds,
    })
}

fn rounded(share: f64) -> f64 {
    (share * 1_000.0).round() / 1_000.0
}

/// The share of fights that thinking wins; a draw is half of one. Sides change from fight to fight.
fn share_won(kind: &Kind, opponent: Wits, fights: u32) -> f64 {
    let won: f64 = (0..fights).map(|number| fight(kind.1, opponent, u64::from(number))).sum();
    won / f64::from(fights)
}

fn fight(side: &[&str], opponent: Wits, seed: u64) -> f64 {
    const THINKERS: Faction = Faction(40);
    const OTHERS: Faction = Faction(41);
    let mut meadow = Meadow::new(1_000 + seed, 0, 0, 0);
    meadow.grow(4);
    meadow.tick([]);
    meadow.tick([watcher(1 << 100, WATCHER_METRES, WATCHER_METRES)]);
    // Where players are is looked at twice a second.
    for _ in 0..simulation::TICK_HZ {
        meadow.tick([]);
    }
    // Who stands where and whose numbers come first, which decides between those who are due at once, change by turns.
    let west = if seed.is_multiple_of(2) { 1 } else { -1 };
    let first = u128::from(seed / 2 % 2);
    let thinkers = line_up(side, first, west, THINKERS, Wits::Own);
    meadow.tick(thinkers.chain(line_up(side, 1 - first, -west, OTHERS, opponent)));
    for tick in 0..TICKS_MAX {
        meadow.tick([]);
        if tick % 120 != 119 {
            continue;
        }
        let left = meadow.standing();
        match (left.contains_key(&THINKERS.0), left.contains_key(&OTHERS.0)) {
            (true, true) => {}
            (true, false) => return 1.0,
            (false, true) => return 0.0,
            (false, false) => return 0.5,
        }
    }
    let left = meadow.standing();
    let points = |faction: Faction| left.get(&faction.0).map_or(0, |(_, points)| *points);
    match points(THINKERS).cmp(&points(OTHERS)) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    }
}

/// A side in two ranks, a mirror image of the other.
fn line_up<'a>(
    side: &'a [&'a str],
    parity: u128,
    west: i64,
    faction: Faction,
    wits: Wits,
) -> impl Iterator<Item = Command> + 'a {
    side.iter().enumerate().map(move |(place, monster)| {
        let (rank, file) = (place as i64 / 4, place as i64 % 4);
        let at = point(-west * (APART_METRES / 2 + rank * 4), file * 3 - 5);
        spawn(place as u128 * 2 + parity + 1, monster, at, faction, wits)
    })
}
