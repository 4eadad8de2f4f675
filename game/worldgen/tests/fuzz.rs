//! Recipes from anyone: whatever stands in them, they are refused in words or grow in bounded time, and nothing panics.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "authoring")]

use std::{collections::BTreeMap, time::Duration};

use cpu_time::ThreadTime;
use grid::CellCoord;
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use worldgen::{Chunk, Recipe, World, compile};

const EVERY_STEP_YAML: &str = include_str!("golden/every_step.yaml");
const EVERY_STEP: &str = include_str!("golden/every_step.json");

/// Far more than the dearest recipe may take, even without optimisation; far less than for ever.
const PATIENCE: Duration = Duration::from_secs(20);

/// Grows what may grow, and looks whether it is whole.
fn grow(world: &World) {
    let begun = ThreadTime::now();
    for cell in [CellCoord::new(0, 0), CellCoord::new(i32::MIN, i32::MAX)] {
        let chunk = world.chunk(cell);
        assert_eq!(Chunk::decode(&chunk.encode()), Ok(chunk));
    }
    let area = worldgen::Area { x: -64, z: 7, step: 4_096, width: 9, height: 7 };
    for layer in world.layers() {
        assert_eq!(world.layer_tile(&layer.name, &area).unwrap().len(), 63);
    }
    assert!(begun.elapsed() < PATIENCE, "a world took {:?}", begun.elapsed());
}

/// Reads a text as an editor does.
fn read(text: &str) {
    let begun = ThreadTime::now();
    let compiled = compile("x.yaml", text, 1, &BTreeMap::new());
    assert!(begun.elapsed() < PATIENCE, "reading took {:?}", begun.elapsed());
    match compiled {
        Ok(compiled) => grow(&compiled.world),
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                let told = fault.to_string();
                assert!(told.starts_with("x.yaml:") && !told.contains('\n'), "{told:?}");
                assert!(told.len() < 4_000, "{told}");
            }
        }
    }
}

/// What authors and attackers write in place of a number or a name.
fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "0",
        "-1",
        "1e308",
        "-1e308",
        "1e-320",
        ".inf",
        "-.inf",
        ".nan",
        "9223372036854775807",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0x7fffffff",
        "1_000",
        "~",
        "null",
        "true",
        "''",
        "\"\\u0000\"",
        "[]",
        "{}",
        "[[[[[[]]]]]]",
        "*a",
        "&a 1",
        "!!binary aGk=",
        "|",
        ">",
        "- -",
        "? x",
        "%",
        "64 m",
        "1 u",
        "0 m",
        "100 km",
        "-100 km",
        "1e9 km",
        "0%",
        "1000%",
        "height",
        "land",
        "$level",
        "$",
        "\u{feff}",
        "\u{202e}",
        "é",
    ])
}

/// One change of a text.
#[derive(Clone, Debug)]
enum Change {
    Drop(Index),
    Double(Index),
    Swap(Index, Index),
    Replace(Index, &'static str),
    Cut(Index),
    Flip(Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        1 => any::<Index>().prop_map(Change::Drop),
        1 => any::<Index>().prop_map(Change::Double),
        1 => any::<(Index, Index)>().prop_map(|(a, b)| Change::Swap(a, b)),
        4 => (any::<Index>(), token()).prop_map(|(at, token)| Change::Replace(at, token)),
        1 => any::<Index>().prop_map(Change::Cut),
        1 => (any::<Index>(), 32..127_u8).prop_map(|(at, byte)| Change::Flip(at, byte)),
    ]
}

/// Where the words of a text stand: what a replacement takes the place of.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | '$' | '#');
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_of_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn changed(text: &str, change: &Change) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let joined = |lines: Vec<&str>| lines.join("\n") + "\n";
    match change {
        Change::Drop(at) => {
            let at = at.index(lines.len());
            joined(lines.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, line)| *line).collect())
        }
        Change::Double(at) => {
            let at = at.index(lines.len());
            joined(
                lines
                    .iter()
                    .enumerate()
                    .flat_map(|(i, line)| vec![*line; 1 + usize::from(i == at)])
                    .collect(),
            )
        }
        Change::Swap(a, b) => {
            let mut lines = lines.clone();
            let count = lines.len();
            lines.swap(a.index(count), b.index(count));
            joined(lines)
        }
        Change::Replace(at, token) => {
            let words = words(text);
            let Some(word) = (!words.is_empty()).then(|| words[at.index(words.len())].clone()) else {
                return text.to_owned();
            };
            format!("{}{token}{}", &text[..word.start], &text[word.end..])
        }
        Change::Cut(at) => {
            let end = at.index(text.len());
            text[..text.floor_char_boundary(end)].to_owned()
        }
        Change::Flip(at, byte) => {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] = *byte;
            String::from_utf8_lossy(&bytes).into_owned()
        }
    }
}

