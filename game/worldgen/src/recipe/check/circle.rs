//! Layers that read each other in a circle.

use std::collections::BTreeSet;

use super::{Recipe, RecipeFault};

/// Tells the first circle, edge by edge. Says whether there is none.
pub(super) fn check(recipe: &Recipe, faults: &mut Vec<RecipeFault>) -> bool {
    let mut done = BTreeSet::new();
    for name in recipe.layers.keys() {
        if let Some(circle) = follow(recipe, name, &mut Vec::new(), &mut done) {
            faults.push(describe(recipe, &circle));
            return false;
        }
    }
    true
}

/// Follows what a layer reads, and returns the way that comes back to where it was.
fn follow<'a>(
    recipe: &'a Recipe,
    name: &'a str,
    way: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Option<Vec<&'a str>> {
    if done.contains(name) {
        return None;
    }
    if let Some(start) = way.iter().position(|passed| *passed == name) {
        return Some([&way[start..], &[name]].concat());
    }
    way.push(name);
    let field = recipe.layers[name].field();
    for (_, input) in field.inputs().into_iter().chain(field.pull()) {
        if let Some(circle) = follow(recipe, input, way, done) {
            return Some(circle);
        }
    }
    way.pop();
    done.insert(name);
    None
}

fn describe(recipe: &Recipe, circle: &[&str]) -> RecipeFault {
    let what = format!("the layers read each other in a circle: {}", circle.join(" → "));
    let mut fault = RecipeFault::new(what).under(circle[0]).under("layers");
    fault.related = circle
        .windows(2)
        .map(|edge| {
            let field = recipe.layers[edge[0]].field();
            let read = field.inputs().into_iter().chain(field.pull()).find(|(_, input)| *input == edge[1]);
            let key = read.map_or("", |(key, _)| key);
            let path = vec!["layers".to_owned(), edge[0].to_owned(), key.to_owned()];
            (path, format!("`{}` reads `{}`", edge[0], edge[1]))
        })
        .collect();
    fault
}
