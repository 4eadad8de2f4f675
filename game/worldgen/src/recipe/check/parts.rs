//! The parts of a recipe beside its layers, one by one.

use super::{Recipe, RecipeFault, check_id, check_order, check_span};
use crate::recipe::{FeatureRule, Length, Settlement};

const BIOMES_MAX: usize = 64;
const MATERIALS_MAX: usize = 64;
const FEATURES_MAX: usize = 32;
const SETTLEMENTS_MAX: usize = 8;
const SPAWNS_MAX: usize = 256;
const SURFACES_MAX: usize = 8;

type Faults = Vec<RecipeFault>;

pub(super) fn check(recipe: &Recipe, faults: &mut Faults) {
    for (path, layer) in recipe.roots() {
        faults.extend(
            recipe.unknown_layer(layer).map(|fault| path.iter().rev().fold(fault, RecipeFault::under)),
        );
    }
    check_terrain(recipe, faults);
    check_climate(recipe, faults);
    let ids = |ids: Vec<&str>, list: &str, least: usize, most: usize, faults: &mut Faults| {
        if !(least..=most).contains(&ids.len()) {
            faults.push(RecipeFault::new(format!("a recipe has {least} to {most} of these")).under(list));
        }
        for (index, id) in ids.iter().enumerate() {
            let twice = ids[..index].contains(id);
            let fault =
                if twice { Some(RecipeFault::new(format!("`{id}` is there twice"))) } else { check_id(id) };
            faults.extend(fault.map(|fault| fault.under("id").under(index).under(list)));
        }
    };
    ids(
        recipe.materials.iter().map(|part| part.id.as_str()).collect(),
        "materials",
        0,
        MATERIALS_MAX,
        faults,
    );
    ids(recipe.biomes.iter().map(|part| part.id.as_str()).collect(), "biomes", 1, BIOMES_MAX, faults);
    ids(recipe.features.iter().map(|part| part.id.as_str()).collect(), "features", 0, FEATURES_MAX, faults);
    let settlements = recipe.settlements.iter().map(|part| part.id.as_str()).collect();
    ids(settlements, "settlements", 0, SETTLEMENTS_MAX, faults);
    each(&recipe.biomes, "biomes", faults, |biome, faults| {
        check_span(&biome.within, faults);
        if biome.surface.len() > SURFACES_MAX {
            faults.push(RecipeFault::new(format!("takes up to {SURFACES_MAX} materials")).under("surface"));
        }
        each(&biome.surface, "surface", faults, |surface, faults| {
            check_span(&surface.within, faults);
            faults.extend(unknown_material(recipe, &surface.material));
        });
    });
    each(&recipe.features, "features", faults, |rule, faults| check_feature(recipe, rule, faults));
    each(&recipe.settlements, "settlements", faults, |place, faults| check_settlement(recipe, place, faults));
    check_rivers(recipe, faults);
    check_roads(recipe, faults);
    check_spawns(recipe, faults);
    for biome in recipe.tests.biome_share.keys() {
        faults.extend(unknown_biome(recipe, biome).map(|fault| fault.under("biome_share").under("tests")));
    }
}

/// Checks each entry of a list, and puts its place before the keys of its faults.
fn each<T>(list: &[T], name: &str, faults: &mut Faults, check: impl Fn(&T, &mut Faults)) {
    for (index, entry) in list.iter().enumerate() {
        let mut of_entry = Vec::new();
        check(entry, &mut of_entry);
        faults.extend(of_entry.into_iter().map(|fault| fault.under(index).under(name)));
    }
}

/// A fault where a length is not between two others, in whole metres.
fn length(faults: &mut Faults, key: &str, value: Length, metres: std::ops::RangeInclusive<i64>) {
    let units = metres.start() * 256..=metres.end() * 256;
    if !units.contains(&value.units()) {
        let fault = format!("must be {} m to {} m", metres.start(), metres.end());
        faults.push(RecipeFault::new(fault).under(key));
    }
}

fn unknown_biome(recipe: &Recipe, biome: &str) -> Option<RecipeFault> {
    let known = recipe.biomes.iter().map(|known| known.id.as_str());
    (!known.clone().any(|known| known == biome)).then(|| RecipeFault::unknown("biome", biome, known))
}

fn unknown_biomes<'a>(recipe: &'a Recipe, biomes: &'a [String]) -> impl Iterator<Item = RecipeFault> + 'a {
    biomes.iter().enumerate().filter_map(|(index, biome)| {
        unknown_biome(recipe, biome).map(|fault| fault.under(index).under("biomes"))
    })
}

fn unknown_material(recipe: &Recipe, material: &str) -> Option<RecipeFault> {
    let known = recipe.materials.iter().map(|known| known.id.as_str());
    let unknown = !known.clone().any(|known| known == material);
    unknown.then(|| RecipeFault::unknown("material", material, known).under("material"))
}

fn check_terrain(recipe: &Recipe, faults: &mut Faults) {
    let terrain = &recipe.terrain;
    let top = terrain.lowest.units() + 1_024 * 256;
    if !(terrain.lowest.units()..top).contains(&terrain.water_level.units()) {
        let fault = RecipeFault::new("must lie between `lowest` and 1024 m above it");
        faults.push(fault.under("water_level").under("terrain"));
    }
}