/// A length of any size, most of them such as authors write.
fn length() -> impl Strategy<Value = Value> {
    prop_oneof![8 => 1..600_000_i64, 1 => -26_000_000..26_000_000_i64]
        .prop_map(|units| json!(format!("{units} u")))
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => (-20.0..20.0_f64).prop_map(|number| json!(number)),
        1 => prop::sample::select(vec![json!(0), json!(3.4e38), json!(-3.4e38), json!(1e-45), json!(1e300)]),
    ]
}

/// A step that reads the layers before it.
fn step(before: usize) -> BoxedStrategy<Value> {
    let layer = move || (0..before.max(1)).prop_map(|layer| json!(format!("l{layer}")));
    let basis = prop::sample::select(vec!["perlin", "value", "opensimplex2"]);
    let fractal = prop::sample::select(vec!["noise", "fbm", "billow", "ridged", "hybrid", "eroded"]);
    let noise = (fractal, basis, length(), 1..7_u32, 0.0..1.0_f32, 1.2..4.0_f32).prop_map(
        |(step, noise, wavelength, octaves, gain, lacunarity)| {
            json!({"step": step, "noise": noise, "wavelength": wavelength, "octaves": octaves, "gain": gain,
                "lacunarity": lacunarity})
        },
    );
    if before == 0 {
        return noise.boxed();
    }
    let warped = (length(), layer(), layer(), length()).prop_map(|(wavelength, x, z, distance)| {
        json!({"step": "fbm", "wavelength": wavelength, "octaves": 2, "warp": {"x": x, "z": z, "distance": distance}})
    });
    let wind = prop::sample::select(vec!["north", "east", "south", "west"]);
    prop_oneof![
        2 => noise,
        1 => warped,
        1 => (length(), 0.0..1.0_f32).prop_map(|(wavelength, jitter)| {
            json!({"step": "cellular", "wavelength": wavelength, "jitter": jitter, "give": "edge"})
        }),
        2 => vec((layer(), number()), 1..4).prop_map(|terms| {
            let of: Vec<Value> =
                terms.into_iter().map(|(layer, times)| json!({"layer": layer, "times": times})).collect();
            json!({"step": "sum", "of": of})
        }),
        1 => (vec(layer(), 2..4), number()).prop_map(|(of, times)| json!({"step": "multiply", "of": of, "times": times})),
        1 => (layer(), length()).prop_map(|(of, every)| json!({"step": "coarse", "of": of, "every": every})),
        1 => (layer(), length()).prop_map(|(of, every)| json!({"step": "slope", "of": of, "every": every})),
        1 => (layer(), wind, length(), length(), length()).prop_map(|(of, from, reach, rise, every)| {
            json!({"step": "rain_shadow", "of": of, "from": from, "reach": reach, "rise": rise, "every": every})
        }),
        1 => (layer(), vec((number(), number()), 1..6)).prop_map(|(of, points)| {
            json!({"step": "spline", "of": of, "points": points})
        }),
        1 => (layer(), number(), 0.0..1.0_f32).prop_map(|(of, every, sharpness)| {
            json!({"step": "terrace", "of": of, "every": every, "sharpness": sharpness})
        }),
        1 => (layer(), number(), number()).prop_map(|(of, min, max)| json!({"step": "clamp", "of": of, "min": min, "max": max})),
    ]
    .boxed()
}

prop_compose! {
    /// Layers that read each other, and a ground and a climate out of them.
    fn recipe()(count in 1..24_usize)(
        layers in (0..count).map(step).collect::<Vec<_>>(),
        roots in vec(any::<Index>(), 6),
        (spacing, valley, lake, longest) in (length(), length(), length(), length()),
        (blend, scale, lowest) in (0.0..0.3_f32, length(), length()),
    ) -> Value {
        let mut recipe: Value = serde_json::from_str(EVERY_STEP).unwrap();
        let root = |at: usize| json!(format!("l{}", roots[at].index(layers.len())));
        recipe["layers"] =
            layers.iter().enumerate().map(|(i, step)| (format!("l{i}"), step.clone())).collect::<serde_json::Map<_, _>>().into();
        recipe["terrain"]["height"] = root(0);
        recipe["terrain"]["lowest"] = lowest;
        recipe["climate"]["temperature"] = root(1);
        recipe["climate"]["humidity"] = root(2);
        recipe["climate"]["blend"] = json!(blend);
        recipe["climate"]["height_scale"] = scale;
        recipe["rivers"]["of"] = root(3);
        recipe["rivers"]["spacing"] = spacing;
        recipe["rivers"]["valley"] = valley;
        recipe["rivers"]["lake"] = lake;
        recipe["roads"]["longest"] = longest;
        recipe["danger"] = root(4);
        recipe["features"][0]["density"] = root(5);
        recipe
    }
}

