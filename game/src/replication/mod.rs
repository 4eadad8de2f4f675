//! How what happens in a region reaches those who see it: each cell's change is encoded once and shared.

mod bundle;
mod interest;
mod mirror;
mod news;
mod publisher;

pub(crate) use bundle::Bundle;
pub(crate) use interest::Interest;
pub(crate) use mirror::{FeedUpdate, RegionMirror};
pub(crate) use news::{NEWS_MAX, News};
pub(crate) use publisher::Publisher;
