//! Steps in words.

use crate::language::{
    Area, Attack, AttackKind, Move, MoveHow, Node, Origin, Pick, Save, Select, Shape, Side, Summon,
    SummonPick, Transform, Who,
};

use super::effects::{broken, lasting};
use super::numbers::{ability, condition, counted, duration, number};
use super::{explain_effect, listed, named, sentences};

/// What steps do, one after the other.
#[must_use]
pub fn explain_steps(nodes: &[Node]) -> String {
    sentences(nodes.iter().map(step))
}

/// Steps as a clause: without a stop at the end.
fn clause(nodes: &[Node]) -> String {
    let text = explain_steps(nodes);
    text.strip_suffix('.').map(str::to_owned).unwrap_or(text)
}

fn who(who: Who) -> &'static str {
    match who {
        Who::Target => "the target",
        Who::Own => "the user",
        Who::Source => "its source",
    }
}

fn step(node: &Node) -> String {
    match node {
        Node::Attack(attack) => attacked(attack),
        Node::Save(save) => saved(save),
        Node::Check(check) => {
            let skills: Vec<String> = check.skills.iter().map(ToString::to_string).collect();
            let with = match (check.ability, check.casting) {
                (_, true) => "the spellcasting ability".to_owned(),
                (Some(one), _) => ability(one).to_owned(),
                (None, _) => listed(&skills, "or"),
            };
            let mut text = format!("{} makes a check of {with} against {}", who(check.by), number(&check.dc));
            outcomes(&mut text, &check.success, &check.fail);
            text
        }
        Node::Contest(contest) => {
            let mut text = "user and target make opposed checks".to_owned();
            outcomes(&mut text, &contest.win, &contest.lose);
            text
        }
        Node::Damage(damage) => {
            let kinds: Vec<String> = damage.one_of.iter().map(ToString::to_string).collect();
            let kind = damage.kind.map_or_else(|| listed(&kinds, "or"), |kind| kind.to_string());
            let space = if kind.is_empty() { "" } else { " " };
            let on = if damage.to == Who::Target { String::new() } else { format!(" to {}", who(damage.to)) };
            let when =
                damage.when.as_ref().map(|when| format!(" if {}", condition(when))).unwrap_or_default();
            format!("{}{space}{kind} damage{on}{when}", number(&damage.amount))
        }
        Node::Heal(heal) => format!("{} regains {} hit points", who(heal.to), number(&heal.amount)),
        Node::TempHp(temp) => format!("{} gains {} temporary hit points", who(temp.to), number(&temp.amount)),
        Node::Apply(apply) => {
            let when =
                apply.when.as_ref().map(|when| format!(", if {}", condition(when))).unwrap_or_default();
            let text = explain_effect(&apply.effect);
            if text.is_empty() {
                return String::new();
            }
            format!("on {}{}{when}: {text}", who(apply.to), lasting(&apply.effect))
        }
        Node::Remove(remove) => {
            let names: Vec<String> = remove.effects.iter().chain(&remove.tags).map(|id| named(*id)).collect();
            format!("{} is freed from {}", who(remove.from), listed(&names, "and"))
        }
        Node::Area(area) => reached(area),
        Node::Select(select) => chosen(select),
        Node::Repeat(repeat) => {
            let anew = if repeat.retarget { ", each at a target of choice" } else { "" };
            format!("{}{anew}: {}", counted(&repeat.times, "time", "times"), explain_steps(&repeat.then))
        }
        Node::If(either) => {
            let mut text = format!("if {}: {}", condition(&either.when), clause(&either.then));
            if !either.otherwise.is_empty() {
                text.push_str(&format!("; else: {}", clause(&either.otherwise)));
            }
            text
        }
        Node::Choose(choose) => {
            let options: Vec<String> = choose
                .options
                .iter()
                .map(|option| format!("{} ({})", option.name, clause(&option.then)))
                .collect();
            let by = match choose.by {
                Pick::User => "the user chooses",
                Pick::Target => "the target chooses",
                Pick::Random => "the dice choose",
            };
            format!("{by}: {}", listed(&options, "or"))
        }
        _ => lesser_step(node),
    }
}