/// What is out of range, put into range: so that most of the recipes grow.
fn mended(mut recipe: Value) -> Value {
    let units = |value: &Value| -> i64 {
        value.as_str().and_then(|text| text.trim_end_matches(" u").parse().ok()).unwrap_or(0_i64)
    };
    let within = |value: &mut Value, metres: std::ops::RangeInclusive<i64>| {
        let (low, high) = (metres.start() * 256, metres.end() * 256);
        *value = json!(format!("{} u", low + units(value).rem_euclid(high - low + 1)));
    };
    for (_, step) in recipe["layers"].as_object_mut().unwrap() {
        let kind = step["step"].as_str().unwrap().to_owned();
        match kind.as_str() {
            "rain_shadow" => {
                within(&mut step["every"], 16..=64);
                within(&mut step["rise"], 1..=300);
                within(&mut step["reach"], 64..=2_000);
            }
            "coarse" | "slope" => within(&mut step["every"], 1..=64),
            "spline" => {
                let points = step["points"].as_array_mut().unwrap();
                points.push(json!([0, 1]));
                for (i, point) in points.iter_mut().enumerate() {
                    point[0] = json!(i as f64 - 1.5);
                }
            }
            "clamp" => (step["min"], step["max"]) = (json!(-3), json!(40)),
            "terrace" => step["every"] = json!(2.5),
            _ => {}
        }
        if step.get("octaves").is_some() {
            step["lacunarity"] = json!(1.9);
            within(&mut step["wavelength"], 120..=9_000);
        }
        if kind == "cellular" {
            within(&mut step["wavelength"], 4..=9_000);
        }
        if let Some(warp) = step.get_mut("warp") {
            within(&mut warp["distance"], 0..=2_000);
        }
    }
    recipe["terrain"]["lowest"] = json!("-300 m");
    recipe["climate"]["blend"] = json!(0.05);
    within(&mut recipe["climate"]["height_scale"], 1..=900);
    within(&mut recipe["rivers"]["spacing"], 64..=256);
    within(&mut recipe["rivers"]["valley"], 1..=128);
    within(&mut recipe["rivers"]["lake"], 0..=128);
    within(&mut recipe["roads"]["longest"], 64..=1_500);
    recipe
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_mutilated_recipe_is_refused_in_words_or_grows(changes in vec(change(), 1..4)) {
        read(&changes.iter().fold(EVERY_STEP_YAML.to_owned(), |text, change| changed(&text, change)));
    }

    #[test]
    fn any_text_is_refused_in_words(text in "[-:\\[\\]{}&*!|>'\"%@`#?,a-z0-9 .\n\t]{0,200}") {
        read(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_graph_of_steps_is_refused_in_words_or_grows(recipe in recipe(), seed: u64) {
        for recipe in [mended(recipe.clone()), recipe] {
            let Ok(recipe) = serde_json::from_value::<Recipe>(recipe) else { continue };
            match World::new(seed, recipe) {
                Ok(world) => grow(&world),
                Err(fault) => prop_assert!(!fault.to_string().contains('\n')),
            }
        }
    }
}

#[test]
fn most_graphs_of_mended_steps_grow() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut refused = Vec::new();
    for _ in 0..60 {
        let value = mended(recipe().new_tree(&mut runner).unwrap().current());
        let recipe: Recipe = serde_json::from_value(value).unwrap();
        refused.extend(World::new(1, recipe).err().map(|fault| fault.to_string()));
    }
    assert!(refused.len() < 30, "the others are never tried: {refused:#?}");
}

#[test]
fn hostile_yaml_is_refused_before_it_costs_anything() {
    let deep = |open: &str, close: &str| open.repeat(5_000) + &close.repeat(5_000);
    let keys: String = (0..60_000).map(|i| format!("k{i}: 1\n")).collect();
    let anchors: String = (0..2_000).map(|i| format!("- &a{i} [*a{}]\n", i.max(1) - 1)).collect();
    for text in [
        deep("[", "]"),
        deep("{a: ", "}"),
        deep("- ", ""),
        "a:\n ".repeat(20_000),
        format!("format: {}\n", "9".repeat(100_000)),
        format!("format: 1\nname: {}\n", "x".repeat(200_000)),
        format!("format: 1\nlayers: {{{}}}\n", "a: {step: constant, value: 1}, ".repeat(5_000)),
        keys,
        anchors,
        "&a [*a, *a, *a]".to_owned(),
        "<<: &m {<<: *m}\n".to_owned(),
        "? ? ? ? ? ? x\n".repeat(1_000),
        "\"\\U0010FFFF".repeat(1_000),
        "!!python/object:os.system [ls]\n".to_owned(),
    ] {
        let begun = ThreadTime::now();
        assert!(compile("x.yaml", &text, 1, &BTreeMap::new()).is_err(), "{}", &text[..40.min(text.len())]);
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{:?} for {}…",
            begun.elapsed(),
            &text[..20.min(text.len())]
        );
    }
}
