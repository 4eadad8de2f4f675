//! A recipe's layers in the order of evaluation, and their values over an area.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    area::Area,
    chunk::ENGINE,
    hash,
    lanes::Lanes,
    recipe::Recipe,
    steps::{Patch, Points, Range, Step},
};

/// The layers of a recipe, each after those that it reads.
pub(crate) struct Plan {
    layers: Vec<Layer>,
    places: BTreeMap<String, usize>,
}

struct Layer {
    step: Step,
    seed: u64,
    inputs: Vec<usize>,
    pull: Option<usize>,
    range: Range,
}

impl Plan {
    /// Lays out the layers of a checked recipe: there is no circle and no name without a layer.
    pub(crate) fn of(recipe: &Recipe, seed: u64) -> Self {
        let mut plan = Self { layers: Vec::new(), places: BTreeMap::new() };
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
        self.layers.push(Layer { step: step.clone(), seed, inputs, pull, range });
        self.places.insert(name.to_owned(), self.layers.len() - 1);
        self.layers.len() - 1
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
    values: Vec<Option<Rc<Vec<f32>>>>,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(plan: &'a Plan, lanes: Lanes) -> Self {
        Self { plan, lanes, sheets: Vec::new() }
    }

    /// A layer's values over an area.
    pub(crate) fn values(&mut self, area: &Area, layer: usize) -> Rc<Vec<f32>> {
        let sheet = self.sheets.iter().position(|sheet| sheet.area == *area).unwrap_or_else(|| {
            self.sheets.push(Sheet { area: *area, values: vec![None; self.plan.layers.len()] });
            self.sheets.len() - 1
        });
        self.evaluate(sheet, layer)
    }

    /// The same, for whoever asks for nothing else.
    pub(crate) fn into_values(mut self, area: &Area, layer: usize) -> Vec<f32> {
        let values = self.values(area, layer);
        drop(self);
        Rc::unwrap_or_clone(values)
    }

    fn evaluate(&mut self, sheet: usize, index: usize) -> Rc<Vec<f32>> {
        if let Some(known) = &self.sheets[sheet].values[index] {
            return Rc::clone(known);
        }
        let plan = self.plan;
        let layer = &plan.layers[index];
        let field = layer.step.field();
        let inputs: Vec<Rc<Vec<f32>>> =
            layer.inputs.iter().map(|input| self.evaluate(sheet, *input)).collect();
        let area = self.sheets[sheet].area;
        let pulled = layer.pull.map(|pull| {
            let around = field.pulled(&area);
            Patch { area: around, values: self.values(&around, pull) }
        });
        let inputs: Vec<&[f32]> = inputs.iter().map(|input| input.as_slice()).collect();
        let mut out = vec![0.0; area.points()];
        let points = Points { area: &area, seed: layer.seed, lanes: self.lanes };
        field.fill(points, &inputs, pulled.as_ref(), &mut out);
        let out = Rc::new(out);
        self.sheets[sheet].values[index] = Some(Rc::clone(&out));
        out
    }
}
