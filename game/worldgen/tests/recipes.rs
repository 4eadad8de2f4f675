//! What an author is told about a mistake: one line, with place, key and a guess at what was meant.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use std::{collections::BTreeMap, path::Path};

use grid::Position;
use worldgen::{Recipe, compile};

const TEMPERATE: &str = include_str!("../../../config/recipes/temperate.yaml");

/// The error of a recipe in which one text was replaced by another.
fn mistake(original: &str, written: &str) -> String {
    assert!(TEMPERATE.contains(original), "the recipe has no `{original}`");
    let error = Recipe::from_yaml("temperate.yaml", &TEMPERATE.replacen(original, written, 1))
        .unwrap_err()
        .to_string();
    assert!(!error.contains('\n'), "more than one line: {error}");
    error
}

/// The place of a text of the recipe, as `file:line:column:`.
fn place(text: &str) -> String {
    let offset = TEMPERATE.find(text).unwrap();
    let before = &TEMPERATE[..offset];
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("temperate.yaml:{}:{column}:", before.matches('\n').count() + 1)
}

/// The repository's root.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A recipe is sound without so much as a warning, and its tests hold in the world of a seed.
fn assert_own_tests_hold(path: &Path, seed: u64) {
    let text = std::fs::read_to_string(path).unwrap();
    let compiled =
        compile(&path.display().to_string(), &text, seed, &BTreeMap::new()).unwrap_or_else(|faults| {
            panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        });
    assert_eq!(compiled.warnings, []);
    let proofs = compiled.world.run_tests();
    assert!(proofs.len() >= 4, "{} has hardly any tests", path.display());
    let failed: Vec<_> = proofs.iter().filter(|proof| !proof.holds).collect();
    assert!(failed.is_empty(), "{} with seed {seed}: {failed:?}", path.display());
}

#[test]
fn every_shipped_recipe_is_sound_and_passes_its_own_tests() {
    let folder = Path::new(ROOT).join("config/recipes");
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        assert_own_tests_hold(&entry.unwrap().path(), 42);
        seen += 1;
    }
    assert!(seen >= 3, "{} has {seen} recipes", folder.display());
}

#[test]
fn a_fresh_demo_world_passes_its_recipes_tests() {
    let settings = std::fs::read_to_string(Path::new(ROOT).join("config/server.toml")).unwrap();
    let settings: toml::Table = settings.parse().unwrap();
    let world = settings["world"].as_table().unwrap();
    let recipe = Path::new(ROOT).join(world["recipe"].as_str().unwrap());
    assert_own_tests_hold(&recipe, world["seed"].as_integer().unwrap().cast_unsigned());
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = TEMPERATE
        .replacen("{step: ridged,", "{step: rigded,", 1)
        .replacen("gain: 0.42}", "gian: 0.42}", 1)
        .replacen("wade_depth: 0.7 m", "wade_depth: 2 ft", 1);
    let error = Recipe::from_yaml("temperate.yaml", &text).unwrap_err();
    assert_eq!(error.0.len(), 3, "{:?}", error.0);
    assert!(error.to_string().ends_with("(and 2 more)"), "{error}");
}

#[test]
fn what_can_never_occur_and_what_nobody_reads_is_warned_of() {
    let text = TEMPERATE
        .replacen("within: {height: [-0.4 m, 6 m], slope", "within: {height: [900 m, 950 m], slope", 1)
        .replacen("  # Woods thin", "  idle: {step: constant, value: 1}\n  # Woods thin", 1);
    let compiled = compile("temperate.yaml", &text, 42, &BTreeMap::new()).map_err(|_| "refused").unwrap();
    let warnings: Vec<String> = compiled.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(warnings[0].contains("layers.idle: nothing reads this layer"), "{warnings:?}");
    assert!(warnings[1].contains("`marsh` can't occur: height stays under"), "{warnings:?}");
}

#[test]
fn settings_take_the_place_of_parameters() {
    let settings = |name: &str, value| BTreeMap::from([(name.to_owned(), value)]);
    let compiled =
        compile("temperate.yaml", TEMPERATE, 42, &settings("peaks", 12.0)).map_err(|_| "refused").unwrap();
    assert!((compiled.world.recipe().params["peaks"].value - 12.0).abs() < 1e-9);
    for (name, value) in [("peaks", 9_000.0), ("peaks", f64::NAN), ("paeks", 1.0)] {
        assert!(compile("temperate.yaml", TEMPERATE, 42, &settings(name, value)).is_err(), "{name} {value}");
    }
}

#[test]
fn a_place_explains_itself_with_the_lines_that_decided() {
    let compiled = compile("temperate.yaml", TEMPERATE, 42, &BTreeMap::new()).map_err(|_| "refused").unwrap();
    let told = compiled.world.explain(Position::from_metres(2_048, 0, 2_048));
    assert_eq!(told.layers.len(), compiled.world.recipe().layers.len());
    let snow = told.biomes.iter().find(|reason| reason.id == "snow").unwrap();
    let line = place("{id: snow, name: Snow, colour: \"#eef3f7\", at").split(':').nth(1).unwrap().to_owned();
    assert!(
        snow.why.starts_with("no snow: height") && snow.why.ends_with(&format!("line {line}")),
        "{}",
        snow.why
    );
}

