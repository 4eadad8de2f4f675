//! How much of the source runs.

use api::{
    List, right,
    rules::{CoverageGap, CoverageGroup, RulesCoverage, RulesKind},
};
use rules::{
    census::{Row, census, count},
    content::{Coverage, Kind, srd},
};

use crate::Allowed;

/// Every group of the source with its counts and what is missing.
#[must_use]
pub fn coverage(_: &Allowed<right::ViewRules>) -> List<CoverageGroup> {
    let items = census(srd()).into_iter().map(|(name, rows)| group(name, &rows)).collect();
    List { items, next: None }
}

fn group(name: String, rows: &[Row]) -> CoverageGroup {
    let counted = count(rows);
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    CoverageGroup {
        name,
        rows: small(counted.rows),
        executable: small(counted.executable),
        partial: small(counted.partial),
        narrative: small(counted.narrative),
        gaps: rows.iter().filter_map(gap).collect(),
    }
}

fn gap(row: &Row) -> Option<CoverageGap> {
    let (coverage, missing) = match &row.coverage {
        Some(Coverage::Executable) => return None,
        Some(Coverage::Partial(missing)) => (RulesCoverage::Partial, missing.clone()),
        Some(Coverage::Narrative) => (RulesCoverage::Narrative, Vec::new()),
        None => (RulesCoverage::Partial, vec!["there is no record of it".to_owned()]),
    };
    let (kind, id) = row.record;
    Some(CoverageGap { id: id.to_string(), kind: shown(kind), coverage, missing })
}

/// The kind under which the compendium shows records.
const fn shown(kind: Kind) -> Option<RulesKind> {
    Some(match kind {
        Kind::Spells => RulesKind::Spells,
        Kind::Monsters => RulesKind::Monsters,
        Kind::Conditions => RulesKind::Conditions,
        Kind::Items => RulesKind::Items,
        Kind::Classes => RulesKind::Classes,
        Kind::Races => RulesKind::Races,
        Kind::Features | Kind::Subclasses | Kind::Subraces | Kind::Backgrounds | Kind::Languages => {
            return None;
        }
    })
}
