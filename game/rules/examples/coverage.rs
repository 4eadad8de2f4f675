//! How much of the System Reference Document runs, printed and written to `docs/RULES_COVERAGE.md`; `cargo xtask coverage`
//! calls it.
//!
//! The counts below which nothing may fall stand in `coverage/floor.json`, and are raised here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use rules::census::{Row, census, count};
use rules::content::{Coverage, srd};

fn main() -> io::Result<()> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let groups = census(srd());
    let table = table(&groups);
    #[expect(clippy::print_stdout, reason = "a tool shows its result")]
    {
        print!("{table}");
    }
    fs::write(crate_folder.join("../../docs/RULES_COVERAGE.md"), document(&table, &groups))?;
    let floor_file = crate_folder.join("coverage/floor.json");
    let mut floor: BTreeMap<String, usize> = fs::read_to_string(&floor_file)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    for (group, rows) in &groups {
        let least = floor.entry(group.clone()).or_default();
        *least = (*least).max(count(rows).executable);
    }
    fs::write(floor_file, format!("{}\n", serde_json::to_string_pretty(&floor)?))
}

fn table(groups: &BTreeMap<String, Vec<Row>>) -> String {
    let mut table = String::from(
        "| group | rows | executable | partial | narrative | missing |\n|---|--:|--:|--:|--:|--:|\n",
    );
    for (group, rows) in groups {
        let count = count(rows);
        let _ = writeln!(
            table,
            "| {group} | {} | {} | {} | {} | {} |",
            count.rows, count.executable, count.partial, count.narrative, count.missing
        );
    }
    table
}

fn document(table: &str, groups: &BTreeMap<String, Vec<Row>>) -> String {
    let mut text = String::from(
        "# How much of the rules runs\n\nEvery row of the System Reference Document 5.1, and whether the engine plays it. \
         `cargo xtask coverage` writes this file from what each record says of itself; a test keeps the numbers from \
         falling. *Executable*: all of it. *Partial*: what is missing stands below. *Narrative*: people play it out; its \
         cost, time and range still run. Each row counts once, also where several rows are one record.\n\n",
    );
    text.push_str(table);
    for (group, rows) in groups {
        let partial: Vec<&Row> =
            rows.iter().filter(|row| matches!(row.coverage, Some(Coverage::Partial(_)))).collect();
        let narrative: Vec<&str> = rows
            .iter()
            .filter(|row| row.coverage == Some(Coverage::Narrative))
            .map(|row| row.row.as_str())
            .collect();
        let missing: Vec<&str> =
            rows.iter().filter(|row| row.coverage.is_none()).map(|row| row.row.as_str()).collect();
        if partial.is_empty() && narrative.is_empty() && missing.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {group}");
        if !partial.is_empty() {
            text.push_str("\nPartial:\n\n");
        }
        for row in partial {
            if let Some(Coverage::Partial(gaps)) = &row.coverage {
                let _ = writeln!(text, "- `{}`: {}", row.row, gaps.join("; "));
            }
        }
        for (name, list) in [("Narrative", narrative), ("Missing", missing)] {
            if !list.is_empty() {
                let list: Vec<String> = list.iter().map(|row| format!("`{row}`")).collect();
                let _ = writeln!(text, "\n{name}: {}.", list.join(", "));
            }
        }
    }
    text
}