#[test]
fn an_unknown_step_is_told_with_its_place_and_the_likely_one() {
    let error = mistake("{step: ridged,", "{step: rigded,");
    let line = place("ridge: {step: ridged").split(':').nth(1).unwrap().to_owned();
    assert!(error.starts_with(&format!("temperate.yaml:{line}:")), "{error}");
    assert!(error.ends_with("layers.ridge.step: unknown value `rigded`; did you mean `ridged`?"), "{error}");
}

#[test]
fn an_unknown_key_is_told_with_its_place_and_the_likely_one() {
    let error = mistake("wavelength: 620 m, octaves: 4, gain", "wavelength: 620 m, octaves: 4, gian");
    assert!(error.contains("layers.swell: unknown key `gian`; did you mean `gain`?"), "{error}");
    let error = mistake("wade_depth:", "wading_depth:");
    assert!(error.starts_with(&place("wade_depth:")), "{error}");
    assert!(error.contains("terrain: unknown key `wading_depth`"), "{error}");
}

#[test]
fn a_wrong_unit_is_told_at_the_value() {
    assert_eq!(
        mistake("wade_depth: 0.7 m", "wade_depth: 2 ft"),
        format!("{} terrain.wade_depth: unknown unit `ft` of a length: m, km or cells", place("0.7 m"))
    );
    assert!(mistake("wade_depth: 0.7 m", "wade_depth: 2").contains("`2` has no unit: write `2 m`"));
}

#[test]
fn a_reference_to_nothing_is_told_with_the_likely_layer() {
    let error = mistake("of: mainland\n", "of: mainlnd\n");
    assert_eq!(
        error,
        format!(
            "{} layers.base.of: unknown layer `mainlnd`; did you mean `mainland`?",
            place("of: mainland\n")
        )
    );
    assert!(
        mistake("biomes: [pines]", "biomes: [pinse]")
            .contains("features.5.biomes.0: unknown biome `pinse`; did you mean `pines`?")
    );
    assert!(
        mistake("$peaks", "$peeks")
            .contains("layers.peak_height.value: unknown parameter `peeks`; did you mean `peaks`?")
    );
}

#[test]
fn a_circle_is_told_layer_by_layer() {
    let error = mistake(
        "roughness: {step: fbm, noise: opensimplex2, wavelength: 2300 m, octaves: 2}",
        "roughness: {step: clamp, of: hills, min: 0, max: 1}",
    );
    assert!(error.contains("in a circle: hills → hill_height → rough → roughness → hills"), "{error}");
}

#[test]
fn numbers_out_of_range_are_told() {
    assert!(mistake("value: 330", "value: 900").contains("params.peaks.value: 900 is not within 0 to 500"));
    assert!(
        mistake("octaves: 6, warp", "octaves: 40, warp").contains("layers.plates.octaves: must be 1 to 16")
    );
    assert!(mistake("spacing: 4.6 m", "spacing: 1 m").contains("features.5.spacing: must be 2 m to 2000 m"));
    assert!(mistake("format: 1", "format: 2").contains("format: format 2 is unknown, known is 1"));
    assert!(
        mistake("[0, 13], [0.4, 40]", "[0, 13], [-0.1, 40]")
            .contains("layers.hill_height.points.2: -0.1 does not come after 0")
    );
}

#[test]
fn a_missing_part_is_told() {
    assert!(mistake("height_scale: 260 m, ", "").contains("climate: the key `height_scale` is missing"));
    assert!(
        mistake("{step: constant, value: $peaks}", "{value: $peaks}")
            .contains("layers.peak_height: the key `step` is missing")
    );
}

#[test]
fn what_is_no_recipe_is_refused_in_one_line() {
    for text in
        ["", "[]", "42", "{", "a: b: c", "\t", "format: 1\nformat: 1", "--- 1\n--- 2", "\u{0}", "&a [*a, *a]"]
    {
        let error = Recipe::from_yaml("x.yaml", text).unwrap_err().to_string();
        assert!(error.starts_with("x.yaml:") && !error.contains('\n'), "{text:?}: {error}");
    }
}

#[test]
fn a_yaml_bomb_is_refused_before_it_grows() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (from, to) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        bomb += &format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 10].join(", "));
    }
    assert!(Recipe::from_yaml("bomb.yaml", &bomb).is_err());
    assert!(Recipe::from_yaml("deep.yaml", &"[".repeat(100_000)).is_err());
    assert!(
        Recipe::from_yaml("long.yaml", &" ".repeat(1 << 20)).unwrap_err().to_string().contains("at most")
    );
}

#[test]
fn the_wire_form_means_the_same_in_any_order_of_keys() {
    let recipe = Recipe::from_yaml("temperate.yaml", TEMPERATE).unwrap();
    let json = serde_json::to_string(&recipe).unwrap();
    assert_eq!(serde_json::from_str::<Recipe>(&json).unwrap(), recipe);
    let sorted: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::from_value::<Recipe>(sorted).unwrap(), recipe);
    assert!(Recipe::json_schema()["properties"]["layers"].is_object());
}
