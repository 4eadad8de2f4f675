//! From YAML to recipe data: one pass for the parameters, one for the rest, and all mistakes that can be told at once.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::{
    Param, Recipe, RecipeFault,
    fault::shortened,
    tree::{Misread, Node, Place, Places, Reader, find, place},
};

/// Longest recipe, in bytes. A recipe may be uploaded by people whom the server need not trust.
pub(super) const BYTES_MAX: usize = 256 * 1024;
/// Most mistakes that are told at once.
const FAULTS_MAX: usize = 32;

pub(super) type Located = (RecipeFault, Place);

/// A recipe as it was read, and where its parts stand.
pub(super) struct Read {
    pub(super) recipe: Recipe,
    pub(super) places: Places,
}

/// Reads a recipe's text. `settings` are values for its parameters in place of those in the text.
pub(super) fn read(text: &str, settings: &BTreeMap<String, f64>) -> Result<Read, Vec<Located>> {
    if text.len() > BYTES_MAX {
        let fault = format!("a recipe has at most {BYTES_MAX} bytes, this has {}", text.len());
        return Err(vec![(RecipeFault::new(fault), (1, 1))]);
    }
    let mut root = parse(text).map_err(|fault| vec![fault])?;
    let located = |misread: Misread| {
        let place = misread.place.unwrap_or_else(|| find(&root, &misread.fault.path));
        vec![(misread.fault, place)]
    };
    let mut params = params(&root).map_err(located)?;
    let mut faults: Vec<Located> = set(&mut params, settings)
        .into_iter()
        .map(|fault| {
            let place = find(&root, &fault.path);
            (fault, place)
        })
        .collect();
    let places = Places::of(&root);
    let mut recipe = None;
    while recipe.is_none() && faults.len() < FAULTS_MAX {
        match Recipe::deserialize(Reader { part: &root, params: &params }) {
            Ok(read) => recipe = Some(read),
            Err(misread) => {
                let place = misread.place.unwrap_or_else(|| find(&root, &misread.fault.path));
                let goes_on = leave_out(&mut root, &misread.fault.path);
                faults.push((misread.fault, place));
                if !goes_on {
                    break;
                }
            }
        }
    }
    match recipe {
        Some(recipe) if faults.is_empty() => Ok(Read { recipe: Recipe { params, ..recipe }, places }),
        _ => Err(faults),
    }
}

fn parse(text: &str) -> Result<Spanned<Node>, Located> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 16,
            max_nodes: 20_000,
            max_events: 60_000,
            max_documents: 1,
            max_aliases: 100,
            max_anchors: 100,
        },
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let place = error.location().map_or((1, 1), |location| (location.line(), location.column()));
        (RecipeFault::new(first_line(&error.to_string())), place)
    })
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect()
}

/// The parameters are read first: the rest may refer to them.
fn params(root: &Spanned<Node>) -> Result<BTreeMap<String, Param>, Misread> {
    let none = BTreeMap::new();
    let Node::Map(entries) = &root.value else {
        let fault = RecipeFault::new("a recipe is a map that starts with `format: 1`");
        return Err(Misread { place: Some(place(root)), fault });
    };
    let Some((key, part)) = entries.iter().find(|(key, _)| key.value == "params") else { return Ok(none) };
    BTreeMap::deserialize(Reader { part, params: &none })
        .map_err(|misread| Misread { fault: misread.fault.under(&key.value), ..misread })
}

/// Gives the parameters the values of `settings`; what is out of range or unknown comes back.
fn set(params: &mut BTreeMap<String, Param>, settings: &BTreeMap<String, f64>) -> Vec<RecipeFault> {
    let mut faults = Vec::new();
    for (name, value) in settings {
        match params.get_mut(name) {
            Some(param) => param.value = *value,
            None => {
                let fault = RecipeFault::unknown("parameter", name, params.keys().map(String::as_str));
                faults.push(fault.under("params"));
            }
        }
    }
    for (name, param) in params {
        let sound = param.min <= param.value && param.value <= param.max;
        if !sound {
            let fault = format!("{} is not within {} to {}", param.value, param.min, param.max);
            let fault = RecipeFault::new(fault).under("value").under(shortened(name)).under("params");
            faults.push(fault);
        }
    }
    faults
}

/// The parts of a recipe that are as well read without one of their entries.
const COLLECTIONS: [&str; 7] =
    ["layers", "materials", "biomes", "features", "settlements", "spawns", "params"];

/// Takes the part with a mistake out of the tree, so that reading can go on behind it. Says whether it can.
fn leave_out(root: &mut Spanned<Node>, path: &[String]) -> bool {
    let [part, name, ..] = path else { return false };
    if !COLLECTIONS.contains(&part.as_str()) {
        return false;
    }
    let Node::Map(entries) = &mut root.value else { return false };
    let Some((_, part)) = entries.iter_mut().find(|(key, _)| key.value == *part) else { return false };
    match &mut part.value {
        Node::Map(entries) => {
            let before = entries.len();
            entries.retain(|(key, _)| key.value != *name);
            entries.len() < before
        }
        // What comes behind has to wait: its place in the list would be told wrong.
        Node::List(items) => name.parse().is_ok_and(|index: usize| {
            let some = index < items.len();
            items.truncate(index);
            some
        }),
        _ => false,
    }
}
