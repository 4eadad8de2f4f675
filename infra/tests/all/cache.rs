//! One suite for every driver of the cache, and what only the tiered one promises.

use std::{collections::HashMap, sync::Arc, time::Duration};

use bytes::Bytes;
use infra::{
    NodeError, RedisAddress,
    bus::{Topics, redis::RedisBus, redis_cluster::RedisClusterBus},
    cache::{
        Cache as _, SharedCache, VALUE_BYTES_MAX, moka::MokaCache, redis::RedisCache, tiered::TieredCache,
    },
};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);
const LONG: Duration = Duration::from_secs(600);
const MEMORY_BYTES: u64 = 8 * 1024 * 1024;

fn server() -> RedisAddress {
    RedisAddress::server(&crate::server_url("REALMKEEP_TEST_REDIS_URL"))
}

async fn redis(address: RedisAddress) -> SharedCache {
    Arc::new(RedisCache::connect(&address).await.expect("Redis answers"))
}

/// The cache as one process of several would have it.
async fn tiered() -> SharedCache {
    let url = crate::server_url("REALMKEEP_TEST_REDIS_URL");
    let bus = Arc::new(RedisBus::connect(&url).await.expect("Redis answers"));
    let far = RedisCache::connect(&server()).await.expect("Redis answers");
    Arc::new(TieredCache::start(MokaCache::new(MEMORY_BYTES), far, bus).await.expect("listens"))
}

async fn tiered_over_cluster() -> SharedCache {
    let bus = RedisClusterBus::connect_on(&crate::cluster(), Topics::default()).await.expect("answers");
    let far = RedisCache::connect(&crate::cluster()).await.expect("answers");
    Arc::new(TieredCache::start(MokaCache::new(MEMORY_BYTES), far, Arc::new(bus)).await.expect("listens"))
}

for_each_driver! {
    {
        moka_driver: Arc::new(MokaCache::new(MEMORY_BYTES)),
        redis_driver: redis(server()).await,
        cluster_driver: redis(crate::cluster()).await,
        tiered_driver: tiered().await,
        tiered_cluster_driver: tiered_over_cluster().await,
    }
    what_is_put_is_got,
    what_is_invalidated_is_gone,
    an_entry_ends_with_its_life,
    the_newest_value_wins,
    what_breaks_a_limit_is_refused,
    a_node_that_works_says_so,
}

fn key() -> String {
    format!("test/{}", Uuid::now_v7())
}

async fn what_is_put_is_got(cache: SharedCache) {
    let (key, value) = (key(), Bytes::from_static(&[0, 255, b'\n']));
    assert_eq!(cache.get(&key).await.expect("asks"), None);
    cache.put(&key, value.clone(), LONG).await.expect("puts");
    assert_eq!(cache.get(&key).await.expect("asks"), Some(value.clone()));
    assert_eq!(cache.get(&key).await.expect("asks again"), Some(value));
}

async fn what_is_invalidated_is_gone(cache: SharedCache) {
    let key = key();
    cache.invalidate(&key).await.expect("nothing there is no error");
    cache.put(&key, Bytes::from_static(b"old"), LONG).await.expect("puts");
    cache.invalidate(&key).await.expect("invalidates");
    assert_eq!(cache.get(&key).await.expect("asks"), None);
}

async fn an_entry_ends_with_its_life(cache: SharedCache) {
    let (brief, lasting, none) = (key(), key(), key());
    cache.put(&brief, Bytes::from_static(b"brief"), Duration::from_millis(200)).await.expect("puts");
    cache.put(&lasting, Bytes::from_static(b"lasting"), LONG).await.expect("puts");
    cache.put(&none, Bytes::from_static(b"none"), Duration::ZERO).await.expect("puts");
    let ended = async {
        while cache.get(&brief).await.expect("asks").is_some() {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, ended).await.expect("ends");
    assert!(cache.get(&lasting).await.expect("asks").is_some());
    assert_eq!(cache.get(&none).await.expect("asks"), None);
}

async fn the_newest_value_wins(cache: SharedCache) {
    let key = key();
    for value in ["one", "two", "three"] {
        cache.put(&key, Bytes::from_static(value.as_bytes()), LONG).await.expect("puts");
        assert_eq!(cache.get(&key).await.expect("asks").as_deref(), Some(value.as_bytes()));
    }
}

async fn what_breaks_a_limit_is_refused(cache: SharedCache) {
    let refused = |error: NodeError| matches!(error, NodeError::InvalidName { .. });
    for key in ["", "with space", &"x".repeat(201)] {
        assert!(cache.get(key).await.is_err_and(refused), "{key:?}");
        assert!(cache.put(key, Bytes::new(), LONG).await.is_err_and(refused), "{key:?}");
        assert!(cache.invalidate(key).await.is_err_and(refused), "{key:?}");
    }
    let huge = Bytes::from(vec![0; VALUE_BYTES_MAX + 1]);
    let too_large = |error: NodeError| matches!(error, NodeError::TooLarge { .. });
    assert!(cache.put(&key(), huge, LONG).await.is_err_and(too_large));
}

async fn a_node_that_works_says_so(cache: SharedCache) {
    cache.probe().await.expect("is well");
    assert!(!cache.place().is_empty());
    cache.close().await;
}

#[tokio::test]
async fn a_change_in_one_process_is_seen_by_another() {
    let (here, there) = (tiered().await, tiered().await);
    let key = key();
    here.put(&key, Bytes::from_static(b"old"), LONG).await.expect("puts");
    assert_eq!(there.get(&key).await.expect("asks").as_deref(), Some(&b"old"[..]));
    for value in [&b"new"[..], b"newer"] {
        here.put(&key, Bytes::from_static(value), LONG).await.expect("puts");
        let seen = async {
            while there.get(&key).await.expect("asks").as_deref() != Some(value) {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(PATIENCE, seen).await.expect("is seen");
    }
    here.invalidate(&key).await.expect("invalidates");
    let gone = async {
        while there.get(&key).await.expect("asks").is_some() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(PATIENCE, gone).await.expect("is seen");
}

#[tokio::test]
async fn all_entries_can_be_copied_page_by_page() {
    let cache = MokaCache::new(MEMORY_BYTES);
    for number in 0..1_200 {
        let value = Bytes::from(number.to_string());
        cache.put(&format!("copy/{number}"), value, LONG).await.expect("puts");
    }
    let (mut copied, mut cursor) = (HashMap::new(), None);
    loop {
        let page = cache.entries(cursor).await.expect("lists");
        for entry in page.entries {
            assert!(entry.ttl > LONG / 2 && entry.ttl <= LONG, "{:?}", entry.ttl);
            assert!(copied.insert(entry.key, entry.value).is_none(), "each one once");
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(copied.len(), 1_200);
    assert_eq!(copied["copy/77"], "77");
}
