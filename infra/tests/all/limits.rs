//! One suite for every driver of the rate limiter.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use infra::{
    NodeError, RedisAddress,
    limits::{Quota, SharedLimiter, governor::GovernorLimiter, redis::RedisLimiter},
};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);

async fn redis(address: RedisAddress) -> SharedLimiter {
    Arc::new(RedisLimiter::connect(&address).await.expect("Redis answers"))
}

fn server() -> RedisAddress {
    RedisAddress::server(&crate::server_url("REALMKEEP_TEST_REDIS_URL"))
}

for_each_driver! {
    {
        governor_driver: Arc::new(GovernorLimiter::new()),
        redis_driver: redis(server()).await,
        cluster_driver: redis(crate::cluster()).await,
    }
    a_burst_is_allowed_and_no_more,
    keys_are_counted_apart,
    quotas_of_one_key_are_counted_apart,
    tokens_come_back_one_by_one,
    a_peek_takes_nothing,
    a_refusal_takes_nothing_and_says_when,
    more_than_the_whole_quota_is_never_there,
    all_who_ask_at_once_are_counted,
    what_breaks_a_limit_is_refused,
    a_node_that_works_says_so,
}

fn count(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).expect("is not 0")
}

/// So slow that no token comes back during a test.
fn slow(burst: u32) -> Quota {
    Quota { burst: count(burst), per: Duration::from_secs(86_400) }
}

fn key() -> String {
    format!("test/{}", Uuid::now_v7())
}

async fn a_burst_is_allowed_and_no_more(limiter: SharedLimiter) {
    let key = key();
    for left in (0..5).rev() {
        let ruling = limiter.take(&key, slow(5), count(1)).await.expect("rules");
        assert!(ruling.allowed);
        assert_eq!((ruling.limit, ruling.remaining, ruling.retry_after), (5, left, Duration::ZERO));
    }
    let ruling = limiter.take(&key, slow(5), count(1)).await.expect("rules");
    assert_eq!((ruling.allowed, ruling.remaining), (false, 0));
    assert!(ruling.retry_after > Duration::from_secs(86_400 / 5 - 60), "{ruling:?}");
    assert!(ruling.reset > Duration::from_secs(86_400 - 60), "{ruling:?}");
}

async fn keys_are_counted_apart(limiter: SharedLimiter) {
    let (mine, other) = (key(), key());
    assert!(limiter.take(&mine, slow(1), count(1)).await.expect("rules").allowed);
    assert!(!limiter.take(&mine, slow(1), count(1)).await.expect("rules").allowed);
    assert!(limiter.take(&other, slow(1), count(1)).await.expect("rules").allowed);
}

async fn quotas_of_one_key_are_counted_apart(limiter: SharedLimiter) {
    let key = key();
    assert!(limiter.take(&key, slow(1), count(1)).await.expect("rules").allowed);
    assert!(limiter.take(&key, slow(2), count(2)).await.expect("rules").allowed);
    assert!(!limiter.take(&key, slow(1), count(1)).await.expect("rules").allowed);
}

async fn tokens_come_back_one_by_one(limiter: SharedLimiter) {
    let (key, quota) = (key(), Quota { burst: count(2), per: Duration::from_millis(400) });
    assert!(limiter.take(&key, quota, count(2)).await.expect("rules").allowed);
    let again = async {
        while !limiter.take(&key, quota, count(1)).await.expect("rules").allowed {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, again).await.expect("a token comes back");
    let whole = async {
        while limiter.peek(&key, quota).await.expect("rules").remaining < 2 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, whole).await.expect("all tokens come back");
    let rested = limiter.peek(&key, quota).await.expect("rules");
    assert_eq!((rested.remaining, rested.reset), (2, Duration::ZERO));
}

async fn a_peek_takes_nothing(limiter: SharedLimiter) {
    let key = key();
    for _ in 0..3 {
        let ruling = limiter.peek(&key, slow(1)).await.expect("rules");
        assert!(ruling.allowed && ruling.remaining == 1, "{ruling:?}");
    }
    assert!(limiter.take(&key, slow(1), count(1)).await.expect("rules").allowed);
    assert!(!limiter.peek(&key, slow(1)).await.expect("rules").allowed);
}

async fn a_refusal_takes_nothing_and_says_when(limiter: SharedLimiter) {
    let key = key();
    assert!(limiter.take(&key, slow(3), count(2)).await.expect("rules").allowed);
    for _ in 0..3 {
        let ruling = limiter.take(&key, slow(3), count(2)).await.expect("rules");
        assert!(!ruling.allowed && ruling.remaining == 1, "{ruling:?}");
        let one_token = Duration::from_secs(86_400 / 3);
        assert!(ruling.retry_after > one_token - PATIENCE && ruling.retry_after <= one_token, "{ruling:?}");
    }
    assert!(limiter.take(&key, slow(3), count(1)).await.expect("rules").allowed);
}

async fn more_than_the_whole_quota_is_never_there(limiter: SharedLimiter) {
    let key = key();
    let ruling = limiter.take(&key, slow(3), count(4)).await.expect("rules");
    assert!(!ruling.allowed);
    assert_eq!((ruling.limit, ruling.remaining), (3, 3));
}

async fn all_who_ask_at_once_are_counted(limiter: SharedLimiter) {
    let key = key();
    let asked = (0..40).map(|_| {
        let (limiter, key) = (Arc::clone(&limiter), key.clone());
        tokio::spawn(async move { limiter.take(&key, slow(10), count(1)).await.expect("rules").allowed })
    });
    let allowed = futures::future::join_all(asked).await;
    assert_eq!(allowed.into_iter().filter(|allowed| *allowed.as_ref().expect("no panic")).count(), 10);
}

async fn what_breaks_a_limit_is_refused(limiter: SharedLimiter) {
    for key in ["", "with space", &"x".repeat(201)] {
        let refused = |error: NodeError| matches!(error, NodeError::InvalidName { .. });
        assert!(limiter.take(key, slow(1), count(1)).await.is_err_and(refused), "{key:?}");
        assert!(limiter.peek(key, slow(1)).await.is_err_and(refused), "{key:?}");
    }
}

async fn a_node_that_works_says_so(limiter: SharedLimiter) {
    limiter.probe().await.expect("is well");
    assert!(!limiter.place().is_empty());
    limiter.close().await;
}
