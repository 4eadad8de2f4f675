//! Whether a recipe makes sense as a whole: names, references, limits. What can be known without growing anything.

mod circle;
mod cost;
mod parts;
mod reach;

use super::{FORMAT, GrownBy, Length, Recipe, RecipeFault, Share, Span, fault::shortened};
use crate::chunk::ENGINE;

pub use cost::LayerCost;

const LAYERS_MAX: usize = 96;

impl Recipe {
    /// Everything that is wrong with the recipe.
    pub(crate) fn faults(&self) -> Vec<RecipeFault> {
        let mut faults = Vec::new();
        if self.format != FORMAT {
            let fault = format!("format {} is unknown, known is {FORMAT}", self.format);
            faults.push(RecipeFault::new(fault).under("format"));
        }
        if self.engine != ENGINE {
            let fault = format!("engine {} is unknown, known is {ENGINE}", self.engine);
            faults.push(RecipeFault::new(fault).under("engine"));
        }
        if self.grown_by == GrownBy::Server && cfg!(target_arch = "wasm32") {
            let fault = "such a world is grown by the server alone: ask it for chunks";
            faults.push(RecipeFault::new(fault).under("grown_by"));
        }
        faults.extend(check_id(&self.id).map(|fault| fault.under("id")));
        self.check_layers(&mut faults);
        parts::check(self, &mut faults);
        // What follows reads layers through their references, so these must hold.
        if faults.is_empty() && circle::check(self, &mut faults) {
            cost::check(self, &mut faults);
            reach::check(self, &mut faults);
            self.check_use(&mut faults);
        }
        faults
    }

    fn check_layers(&self, faults: &mut Vec<RecipeFault>) {
        if !(1..=LAYERS_MAX).contains(&self.layers.len()) {
            faults.push(RecipeFault::new(format!("a recipe has 1 to {LAYERS_MAX} layers")).under("layers"));
        }
        for (name, step) in &self.layers {
            let field = step.field();
            let mut of_layer: Vec<RecipeFault> = check_id(name).into_iter().collect();
            field.check(&mut of_layer);
            if !field.is_exact() && self.grown_by == GrownBy::Everyone {
                let fault = "its bits differ between machines, so clients would see another world than the server: \
                             choose another step, or let the recipe be `grown_by: server`";
                of_layer.push(RecipeFault::new(fault));
            }
            for (key, layer) in field.inputs().into_iter().chain(field.pull()) {
                of_layer.extend(self.unknown_layer(layer).map(|fault| fault.under(key)));
            }
            faults.extend(of_layer.into_iter().map(|fault| fault.under(name).under("layers")));
        }
    }

    fn unknown_layer(&self, name: &str) -> Option<RecipeFault> {
        let known = self.layers.keys().map(String::as_str);
        (!self.layers.contains_key(name)).then(|| RecipeFault::unknown("layer", name, known))
    }

    /// The layers that the recipe reads outside of its layers, with their keys.
    fn roots(&self) -> Vec<(Vec<&'static str>, &str)> {
        let mut roots = vec![
            (vec!["terrain", "height"], self.terrain.height.as_str()),
            (vec!["climate", "temperature"], &self.climate.temperature),
            (vec!["climate", "humidity"], &self.climate.humidity),
        ];
        roots.extend(self.danger.as_deref().map(|layer| (vec!["danger"], layer)));
        roots.extend(self.rivers.as_ref().map(|rivers| (vec!["rivers", "of"], rivers.of.as_str())));
        roots
    }

    /// Warns of layers that nothing reads.
    fn check_use(&self, faults: &mut Vec<RecipeFault>) {
        let mut used: std::collections::BTreeSet<&str> =
            self.roots().into_iter().map(|(_, name)| name).collect();
        used.extend(self.features.iter().filter_map(|rule| rule.density.as_deref()));
        let mut found: Vec<&str> = used.iter().copied().collect();
        while let Some(name) = found.pop() {
            let field = self.layers[name].field();
            for (_, input) in field.inputs().into_iter().chain(field.pull()) {
                if used.insert(input) {
                    found.push(input);
                }
            }
        }
        let unused = self.layers.keys().filter(|name| !used.contains(name.as_str()));
        faults.extend(
            unused.map(|name| RecipeFault::warning("nothing reads this layer").under(name).under("layers")),
        );
    }
}

/// Names are part of seeds and of the interfaces built on top: plain, and short.
fn check_id(id: &str) -> Option<RecipeFault> {
    let plain = id
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-');
    let sound = plain && (1..=40).contains(&id.len());
    (!sound).then(|| {
        RecipeFault::new(format!("`{}` is no name: up to 40 of a-z, 0-9, `_` and `-`", shortened(id)))
    })
}

fn check_span(span: &Span, faults: &mut Vec<RecipeFault>) {
    let mut check = |key, fault: Option<RecipeFault>| {
        faults.extend(fault.map(|fault| fault.under(key).under("within")));
    };
    let shares = |span: Option<(Share, Share)>| span.and_then(|(low, high)| check_order(low, high));
    check("temperature", shares(span.temperature));
    check("humidity", shares(span.humidity));
    check("slope", shares(span.slope));
    check("height", span.height.and_then(|(low, high)| check_order::<Length>(low, high)));
}

fn check_order<T: PartialOrd + Copy>(low: T, high: T) -> Option<RecipeFault> {
    let ordered = low <= high;
    (!ordered).then(|| RecipeFault::new("the first must not be above the second"))
}
