//! The filters that exist in expressions.
//!
//! All are total: they end, they read nothing but their input, and they touch nothing outside.

use jaq_core::{
    Cv, ValXs,
    load::parse::Def,
    native::{Fun, bome, run, v},
};
use jaq_json::Val;
use jaq_std::ValT as _;

use super::{
    budget::Machine,
    metered::{METER, PRODUCT},
};

/// Name and number of arguments of everything that an expression may call.
const OFFERED: &[(&str, usize)] = &[
    ("abs", 0),
    ("add", 0),
    ("add", 1),
    ("all", 0),
    ("all", 1),
    ("any", 0),
    ("any", 1),
    ("arrays", 0),
    ("ascii_downcase", 0),
    ("ascii_upcase", 0),
    ("booleans", 0),
    ("ceil", 0),
    ("contains", 1),
    ("del", 1),
    ("empty", 0),
    ("endswith", 1),
    ("error", 0),
    ("error", 1),
    ("false", 0),
    ("first", 0),
    ("first", 1),
    ("floor", 0),
    ("from_entries", 0),
    ("group_by", 1),
    ("has", 1),
    ("inside", 1),
    ("isempty", 1),
    ("join", 1),
    ("keys", 0),
    ("last", 0),
    ("last", 1),
    ("length", 0),
    ("limit", 2),
    ("ltrimstr", 1),
    ("map", 1),
    ("map_values", 1),
    ("max", 0),
    ("max_by", 1),
    ("min", 0),
    ("min_by", 1),
    ("not", 0),
    ("null", 0),
    ("nulls", 0),
    ("numbers", 0),
    ("objects", 0),
    ("reverse", 0),
    ("round", 0),
    ("rtrimstr", 1),
    ("scalars", 0),
    ("select", 1),
    ("sort", 0),
    ("sort_by", 1),
    ("split", 1),
    ("startswith", 1),
    ("strings", 0),
    ("to_entries", 0),
    ("tojson", 0),
    ("tostring", 0),
    ("trim", 0),
    ("true", 0),
    ("type", 0),
    ("unique", 0),
    ("unique_by", 1),
    ("values", 0),
    ("with_entries", 1),
];

/// What the offered ones are made of.
const UNDERNEATH: &[&str] = &[
    "all",
    "any",
    "error_empty",
    "iterables",
    "isarray",
    "isboolean",
    "isnumber",
    "isobject",
    "isstring",
    "key_values",
    "keys_unsorted",
    "max_by_or_empty",
    "min_by_or_empty",
];

/// Everything that expressions may call.
#[cfg(test)]
pub(super) const fn offered() -> &'static [(&'static str, usize)] {
    OFFERED
}

/// Whether expressions may call a filter of that name with so many arguments.
pub(super) fn knows(name: &str, arguments: usize) -> bool {
    OFFERED.contains(&(name, arguments))
}

fn is_needed(name: &str, arguments: usize) -> bool {
    knows(name, arguments) || UNDERNEATH.contains(&name)
}

/// The filters that are written in jq.
pub(super) fn definitions() -> impl Iterator<Item = Def<&'static str>> {
    let all = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    all.filter(|def| is_needed(def.name, def.args.len()))
}

/// The filters that are written in Rust.
pub(super) fn natives() -> impl Iterator<Item = Fun<Machine>> {
    let theirs = jaq_core::funs().chain(jaq_std::base_funs()).chain(jaq_json::funs());
    theirs.filter(|(name, arguments, _)| is_needed(name, arguments.len())).chain(ours())
}

fn ours() -> impl Iterator<Item = Fun<Machine>> {
    [run::<Machine>((METER, v(0), meter)), run::<Machine>((PRODUCT, v(2), product))].into_iter()
}

fn meter<'a>(cv: Cv<'a, Machine>) -> ValXs<'a, Val> {
    bome(cv.0.data().weigh(cv.1))
}

fn product<'a>(mut cv: Cv<'a, Machine>) -> ValXs<'a, Val> {
    let right = cv.0.pop_var();
    let left = cv.0.pop_var();
    let affordable = match (&left, &right) {
        (Val::TStr(text), count @ Val::Num(_)) | (count @ Val::Num(_), Val::TStr(text)) => {
            cv.0.data().repeat(text, count.as_f64().unwrap_or(f64::INFINITY))
        }
        _ => Ok(()),
    };
    bome(affordable.and_then(|()| left * right))
}