fn lesser_step(node: &Node) -> String {
    match node {
        Node::Move(moved) => moves(moved),
        Node::Summon(summon) => summoned(summon),
        Node::Transform(transform) => transformed(transform),
        Node::Resource(spend) => format!("{} changes by {}", named(spend.id), number(&spend.change)),
        Node::Use(id) => format!("use {}", named(*id)),
        Node::Cast(cast) => cast_spell(cast),
        Node::Adjust(adjust) => {
            let value = adjust.value.as_ref().map(|value| format!(" {}", number(value))).unwrap_or_default();
            let roll = format!("{:?}", adjust.roll).to_lowercase();
            let op = format!("{:?}", adjust.op).to_lowercase();
            format!("the {roll} in question: {op}{value}")
        }
        Node::Cancel => "what set it off comes to nothing".to_owned(),
        Node::Dispel(dispel) => format!(
            "spells on the target up to level {} end; others after a check against 10 and their level",
            number(&dispel.level)
        ),
        Node::Zone(zone) => {
            let mut parts = vec![format!("a zone: {}", shape(&zone.shape))];
            if zone.difficult {
                parts.push("its ground is difficult".to_owned());
            }
            match zone.obscured {
                0 => {}
                1 => parts.push("it is lightly obscured".to_owned()),
                _ => parts.push("it is heavily obscured".to_owned()),
            }
            parts.extend(zone.breaks.as_ref().map(broken));
            parts.push(explain_steps(&zone.at_once));
            parts.push(explain_effect(&zone.gives));
            sentences(parts)
        }
        Node::Wall(wall) => {
            let mut parts = vec![format!(
                "a wall, {} feet long and {} feet high",
                number(&wall.length),
                number(&wall.height)
            )];
            if wall.solid {
                parts.push("nobody passes it".to_owned());
            }
            if wall.opaque {
                parts.push("nobody sees through it".to_owned());
            }
            parts.push(explain_steps(&wall.at_once));
            parts.push(explain_effect(&wall.gives));
            sentences(parts)
        }
        Node::Light(light) if light.dark > 0 => format!("darkness for {} feet", light.dark),
        Node::Light(light) => format!("bright light for {} feet, dim for {} more", light.bright, light.dim),
        Node::Reveal(reveal) => {
            let what: Vec<String> = reveal.what.iter().map(|id| named(*id)).collect();
            let within = reveal
                .within
                .as_ref()
                .map(|feet| format!(" within {} feet", number(feet)))
                .unwrap_or_default();
            format!("reveals {}{within}", listed(&what, "and"))
        }
        Node::Grant(grant) => {
            let count = grant.count.as_ref().map_or_else(|| "1".to_owned(), number);
            match grant.item {
                Some(item) => format!("{} receives {count} {}", who(grant.to), named(item)),
                None if grant.inspiration => format!("{} gains inspiration", who(grant.to)),
                None => format!("{} can do more in this turn", who(grant.to)),
            }
        }
        Node::End => "this ends".to_owned(),
        Node::Kill => "the target dies".to_owned(),
        Node::Revive(heal) => format!("the dead target returns with {} hit points", number(&heal.amount)),
        Node::EndSpell => "the spell ends".to_owned(),
        Node::Stabilise => "the target stops dying".to_owned(),
        Node::Change(fact) => format!("lasting change by {} of {}", number(&fact.by), who(fact.of)),
        Node::Narrative(text) => text.clone(),
        Node::Script(name) => name.replace('-', " "),
        _ => String::new(),
    }
}

fn attacked(attack: &Attack) -> String {
    let kind = match attack.kind {
        AttackKind::MeleeWeapon => "melee attack",
        AttackKind::RangedWeapon => "ranged attack",
        AttackKind::MeleeSpell => "melee spell attack",
        AttackKind::RangedSpell => "ranged spell attack",
        AttackKind::Wielded => "weapon attack",
        AttackKind::Unarmed => "unarmed strike",
    };
    let bonus = attack.bonus.as_ref().map(|bonus| format!(" {:+}", bonus.bounds().max)).unwrap_or_default();
    let reach = match (attack.reach, attack.range) {
        (_, Some((normal, long))) => format!(", range {normal}/{long} feet"),
        (Some(reach), None) => format!(", reach {reach} feet"),
        (None, None) => String::new(),
    };
    let advantage = attack.advantage.as_ref();
    let advantage =
        advantage.map(|when| format!(", with advantage if {}", condition(when))).unwrap_or_default();
    let mut text = format!("{kind}{bonus}{reach}{advantage}");
    if !attack.hit.is_empty() {
        text.push_str(&format!(". Hit: {}", clause(&attack.hit)));
    }
    if !attack.miss.is_empty() {
        text.push_str(&format!(". Miss: {}", clause(&attack.miss)));
    }
    if !attack.crit.is_empty() {
        text.push_str(&format!(". Critical hit: {}", clause(&attack.crit)));
    }
    text
}

fn saved(save: &Save) -> String {
    let dc = save.dc.as_ref().map(|dc| format!(" against {}", number(dc))).unwrap_or_default();
    let mut text = format!("{} save{dc}", ability(save.ability));
    if !save.half.is_empty() {
        text.push_str(&format!(": {}, half damage after a success", clause(&save.half)));
    }
    if !save.fail.is_empty() {
        text.push_str(&format!(". Failure: {}", clause(&save.fail)));
    }
    if !save.success.is_empty() {
        text.push_str(&format!(". Success: {}", clause(&save.success)));
    }
    text
}

