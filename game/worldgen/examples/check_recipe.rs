//! Checks recipes as an editor does, runs their tests and estimates what layers cost: `check_recipe <recipe.yaml>… [--seed 42]`.

use std::{collections::BTreeMap, fs, process::ExitCode};

use worldgen::{Severity, compile};

#[expect(clippy::print_stdout, reason = "a tool tells its user what it found")]
fn main() -> ExitCode {
    let (mut files, mut seed, mut arguments) = (Vec::new(), Ok(42), std::env::args().skip(1));
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seed" => seed = arguments.next().unwrap_or_default().parse::<u64>(),
            _ => files.push(argument),
        }
    }
    let Ok(seed) = seed else {
        println!("check_recipe: --seed needs a whole number");
        return ExitCode::FAILURE;
    };
    if files.is_empty() {
        println!("check_recipe <recipe.yaml>… [--seed 42]");
        return ExitCode::FAILURE;
    }
    let sound = files.iter().map(|file| {
        let (sound, lines) = check(file, seed);
        lines.iter().for_each(|line| println!("{line}"));
        sound
    });
    // All files, also behind one that is not sound.
    if sound.fold(true, |all, one| all & one) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether a recipe is sound and its tests hold, and what there is to say about it.
fn check(file: &str, seed: u64) -> (bool, Vec<String>) {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => return (false, vec![format!("{file}: {error}")]),
    };
    let compiled = match compile(file, &text, seed, &BTreeMap::new()) {
        Ok(compiled) => compiled,
        Err(faults) => {
            let told = faults.iter().map(|fault| match fault.severity {
                Severity::Error => format!("error: {fault}"),
                Severity::Warning => format!("warning: {fault}"),
            });
            return (false, told.collect());
        }
    };
    let mut lines: Vec<String> = compiled.warnings.iter().map(|fault| format!("warning: {fault}")).collect();
    let proofs = compiled.world.run_tests();
    for proof in &proofs {
        let verdict = if proof.holds { "holds" } else { "FAILS" };
        let line = proof.line.map_or_else(String::new, |line| format!(":{line}"));
        lines.push(format!(
            "{file}{line}: {} {verdict}: {:.4}, expected {}",
            proof.test, proof.found, proof.expected
        ));
    }
    let costs = compiled.world.costs();
    let total: f32 = costs.iter().map(|cost| cost.microseconds_a_chunk).sum();
    lines.push(format!("{file}: a chunk spends about {total:.0} µs on its layers:"));
    let told = costs.iter().filter(|cost| cost.microseconds_a_chunk >= 0.5);
    lines.extend(told.map(|cost| format!("{:>8.0} µs  {}", cost.microseconds_a_chunk, cost.layer)));
    lines.push(format!("{file}: sound, {} tests", proofs.len()));
    (proofs.iter().all(|proof| proof.holds), lines)
}
