//! A world that grows on from the version before has the bits of one that is made anew, whatever changes between the two.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use std::collections::BTreeMap;

use grid::CellCoord;
use worldgen::{Area, World, compile};

const RECIPES: [(&str, &str); 3] = [
    ("archipelago.yaml", include_str!("../../../config/recipes/archipelago.yaml")),
    ("temperate.yaml", include_str!("../../../config/recipes/temperate.yaml")),
    ("wasteland.yaml", include_str!("../../../config/recipes/wasteland.yaml")),
];

fn world(name: &str, text: &str, settings: &BTreeMap<String, f64>) -> World {
    compile(name, text, 42, settings).map_err(|faults| faults[0].to_string()).unwrap().world
}

fn assert_alike(grown: &World, fresh: &World, what: &str) {
    for (x, z) in [(31, 31), (32, 31), (-5, 0)] {
        let cell = CellCoord::new(x, z);
        assert_eq!(grown.chunk(cell), fresh.chunk(cell), "{what}, cell {x} {z}");
    }
    let area = Area { x: 31 * 64 * 256, z: 32 * 64 * 256, step: 4 * 256, width: 21, height: 17 };
    for layer in fresh.layers() {
        let [ours, theirs] = [grown, fresh].map(|world| world.layer_tile(&layer.name, &area).unwrap());
        let differ = ours.iter().zip(&theirs).position(|(a, b)| a.to_bits() != b.to_bits());
        assert_eq!(differ, None, "{what}, layer {}", layer.name);
    }
    assert_eq!(grown.fingerprint(), fresh.fingerprint());
}

#[test]
fn every_slider_of_every_recipe_gives_the_bits_of_a_fresh_world() {
    for (name, text) in RECIPES {
        let mut grown = world(name, text, &BTreeMap::new()).grow_on(None);
        assert_alike(&grown, &world(name, text, &BTreeMap::new()), name);
        let params = grown.recipe().params.clone();
        assert!(params.len() >= 3, "{name} has {} sliders", params.len());
        let mut settings = BTreeMap::new();
        for (param, of) in params {
            // Each goes on from what the ones before have changed.
            settings.insert(param.clone(), of.value + (of.max - of.value) * 0.3);
            grown = world(name, text, &settings).grow_on(Some(grown));
            assert_alike(&grown, &world(name, text, &settings), &format!("{name}, {param}"));
        }
    }
}

#[test]
fn every_kind_of_edit_gives_the_bits_of_a_fresh_world() {
    let (name, mut text) = (RECIPES[1].0, RECIPES[1].1.to_owned());
    let settings = BTreeMap::new();
    let mut grown = world(name, &text, &settings).grow_on(None);
    assert_alike(&grown, &world(name, &text, &settings), "the text as it is");
    for (from, to) in [
        ("distance: 320 m", "distance: 280 m"),
        ("wavelength: 24 m", "wavelength: 30 m"),
        ("spacing: 128 m, springs: 5", "spacing: 120 m, springs: 4"),
        ("springs: 4", "springs: 5"),
        ("of: shaped, spacing: 120 m", "of: raised, spacing: 120 m"),
        ("chance: 85%, biomes: [meadow", "chance: 60%, biomes: [meadow"),
        ("width: 4 m, longest: 1700 m", "width: 6 m, longest: 1200 m"),
        ("spacing: 4.6 m", "spacing: 5 m"),
        ("id: oak, name: Oak", "id: elm, name: Elm"),
        ("temperature: 36%, humidity: 60%", "temperature: 40%, humidity: 55%"),
        ("blend: 2.5%", "blend: 1%"),
        ("wade_depth: 0.7 m", "wade_depth: 1.1 m"),
        ("lowest: -200 m", "lowest: -180 m"),
        ("swells: {step: coarse, of: swell, every: 8 m}", "swells: {step: coarse, of: swell, every: 16 m}"),
    ] {
        assert!(text.contains(from), "the recipe has no `{from}`");
        text = text.replacen(from, to, 1);
        grown = world(name, &text, &settings).grow_on(Some(grown));
        assert_alike(&grown, &world(name, &text, &settings), to);
    }
}