fn outcomes(text: &mut String, success: &[Node], fail: &[Node]) {
    if !success.is_empty() {
        text.push_str(&format!(". Success: {}", clause(success)));
    }
    if !fail.is_empty() {
        text.push_str(&format!(". Failure: {}", clause(fail)));
    }
}

/// A volume in words.
pub(super) fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Sphere(radius) => format!("a sphere of {} feet", number(radius)),
        Shape::Cone(length) => format!("a cone of {} feet", number(length)),
        Shape::Cube(edge) => format!("a cube of {} feet", number(edge)),
        Shape::Line { length, width } => {
            format!("a line of {} feet, {} feet wide", number(length), number(width))
        }
        Shape::Cylinder { radius, height } => {
            format!("a cylinder of {} feet, {} feet high", number(radius), number(height))
        }
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::All => "each creature",
        Side::Allies => "each ally",
        Side::Enemies => "each enemy",
        Side::Others => "each other creature",
    }
}

fn reached(area: &Area) -> String {
    let from = match area.from {
        Origin::Point => "at the point",
        Origin::Own => "from the user",
        Origin::Target => "at the target",
    };
    let when = area.when.as_ref().map(|when| format!(", if {}", condition(when))).unwrap_or_default();
    format!("{} in {} {from}{when}: {}", side(area.who), shape(&area.shape), explain_steps(&area.then))
}

fn chosen(select: &Select) -> String {
    let count = select.count.as_ref().map(|count| format!("up to {} of ", number(count))).unwrap_or_default();
    let when = select.when.as_ref().map(|when| format!(", if {}", condition(when))).unwrap_or_default();
    let pool = select
        .hp_pool
        .as_ref()
        .map(|pool| format!(", the weakest first, up to {} hit points in all", number(pool)))
        .unwrap_or_default();
    format!(
        "{count}{} within {} feet of {}{when}{pool}: {}",
        side(select.who),
        number(&select.within),
        who(select.near),
        explain_steps(&select.then)
    )
}

fn moves(moved: &Move) -> String {
    let feet = moved.feet.as_ref().map(|feet| format!(" {} feet", number(feet))).unwrap_or_default();
    let name = who(moved.who);
    match moved.how {
        MoveHow::Push => format!("{name} is pushed{feet} away"),
        MoveHow::Pull => format!("{name} is pulled{feet} closer"),
        MoveHow::Teleport => format!("{name} teleports{feet}"),
        MoveHow::Swap => format!("{name} changes places"),
        MoveHow::Shift => format!("{name} moves{feet} without provoking"),
        MoveHow::Walk => format!("{name} moves{feet}"),
        MoveHow::Lift => format!("{name} is lifted{feet}"),
        MoveHow::Fall => format!("{name} falls{feet}"),
        MoveHow::Flee => format!("{name} flees{feet}"),
        MoveHow::Approach => format!("{name} approaches{feet}"),
        MoveHow::Banish => format!("{name} leaves this place"),
    }
}

fn picked(pick: &SummonPick) -> String {
    match pick {
        SummonPick::Monster(id) => named(*id),
        SummonPick::OneOf(ids) => listed(&ids.iter().map(|id| named(*id)).collect::<Vec<_>>(), "or"),
        SummonPick::Target => "body of the target, whose soul is out of this world meanwhile".to_owned(),
        SummonPick::Any(kinds) => {
            let types: Vec<String> = kinds.types.iter().map(ToString::to_string).collect();
            let kind = if types.is_empty() { "creature".to_owned() } else { listed(&types, "or") };
            format!("{kind} of a challenge up to {} eighths", number(&kinds.challenge_eighths))
        }
    }
}

fn summoned(summon: &Summon) -> String {
    let count = summon.count.as_ref().map_or_else(|| "1".to_owned(), number);
    let lasts = summon.duration.as_ref().map(|lasts| format!(" {}", duration(lasts))).unwrap_or_default();
    format!("calls {count} {}{lasts}", picked(&summon.what))
}

fn transformed(transform: &Transform) -> String {
    let mind = if transform.keeps_mind { ", with its own mind" } else { "" };
    let article = if transform.into == SummonPick::Target { "the" } else { "the form of a" };
    format!("{} takes {article} {}{mind}", who(transform.who), picked(&transform.into))
}

fn cast_spell(cast: &crate::language::Cast) -> String {
    match (&cast.spell, &cast.own) {
        (Some(id), _) => format!("cast {}", named(*id)),
        (None, Some(own)) if own.level_max == 0 => "cast a cantrip of its own".to_owned(),
        (None, Some(own)) if own.paid => {
            format!("cast a spell of its own with a slot up to level {}", own.level_max)
        }
        (None, Some(own)) => format!("cast a spell of its own up to level {}", own.level_max),
        (None, None) => {
            let names: Vec<String> = cast.one_of.iter().map(|id| named(*id)).collect();
            format!("cast {}", listed(&names, "or"))
        }
    }
}
