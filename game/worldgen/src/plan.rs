//! A recipe's layers in the order of evaluation, and their values over an area.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    area::Area,
    chunk::ENGINE,
    hash,
    kept::{Edition, Kept, Values},
    lanes::Lanes,
    recipe::Recipe,
    steps::{Patch, Points, Range, Step},
};

/// The layers of a recipe, each after those that it reads.
pub(crate) struct Plan {
    layers: Vec<Layer>,
    places: BTreeMap<String, usize>,
    /// What layers gave, for whoever works on the recipe.
    kept: Option<Arc<Kept>>,
    /// The newest edition of any layer.
    newest: Edition,
}

struct Layer {
    step: Step,
    seed: u64,
    inputs: Vec<usize>,
    pull: Option<usize>,
    range: Range,
    edition: Edition,
}

impl Plan {
    /// Lays out the layers of a checked recipe: there is no circle and no name without a layer.
    pub(crate) fn of(recipe: &Recipe, seed: u64) -> Self {
        let mut plan = Self { layers: Vec::new(), places: BTreeMap::new(), kept: None, newest: 0 };
        for name in recipe.layers.keys() {
            plan.place(recipe, seed, name);
        }
        plan
    }

    fn place(&mut self, recipe: &Recipe, seed: u64, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let step = &recipe.layers[name];
        let field = step.field();
        let inputs: Vec<usize> =
            field.inputs().into_iter().map(|(_, input)| self.place(recipe, seed, input)).collect();
        let pull = field.pull().map(|(_, input)| self.place(recipe, seed, input));
        let seed = hash::named_seed(seed, ENGINE, "layer", field.salt().unwrap_or(name));
        let ranges: Vec<Range> = inputs.iter().chain(&pull).map(|input| self.layers[*input].range).collect();
        let range = field.range(&ranges);
        self.layers.push(Layer { step: step.clone(), seed, inputs, pull, range, edition: 0 });
        self.places.insert(name.to_owned(), self.layers.len() - 1);
        self.layers.len() - 1
    }

    /// Keeps what layers give from now on, and what they have given in the version before: a layer is of the same edition if
    /// neither it nor any below it has changed. The version before has to be gone, or two versions would count on from one.
    pub(crate) fn grow_on(&mut self, before: Option<&Self>) {
        self.newest = before.map_or(0, |before| before.newest);
        let mut names: Vec<(usize, String)> =
            self.places.iter().map(|(name, place)| (*place, name.clone())).collect();
        // Each after those that it reads.
        names.sort_unstable();
        for (place, name) in names {
            let same = before.and_then(|before| self.edition_before(before, place, &name));
            self.layers[place].edition = same.unwrap_or(self.newest + 1);
            self.newest = self.newest.max(self.layers[place].edition);
        }
        let kept = before.and_then(|before| before.kept.clone()).unwrap_or_default();
        kept.retain(&self.layers.iter().map(|layer| layer.edition).collect::<BTreeSet<_>>());
        self.kept = Some(kept);
    }

    /// A layer's edition in the version before, if it is the same there.
    fn edition_before(&self, before: &Self, place: usize, name: &str) -> Option<Edition> {
        let (layer, known) = (&self.layers[place], &before.layers[before.find(name)?]);
        let editions = |plan: &Self, layer: &Layer| -> Vec<Edition> {
            layer.inputs.iter().chain(&layer.pull).map(|input| plan.layers[*input].edition).collect()
        };
        let is_same = layer.seed == known.seed
            && layer.step == known.step
            && editions(self, layer) == editions(before, known);
        (is_same && before.kept.is_some()).then_some(known.edition)
    }

    /// A layer's edition.
    pub(crate) fn edition(&self, layer: usize) -> Edition {
        self.layers[layer].edition
    }

    /// Whether a layer's values over an area are kept.
    #[cfg(all(test, feature = "authoring"))]
    pub(crate) fn kept_over(&self, area: &Area, layer: usize) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.find(self.edition(layer), area).is_some())
    }

    /// A layer's place.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// The values that a layer can have.
    pub(crate) fn range(&self, layer: usize) -> Range {
        self.layers[layer].range
    }
}

/// The values of layers, worked out when they are asked for and kept until the evaluation is dropped.
pub(crate) struct Evaluation<'a> {
    plan: &'a Plan,
    lanes: Lanes,
    sheets: Vec<Sheet>,
}

/// The values that are known over one area.
struct Sheet {
    area: Area,
    values: Vec<Option<Values>>,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(plan: &'a Plan, lanes: Lanes) -> Self {
        Self { plan, lanes, sheets: Vec::new() }
    }

    /// A layer's values over an area.
    pub(crate) fn values(&mut self, area: &Area, layer: usize) -> Values {
        let sheet = self.sheets.iter().position(|sheet| sheet.area == *area).unwrap_or_else(|| {
            self.sheets.push(Sheet { area: *area, values: vec![None; self.plan.layers.len()] });
            self.sheets.len() - 1
        });
        let values = self.evaluate(sheet, layer);
        if let Some(kept) = &self.plan.kept {
            kept.put(self.plan.layers[layer].edition, area, &values);
        }
        values
    }

    /// The same, for whoever asks for nothing else.
    pub(crate) fn into_values(mut self, area: &Area, layer: usize) -> Vec<f32> {
        let values = self.values(area, layer);
        drop(self);
        Arc::unwrap_or_clone(values)
    }

    fn evaluate(&mut self, sheet: usize, index: usize) -> Values {
        if let Some(known) = &self.sheets[sheet].values[index] {
            return Arc::clone(known);
        }
        let plan = self.plan;
        let layer = &plan.layers[index];
        let area = self.sheets[sheet].area;
        if let Some(known) = plan.kept.as_ref().and_then(|kept| kept.find(layer.edition, &area)) {
            self.sheets[sheet].values[index] = Some(Arc::clone(&known));
            return known;
        }
        let field = layer.step.field();
        let inputs: Vec<Values> = layer.inputs.iter().map(|input| self.evaluate(sheet, *input)).collect();
        let pulled = layer.pull.map(|pull| {
            let around = field.pulled(&area);
            Patch { area: around, values: self.values(&around, pull) }
        });
        let inputs: Vec<&[f32]> = inputs.iter().map(|input| input.as_slice()).collect();
        let mut out = vec![0.0; area.points()];
        let points = Points { area: &area, seed: layer.seed, lanes: self.lanes };
        field.fill(points, &inputs, pulled.as_ref(), &mut out);
        let out = Arc::new(out);
        self.sheets[sheet].values[index] = Some(Arc::clone(&out));
        if let Some(kept) = plan.kept.as_ref().filter(|_| Kept::wants(&area, field.cost_ns())) {
            kept.put(layer.edition, &area, &out);
        }
        out
    }
}
