//! How quick the tiered cache is: a hit in memory, a miss that Redis answers, and the time until another process sees a
//! change.
//!
//! `cache_percentiles --redis redis://127.0.0.1:6379 [--out file.json]`; `cargo xtask bench cache` starts the Redis. The
//! other process is another connection of this one: it shares no memory with the first.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use bytes::Bytes;
use infra::{
    RedisAddress,
    bus::redis::RedisBus,
    cache::{SharedCache, moka::MokaCache, redis::RedisCache, tiered::TieredCache},
    swap::CacheSeat,
};
use serde_json::{Value, json};
use tokio::time::Instant;

const KEYS: usize = 1_000;
const HITS: usize = 1_000_000;
const CHANGES: usize = 300;
const LIFE: Duration = Duration::from_secs(600);
const MEMORY_BYTES: u64 = 64 * 1024 * 1024;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut redis, mut out) = (None, None::<PathBuf>);
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--redis" => redis = Some(value),
            "--out" => out = Some(value.into()),
            _ => anyhow::bail!("unknown option {name}"),
        }
    }
    let redis = redis.context("--redis is missing")?;
    let (here, there) = (tiered(&redis).await?, tiered(&redis).await?);
    let keys: Vec<String> = (0..KEYS).map(|number| format!("bench/{number}")).collect();
    for key in &keys {
        here.put(key, Bytes::from(vec![7; 1_024]), LIFE).await?;
    }
    let hits = hits(&here, &keys).await?;
    let misses = misses(&there, &keys).await?;
    let changes = changes(&here, &there).await?;
    let figures = json!({
        "hit_ns": percentiles(hits),
        "answered_by_redis_ns": percentiles(misses),
        "change_seen_by_another_us": percentiles(changes),
        "value_bytes": 1_024,
    });
    write(&figures, out)
}

/// As one process has it, behind its seat.
async fn tiered(redis: &str) -> Result<SharedCache> {
    let bus = Arc::new(RedisBus::connect(redis).await?);
    let far = RedisCache::connect(&RedisAddress::server(redis)).await?;
    let tiered = TieredCache::start(MokaCache::new(MEMORY_BYTES), far, bus).await?;
    Ok(CacheSeat::new(Arc::new(tiered)).cache())
}

async fn hits(cache: &SharedCache, keys: &[String]) -> Result<Vec<u64>> {
    let mut took = Vec::with_capacity(HITS);
    for key in keys.iter().cycle().take(HITS) {
        let began = Instant::now();
        let value = cache.get(key).await?;
        took.push(nanoseconds(began));
        anyhow::ensure!(value.is_some(), "{key} is not there");
    }
    Ok(took)
}

async fn misses(cache: &SharedCache, keys: &[String]) -> Result<Vec<u64>> {
    let mut took = Vec::with_capacity(keys.len());
    for key in keys {
        let began = Instant::now();
        let value = cache.get(key).await?;
        took.push(nanoseconds(began));
        anyhow::ensure!(value.is_some(), "{key} is not there");
    }
    Ok(took)
}

async fn changes(here: &SharedCache, there: &SharedCache) -> Result<Vec<u64>> {
    let mut took = Vec::with_capacity(CHANGES);
    for change in 0..CHANGES {
        let value = Bytes::from(change.to_string());
        there.get("bench/changing").await?;
        let began = Instant::now();
        here.put("bench/changing", value.clone(), LIFE).await?;
        while there.get("bench/changing").await?.as_ref() != Some(&value) {
            tokio::task::yield_now().await;
        }
        took.push(nanoseconds(began) / 1_000);
    }
    Ok(took)
}

fn nanoseconds(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

fn percentiles(mut values: Vec<u64>) -> Value {
    values.sort_unstable();
    let at = |share: f64| {
        let last = values.len().saturating_sub(1);
        values.get((share * last as f64).round() as usize).copied().unwrap_or_default()
    };
    json!({"p50": at(0.5), "p99": at(0.99), "max": at(1.0)})
}

#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
fn write(figures: &Value, out: Option<PathBuf>) -> Result<()> {
    match out {
        Some(file) => std::fs::write(&file, figures.to_string())
            .with_context(|| format!("can't write {}", file.display())),
        None => {
            println!("{figures:#}");
            Ok(())
        }
    }
}
