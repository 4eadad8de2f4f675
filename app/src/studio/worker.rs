//! A worker's half: reads recipes, draws, explains and proves with the same code as the server, away from the page's
//! thread.

use std::collections::BTreeMap;

use grid::{CellCoord, Position, UNITS_PER_METRE};
use js_sys::Uint8ClampedArray;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use worldgen::{Area, Look, LookLayer, PIXELS_BYTES, World, chunk_hash, compile};

use super::worker_messages::{Explained, Order, Reading, Report, Side, Sketch, TileKey};

/// What faults call the text: it stands in no file.
const TEXT: &str = "recipe.yaml";

/// Listens for orders for as long as the worker lives. Apart from the page's code: only the studio's workers read YAML.
#[cfg_attr(feature = "split", leptos::lazy(studio_terrain))]
pub async fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut bench = Bench::default();
    let reports = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(order) = Order::from_js(&event.data()) else { return };
        if let Some((report, pixels)) = bench.follow(order) {
            let pixels = pixels.map(|pixels| Uint8ClampedArray::from(pixels.as_slice()));
            let (message, handed_over) = report.to_js(pixels.as_ref());
            // Posting fails only for what can't be copied; texts and buffers can.
            let _ = reports.post_message_with_transfer(&message, &handed_over);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

type Answer = Option<(Report, Option<Vec<u8>>)>;

/// The worlds that the worker works on. A text with errors leaves the world before it standing.
#[derive(Default)]
struct Bench {
    worlds: [Option<(u32, World)>; 2],
}

impl Bench {
    fn follow(&mut self, order: Order) -> Answer {
        match order {
            Order::Read { side, revision, seed, text, tells } => {
                let reading = self.read(side, revision, &seed, &text);
                tells.then_some((Report::Read { side, revision, reading }, None))
            }
            Order::Draw { side, revision, edition, tile, look } => {
                let Some(world) = self.world(side, revision) else {
                    return Some((Report::Overtaken { side, edition, tile }, None));
                };
                // A layer that this side hasn't is drawn as nothing.
                let (pixels, counts) =
                    draw(world, tile, &look).unwrap_or_else(|| (vec![0; PIXELS_BYTES], Vec::new()));
                Some((Report::Drawn { side, edition, tile, counts }, Some(pixels)))
            }
            Order::Explain { side, revision, x, z } => {
                let explained = Box::new(explain(self.world(side, revision)?, x, z));
                Some((Report::Explained { side, revision, explained }, None))
            }
            Order::Prove { revision, seed, text } => {
                let compiled = compile(TEXT, &text, seed.parse().ok()?, &BTreeMap::new()).ok()?;
                Some((Report::Proved { revision, proofs: compiled.world.run_tests() }, None))
            }
        }
    }

    fn world(&self, side: Side, revision: u32) -> Option<&World> {
        self.worlds[side.index()].as_ref().filter(|(of, _)| *of == revision).map(|(_, world)| world)
    }

    fn read(&mut self, side: Side, revision: u32, seed: &str, text: &str) -> Reading {
        // A seed that is no number comes from no server of ours.
        let seed = seed.parse().unwrap_or_default();
        match compile(TEXT, text, seed, &BTreeMap::new()) {
            Ok(compiled) => {
                let sketch = Some(sketch(&compiled.world));
                let place = &mut self.worlds[side.index()];
                let before = place.take().map(|(_, before)| before);
                *place = Some((revision, compiled.world.grow_on(before)));
                Reading { faults: compiled.warnings, sketch }
            }
            Err(faults) => Reading { faults, sketch: None },
        }
    }
}

fn sketch(world: &World) -> Sketch {
    let views = [
        LookLayer::Land,
        LookLayer::Height,
        LookLayer::Slope,
        LookLayer::Biome,
        LookLayer::Material,
        LookLayer::Temperature,
        LookLayer::Humidity,
    ];
    let named = world.recipe().layers.keys().cloned().map(LookLayer::Named);
    let scales = views.into_iter().chain(named).map(|layer| {
        let scale = world.scale(&layer);
        (layer, scale)
    });
    Sketch {
        fingerprint: world.fingerprint(),
        params: world.recipe().params.iter().map(|(name, param)| (name.clone(), param.clone())).collect(),
        scales: scales.collect(),
    }
}

/// A tile's pixels, and how many of them are of each column of the look's scale.
fn draw(world: &World, tile: TileKey, look: &Look) -> Option<(Vec<u8>, Vec<u32>)> {
    let as_it_is = Look { layer: LookLayer::Land, hillshade: true, water: true, walkable: false };
    if tile.level == 0 && *look == as_it_is {
        return Some(draw_chunk(world, CellCoord::new(tile.x, tile.z)));
    }
    let step = UNITS_PER_METRE << tile.level;
    let side = step * i64::from(TileKey::PIXELS);
    let pixels = TileKey::PIXELS as usize;
    let area = Area {
        x: i64::from(tile.x) * side,
        z: i64::from(tile.z) * side,
        step,
        width: pixels,
        height: pixels,
    };
    let painting = world.paint(look, &area).ok()?;
    Some((painting.pixels, painting.counts))
}

/// A chunk as the World page shows it, with all that stands on it.
fn draw_chunk(world: &World, cell: CellCoord) -> (Vec<u8>, Vec<u32>) {
    let chunk = world.chunk(cell);
    let mut pixels = vec![0; PIXELS_BYTES];
    chunk.shade(world.recipe(), &mut pixels);
    let mut counts = vec![0; world.recipe().biomes.len()];
    for biome in &chunk.biomes {
        if let Some(count) = counts.get_mut(usize::from(*biome)) {
            *count += 1;
        }
    }
    (pixels, counts)
}

fn explain(world: &World, x: i64, z: i64) -> Explained {
    let at = Position::from_metres(x, 0, z);
    Explained { x, z, explanation: world.explain(at), hash: chunk_hash(&world.chunk(at.cell()).encode()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPERATE: &str = include_str!("../../../config/recipes/temperate.yaml");

    fn read(bench: &mut Bench, revision: u32, text: &str) -> Reading {
        let order = Order::Read {
            side: Side::Draft,
            revision,
            seed: "42".to_owned(),
            text: text.to_owned(),
            tells: true,
        };
        match bench.follow(order) {
            Some((Report::Read { reading, .. }, None)) => reading,
            other => panic!("{other:?}"),
        }
    }

    fn draw(bench: &mut Bench, revision: u32) -> Report {
        let tile = TileKey { level: 0, x: 1, z: 2 };
        let look = Look { hillshade: true, water: true, ..Look::default() };
        bench.follow(Order::Draw { side: Side::Draft, revision, edition: 9, tile, look }).expect("answers").0
    }

    #[test]
    fn a_text_with_errors_leaves_the_world_before_it_standing() {
        let mut bench = Bench::default();
        let sketch = read(&mut bench, 1, TEMPERATE).sketch.expect("is sound");
        assert!(sketch.params.iter().any(|(name, _)| name == "peaks"));
        let broken = read(&mut bench, 2, &TEMPERATE.replacen("step: ridged", "step: rigded", 1));
        assert!(broken.sketch.is_none() && broken.faults[0].line > 1, "{broken:?}");
        assert!(matches!(draw(&mut bench, 1), Report::Drawn { edition: 9, .. }));
    }

    #[test]
    fn what_was_overtaken_is_not_drawn() {
        let mut bench = Bench::default();
        read(&mut bench, 1, TEMPERATE);
        read(&mut bench, 2, &TEMPERATE.replacen("value: 0.58", "value: 0.6", 1));
        assert!(matches!(draw(&mut bench, 1), Report::Overtaken { .. }));
        assert!(matches!(draw(&mut bench, 2), Report::Drawn { .. }));
    }

    #[test]
    fn a_place_is_explained_with_its_chunks_hash() {
        let mut bench = Bench::default();
        read(&mut bench, 1, TEMPERATE);
        let order = Order::Explain { side: Side::Draft, revision: 1, x: -70, z: 130 };
        let Some((Report::Explained { explained, .. }, _)) = bench.follow(order) else { panic!("no answer") };
        let world =
            compile(TEXT, TEMPERATE, 42, &BTreeMap::new()).map_err(|_| "refused").expect("is sound").world;
        assert_eq!(explained.hash, chunk_hash(&world.chunk(CellCoord::new(-2, 2)).encode()));
        assert!(explained.explanation.biomes.iter().all(|reason| reason.line.is_some()));
    }
}
