//! What an author is told about a mistake: one line, with place, key and a guess at what was meant.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use worldgen::{Recipe, World};

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

#[test]
fn the_shipped_recipe_is_sound() {
    let recipe = Recipe::from_yaml("temperate.yaml", TEMPERATE).unwrap();
    World::new(0, recipe).unwrap();
}

#[test]
fn an_unknown_step_is_told_with_its_place_and_the_likely_one() {
    let error = mistake("{step: ridged,", "{step: rigded,");
    let line = place("ridges: {step: ridged").split(':').nth(1).unwrap().to_owned();
    assert!(error.starts_with(&format!("temperate.yaml:{line}:")), "{error}");
    assert!(error.ends_with("layers.ridges.step: unknown value `rigded`; did you mean `ridged`?"), "{error}");
}

#[test]
fn an_unknown_key_is_told_with_its_place_and_the_likely_one() {
    let error = mistake(
        "{step: fbm, wavelength: 460 m, octaves: 5, gain",
        "{step: fbm, wavelength: 460 m, octaves: 5, gian",
    );
    assert!(error.contains("layers.swells: unknown key `gian`; did you mean `gain`?"), "{error}");
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
            .contains("features.3.biomes.0: unknown biome `pinse`; did you mean `pines`?")
    );
    assert!(
        mistake("$peaks", "$peeks")
            .contains("layers.peak_height.value: unknown parameter `peeks`; did you mean `peaks`?")
    );
}

#[test]
fn a_circle_is_told_layer_by_layer() {
    let error = mistake(
        "roughness: {step: fbm, wavelength: 1900 m, octaves: 2}",
        "roughness: {step: clamp, of: hills, min: 0, max: 1}",
    );
    assert!(error.contains("in a circle: hills → hill_height → roughness → hills"), "{error}");
}

#[test]
fn numbers_out_of_range_are_told() {
    assert!(mistake("value: 210", "value: 900").contains("params.peaks.value: 900 is not within 0 to 500"));
    assert!(
        mistake("octaves: 6, warp", "octaves: 40, warp")
            .contains("layers.continents.octaves: must be 1 to 12")
    );
    assert!(mistake("spacing: 5 m", "spacing: 1 m").contains("features.3.spacing: must be 2 m to 10 km"));
    assert!(mistake("format: 1", "format: 2").contains("format: format 2 is unknown, known is 1"));
    assert!(
        mistake("[0, 12], [0.4, 46]", "[0, 12], [-0.1, 46]")
            .contains("layers.hill_height.points.2: -0.1 does not come after 0")
    );
}

#[test]
fn a_missing_part_is_told() {
    assert!(mistake("height_scale: 220 m", "").contains("climate: the key `height_scale` is missing"));
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