fn check_climate(recipe: &Recipe, faults: &mut Faults) {
    if recipe.climate.height_scale.units() < 256 {
        faults.push(RecipeFault::new("must be 1 m or more").under("height_scale").under("climate"));
    }
    if recipe.climate.blend.get() > 0.2 {
        faults.push(RecipeFault::new("must be 0% to 20%").under("blend").under("climate"));
    }
}

fn check_feature(recipe: &Recipe, rule: &FeatureRule, faults: &mut Faults) {
    check_span(&rule.within, faults);
    faults.extend(unknown_biomes(recipe, &rule.biomes));
    let density = rule.density.as_deref().and_then(|layer| recipe.unknown_layer(layer));
    faults.extend(density.map(|fault| fault.under("density")));
    length(faults, "spacing", rule.spacing, 2..=2_000);
    length(faults, "radius", rule.radius, 0..=64);
    if rule.chance.get() > 1.0 {
        faults.push(RecipeFault::new("must be 0% to 100%").under("chance"));
    }
    if rule.scale.1.get() > 3.98 {
        faults.push(RecipeFault::new("must be at most 398%").under("scale"));
    }
    faults.extend(check_order(rule.scale.0, rule.scale.1).map(|fault| fault.under("scale")));
    if let Some(cluster) = &rule.cluster {
        if !(2..=16).contains(&cluster.count) {
            faults.push(RecipeFault::new("must be 2 to 16").under("count").under("cluster"));
        }
        if !(256..=32 * 256).contains(&cluster.reach.units()) {
            faults.push(RecipeFault::new("must be 1 m to 32 m").under("reach").under("cluster"));
        }
    }
}

fn check_settlement(recipe: &Recipe, place: &Settlement, faults: &mut Faults) {
    check_span(&place.within, faults);
    faults.extend(unknown_biomes(recipe, &place.biomes));
    length(faults, "spacing", place.spacing, 256..=8_000);
    length(faults, "radius", place.radius, 8..=96);
    length(faults, "unevenness", place.unevenness, 0..=100);
    if place.separation.units() < 0 || place.separation.units() * 2 > place.spacing.units() {
        faults.push(RecipeFault::new("must be 0 m to half of `spacing`").under("separation"));
    }
    if place.chance.get() > 1.0 {
        faults.push(RecipeFault::new("must be 0% to 100%").under("chance"));
    }
    if place.houses > 40 {
        faults.push(RecipeFault::new("must be 0 to 40").under("houses"));
    }
    let features = recipe.features.iter().map(|rule| rule.id.as_str());
    if !features.clone().any(|known| known == place.house) {
        faults.push(RecipeFault::unknown("feature", &place.house, features).under("house"));
    }
}

fn check_rivers(recipe: &Recipe, faults: &mut Faults) {
    let Some(rivers) = &recipe.rivers else { return };
    let mut of_rivers = Vec::new();
    length(&mut of_rivers, "spacing", rivers.spacing, 64..=256);
    length(&mut of_rivers, "narrowest", rivers.narrowest, 1..=64);
    length(&mut of_rivers, "widest", rivers.widest, 1..=64);
    length(&mut of_rivers, "depth", rivers.depth, 0..=32);
    length(&mut of_rivers, "valley", rivers.valley, 1..=128);
    length(&mut of_rivers, "lake", rivers.lake, 0..=128);
    if !(1..=8).contains(&rivers.springs) {
        of_rivers.push(RecipeFault::new("must be 1 to 8").under("springs"));
    }
    faults.extend(of_rivers.into_iter().map(|fault| fault.under("rivers")));
}

fn check_roads(recipe: &Recipe, faults: &mut Faults) {
    let Some(roads) = &recipe.roads else { return };
    let mut of_roads: Faults = unknown_material(recipe, &roads.material).into_iter().collect();
    length(&mut of_roads, "width", roads.width, 1..=16);
    length(&mut of_roads, "longest", roads.longest, 64..=4_000);
    if !(0.0..=1_000.0).contains(&roads.effort) {
        of_roads.push(RecipeFault::new("must be 0 to 1000").under("effort"));
    }
    faults.extend(of_roads.into_iter().map(|fault| fault.under("roads")));
}

fn check_spawns(recipe: &Recipe, faults: &mut Faults) {
    if recipe.spawns.len() > SPAWNS_MAX {
        faults.push(RecipeFault::new(format!("a recipe has up to {SPAWNS_MAX} of these")).under("spawns"));
    }
    each(&recipe.spawns, "spawns", faults, |spawn, faults| {
        faults.extend(unknown_biomes(recipe, &spawn.biomes));
        faults.extend(check_order(spawn.danger.0, spawn.danger.1).map(|fault| fault.under("danger")));
        if !(1..=1_000).contains(&spawn.weight) {
            faults.push(RecipeFault::new("must be 1 to 1000").under("weight"));
        }
        if spawn.group.0 < 1 || spawn.group.1 > 20 || spawn.group.0 > spawn.group.1 {
            faults.push(RecipeFault::new("must go from 1 or more up to 20").under("group"));
        }
        if spawn.monster.len() > 80 {
            faults.push(RecipeFault::new("is longer than any id").under("monster"));
        }
    });
}
