//! Every spell, cast at whatever it may be cast at: nothing panics, and what runs does something.

use rules::combat::{Aim, Handle, Happening, Life, OpenField};
use rules::content::{Kind, Library, Pack, Source, Spell};

use super::stage::Stage;

/// The content with creatures that some spells ask for: beasts, a fiend, somebody in metal.
pub(crate) fn with_creatures() -> &'static Library {
    let creature = |name: &str, size: &str, kind: &str, more: &str| {
        format!(
            r#"{{"id": "mine:{name}", "name": "{name}", "size": "{size}", "type": "{kind}", "alignment": "unaligned",
                "ac": 11, "hp": "11", "speed": {{"walk": 40}}, "abilities": [13, 11, 12, 2, 9, 5], "cr": "0", {more}
                "actions": []}}"#
        )
    };
    let all = [
        creature("boar", "medium", "beast", ""),
        creature("mouse", "tiny", "beast", ""),
        creature("imp", "small", "fiend", ""),
        creature("knight", "medium", "humanoid", r#""tags": ["metal"],"#),
    ];
    let text = format!("[{}]", all.join(", "));
    let source = Source { kind: Kind::Monsters, path: "creatures.json".into(), text: text.into() };
    let library = Library::load(&[Pack::srd(), Pack { sources: vec![source] }]);
    Box::leak(Box::new(library.expect("these creatures are sound")))
}

/// A scene in which any spell finds what it needs: friends, foes of several kinds, somebody dead, somebody charmed.
fn crowd(library: &'static Library, spell: &Spell) -> (Stage, Handle, Vec<Handle>) {
    let mut stage = Stage::with(library);
    let caster = stage.wizard(17, &[spell.id.as_str()], 1, 0);
    let mut others =
        vec![stage.wizard(5, &[], 2, 5), stage.monster("srd:ghoul", 2, 10), stage.wizard(5, &[], 1, 5)];
    others.push(stage.monster("srd:animated-object-tiny", 2, 15));
    others.push(stage.monster("srd:adult-red-dragon", 2, 20));
    for beast in ["mine:boar", "mine:mouse", "mine:imp", "mine:knight"] {
        others.push(stage.monster(beast, 2, 5));
    }
    let dead = stage.wizard(5, &[], 1, 5);
    stage.arena.get_mut(dead).expect("it was just put there").life = Life::Dead;
    let dying = stage.wizard(5, &[], 1, 5);
    let fallen = stage.arena.get_mut(dying).expect("it was just put there");
    (fallen.hp, fallen.life) = (0, Life::Dying(rules::DeathSaves::default()));
    others.extend([dead, dying]);
    (stage, caster, others)
}

/// Casts a spell at whatever it may be cast at, and lets three rounds pass. Gives what happened, or that nobody fits.
fn played(
    library: &'static Library,
    spell: &Spell,
    choice: u8,
    seed: &mut u64,
) -> Option<Vec<Happening<'static>>> {
    use rules::content::Range;
    let (mut stage, caster, others) = crowd(library, spell);
    let mut luck: Box<dyn FnMut(u32) -> u32> = Box::new(|sides| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as u32 % sides.max(1) + 1
    });
    let far = if spell.range == Range::Touch { 5 } else { 10 };
    let mut play = rules::combat::Play::new(&mut stage.arena, &mut stage.field, &mut luck, &mut stage.events);
    play.start_turn(caster);
    let candidates = std::iter::once(vec![]).chain(others.iter().map(|who| vec![*who])).chain([vec![caster]]);
    let mut was_cast = false;
    for targets in candidates {
        let aim = Aim { targets: &targets, point: Some(OpenField::point(far, 0)), choice, monster: None };
        was_cast = play.cast_at_leisure(caster, (spell.id, spell.level), false, aim).is_ok();
        if was_cast {
            break;
        }
    }
    if !was_cast {
        return None;
    }
    for _ in 0..3 {
        for who in others.iter().copied().chain([caster]) {
            play.start_turn(who);
            play.moved(who);
            play.end_turn(who);
        }
    }
    Some(stage.events)
}

#[test]
fn every_spell_can_be_cast_and_what_runs_does_something() {
    use rules::content::CastingTime;
    let library = with_creatures();
    let mut seed = 7;
    let (mut idle, mut unaimed) = (Vec::new(), Vec::new());
    for spell in library.spells() {
        if matches!(spell.casting, CastingTime::Reaction(_)) {
            continue;
        }
        let mut does_something =
            WAITING.contains(&spell.id.as_str()) || calls_who_is_not_there(library, spell);
        for choice in 0..6 {
            match played(library, spell, choice, &mut seed) {
                Some(events) => does_something |= !events.iter().all(passes_anyway),
                None => unaimed.push(spell.id.as_str()),
            }
        }
        if !does_something {
            idle.push(spell.id.as_str());
        }
    }
    assert!(idle.is_empty(), "nothing happens by {idle:?}");
    assert!(unaimed.is_empty(), "nobody here can be the target of {unaimed:?}");
}

/// Spells that take off what nobody bears in this scene.
const WAITING: [&str; 1] = ["srd:remove-curse"];

/// Whether a spell calls creatures of a kind of which the content has none.
fn calls_who_is_not_there(library: &Library, spell: &Spell) -> bool {
    use rules::language::{Node, SummonPick, Visit, walk};
    struct Calls<'l>(&'l Library, bool);
    impl Visit<'_> for Calls<'_> {
        fn node(&mut self, _: &str, node: &Node) {
            if let Node::Summon(summon) = node
                && let SummonPick::Any(kinds) = &summon.what
            {
                self.1 |= !self.0.monsters().iter().any(|monster| kinds.types.contains(&monster.kind));
            }
        }
    }
    let mut calls = Calls(library, false);
    walk(&mut calls, "do", &spell.then);
    calls.1
}

/// What happens in any round, and in any casting.
const fn passes_anyway(event: &Happening<'_>) -> bool {
    matches!(
        event,
        Happening::TurnStarted { .. }
            | Happening::TurnEnded { .. }
            | Happening::DeathSaved { .. }
            | Happening::Cast { .. }
            | Happening::Needed { .. }
    )
}
