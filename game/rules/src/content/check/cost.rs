//! What a list of steps costs at most, told before play.

use crate::language::Node;

/// Most steps that one use of anything may take, all targets and repetitions counted.
pub const COST_MAX: u64 = 50_000;
/// Most targets that one area or choice reaches.
const TARGETS_MAX: u64 = 64;

/// Steps that a list takes at most.
pub(super) fn cost(nodes: &[Node]) -> u64 {
    nodes.iter().fold(0, |sum, node| sum.saturating_add(node_cost(node)))
}

fn node_cost(node: &Node) -> u64 {
    let inside = match node {
        Node::Attack(attack) => {
            (cost(&attack.hit).saturating_add(cost(&attack.crit))).max(cost(&attack.miss))
        }
        Node::Save(save) => cost(&save.half).saturating_add(cost(&save.fail).max(cost(&save.success))),
        Node::Check(check) => cost(&check.success).max(cost(&check.fail)),
        Node::Contest(contest) => cost(&contest.win).max(cost(&contest.lose)),
        Node::Area(area) => TARGETS_MAX.saturating_mul(cost(&area.then)),
        Node::Select(select) => reached(select.count.as_ref()).saturating_mul(cost(&select.then)),
        Node::Repeat(repeat) => {
            let times = repeat.times.bounds().max.max(0) as u64;
            times.saturating_mul(cost(&repeat.then))
        }
        Node::If(either) => cost(&either.then).max(cost(&either.otherwise)),
        Node::Choose(choose) => choose.options.iter().map(|option| cost(&option.then)).max().unwrap_or(0),
        Node::Zone(zone) => TARGETS_MAX.saturating_mul(cost(&zone.at_once)),
        Node::Wall(wall) => TARGETS_MAX.saturating_mul(cost(&wall.at_once)),
        _ => 0,
    };
    inside.saturating_add(1)
}

fn reached(count: Option<&crate::language::expr::Expr>) -> u64 {
    count.map_or(TARGETS_MAX, |count| (count.bounds().max.max(0) as u64).min(TARGETS_MAX))
}
