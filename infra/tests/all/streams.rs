//! One suite for every driver of streams.

use std::{collections::HashSet, sync::Arc, time::Duration};

use bytes::Bytes;
use infra::{
    NodeError, RedisAddress,
    streams::{
        BATCH_MAX, ENTRY_BYTES_MAX, Entry, EntryId, Reader, SharedStreams, Start,
        in_process::InProcessStreams, redis::RedisStreams,
    },
};
use proptest::{prop_assert_eq, proptest};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);
const AT_ONCE: Duration = Duration::ZERO;

async fn redis() -> SharedStreams {
    let address = RedisAddress::server(&crate::server_url("REALMKEEP_TEST_REDIS_URL"));
    Arc::new(RedisStreams::connect(&address).await.expect("Redis answers"))
}

async fn cluster() -> SharedStreams {
    Arc::new(RedisStreams::connect(&crate::cluster()).await.expect("the cluster answers"))
}

/// In a folder that is left to the system to sweep.
fn journaled() -> SharedStreams {
    let folder = tempfile::tempdir().expect("a folder").keep();
    Arc::new(InProcessStreams::in_folder(&folder).expect("opens"))
}

for_each_driver! {
    {
        in_process_driver: Arc::new(InProcessStreams::new()),
        journaled_driver: journaled(),
        redis_driver: redis().await,
        cluster_driver: cluster().await,
    }
    an_entry_is_read_once_by_each_group,
    consumers_of_a_group_share_its_entries,
    entries_keep_their_order,
    a_reader_waits_for_the_next_entry,
    what_was_not_acknowledged_is_claimed_by_another,
    what_was_acknowledged_never_comes_again,
    a_group_begins_where_it_is_told_to,
    joining_again_changes_nothing,
    a_trim_spares_what_somebody_needs,
    the_newest_entries_come_first_and_stay_for_those_who_read,
    what_is_settled_is_neither_unread_nor_pending,
    a_status_counts_what_is_left_to_do,
    whoever_did_not_join_is_told_so,
    what_breaks_a_limit_is_refused,
    two_who_claim_at_once_get_different_entries,
    a_node_that_works_says_so,
}

/// A name that no other test uses: they share a server.
fn stream() -> String {
    format!("test.{}", Uuid::now_v7())
}

fn reader(stream: &str, group: &str, consumer: &str) -> Reader {
    Reader { stream: stream.to_owned(), group: group.to_owned(), consumer: consumer.to_owned() }
}

fn numbers(range: std::ops::Range<u32>) -> Vec<Bytes> {
    range.map(|number| Bytes::from(number.to_string())).collect()
}

fn payloads(entries: &[Entry]) -> Vec<Bytes> {
    entries.iter().map(|entry| entry.payload.clone()).collect()
}

fn ids(entries: &[Entry]) -> Vec<EntryId> {
    entries.iter().map(|entry| entry.id).collect()
}

async fn an_entry_is_read_once_by_each_group(streams: SharedStreams) {
    let name = stream();
    for group in ["red", "blue"] {
        streams.join(&name, group, Start::Beginning).await.expect("joins");
    }
    let payload = Bytes::from_static(&[0, 1, 255, b'\n', 0]);
    streams.append(&name, std::slice::from_ref(&payload)).await.expect("appends");
    for group in ["red", "blue"] {
        let mine = reader(&name, group, "one");
        let entries = streams.read(&mine, 10, PATIENCE).await.expect("reads");
        assert_eq!(payloads(&entries), std::slice::from_ref(&payload), "{group}");
        assert_eq!(entries[0].deliveries, 1);
        assert!(streams.read(&mine, 10, AT_ONCE).await.expect("reads").is_empty(), "{group}");
    }
}

async fn consumers_of_a_group_share_its_entries(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    streams.append(&name, &numbers(0..100)).await.expect("appends");
    let mut seen = HashSet::new();
    for turn in 0..10 {
        let mine = reader(&name, "group", if turn % 2 == 0 { "one" } else { "two" });
        for entry in streams.read(&mine, 10, PATIENCE).await.expect("reads") {
            assert!(seen.insert(entry.payload), "nobody gets what another one has");
        }
    }
    assert_eq!(seen.len(), 100);
}

async fn entries_keep_their_order(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    for batch in 0..5 {
        let appended = streams.append(&name, &numbers(batch * 40..(batch + 1) * 40)).await.expect("appends");
        assert!(appended.is_sorted(), "ids rise");
    }
    let mut read = Vec::new();
    while read.len() < 200 {
        let entries = streams.read(&reader(&name, "group", "one"), 33, PATIENCE).await.expect("reads");
        assert!(!entries.is_empty());
        read.extend(payloads(&entries));
    }
    assert_eq!(read, numbers(0..200));
    let ranged = streams.range(&name, EntryId::ZERO, BATCH_MAX).await.expect("ranges");
    assert_eq!(ranged.into_iter().map(|(_, payload)| payload).collect::<Vec<_>>(), numbers(0..200));
}

async fn a_reader_waits_for_the_next_entry(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Now).await.expect("joins");
    let waiting = tokio::spawn({
        let (streams, mine) = (Arc::clone(&streams), reader(&name, "group", "one"));
        async move { streams.read(&mine, 10, PATIENCE).await }
    });
    sleep(Duration::from_millis(50)).await;
    streams.append(&name, &numbers(0..1)).await.expect("appends, although somebody waits");
    let entries = timeout(PATIENCE, waiting).await.expect("in time").expect("no panic").expect("reads");
    assert_eq!(payloads(&entries), numbers(0..1));
}

async fn what_was_not_acknowledged_is_claimed_by_another(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    streams.append(&name, &numbers(0..3)).await.expect("appends");
    let dead = streams.read(&reader(&name, "group", "dead"), 3, PATIENCE).await.expect("reads");
    streams.ack(&name, "group", &[dead[1].id]).await.expect("acknowledges");
    let heir = reader(&name, "group", "heir");
    let early = streams.claim(&heir, Duration::from_secs(3_600), 10).await.expect("claims");
    assert!(early.is_empty(), "the other one may be at work still");
    let claimed = streams.claim(&heir, AT_ONCE, 10).await.expect("claims");
    assert_eq!(ids(&claimed), [dead[0].id, dead[2].id]);
    assert_eq!(claimed[0].payload, dead[0].payload);
    assert!(claimed.iter().all(|entry| entry.deliveries == 2), "{claimed:?}");
    let pending = streams.pending(&name, "group", EntryId::ZERO, 10).await.expect("lists");
    assert!(pending.iter().all(|pending| pending.consumer == "heir"), "{pending:?}");
    let later = streams.pending(&name, "group", dead[0].id, 10).await.expect("lists");
    assert_eq!(later.iter().map(|pending| pending.id).collect::<Vec<_>>(), [dead[2].id]);
}

async fn what_was_acknowledged_never_comes_again(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    streams.append(&name, &numbers(0..5)).await.expect("appends");
    let mine = reader(&name, "group", "one");
    let entries = streams.read(&mine, 5, PATIENCE).await.expect("reads");
    assert_eq!(streams.ack(&name, "group", &ids(&entries)).await.expect("acknowledges"), 5);
    assert_eq!(streams.ack(&name, "group", &ids(&entries)).await.expect("acknowledges"), 0, "only once");
    assert_eq!(streams.ack(&name, "group", &[]).await.expect("acknowledges"), 0);
    assert!(streams.claim(&mine, AT_ONCE, 10).await.expect("claims").is_empty());
    assert!(streams.read(&mine, 10, AT_ONCE).await.expect("reads").is_empty());
}

async fn a_group_begins_where_it_is_told_to(streams: SharedStreams) {
    let name = stream();
    let appended = streams.append(&name, &numbers(0..4)).await.expect("appends");
    streams.join(&name, "all", Start::Beginning).await.expect("joins");
    streams.join(&name, "some", Start::After(appended[1])).await.expect("joins");
    streams.join(&name, "new", Start::Now).await.expect("joins");
    streams.append(&name, &numbers(4..5)).await.expect("appends");
    for (group, expected) in [("all", 0..5), ("some", 2..5), ("new", 4..5)] {
        let entries = streams.read(&reader(&name, group, "one"), 10, PATIENCE).await.expect("reads");
        assert_eq!(payloads(&entries), numbers(expected), "{group}");
    }
}

async fn joining_again_changes_nothing(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    streams.append(&name, &numbers(0..2)).await.expect("appends");
    streams.read(&reader(&name, "group", "one"), 1, PATIENCE).await.expect("reads");
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    let entries = streams.read(&reader(&name, "group", "one"), 10, PATIENCE).await.expect("reads");
    assert_eq!(payloads(&entries), numbers(1..2));
}

async fn a_trim_spares_what_somebody_needs(streams: SharedStreams) {
    let name = stream();
    streams.append(&name, &numbers(0..10)).await.expect("appends");
    streams.join(&name, "quick", Start::Beginning).await.expect("joins");
    streams.join(&name, "slow", Start::Beginning).await.expect("joins");
    let quick = streams.read(&reader(&name, "quick", "one"), 10, PATIENCE).await.expect("reads");
    streams.ack(&name, "quick", &ids(&quick)).await.expect("acknowledges");
    assert_eq!(streams.trim(&name, 0).await.expect("trims"), 0, "slow has read nothing");
    let slow = streams.read(&reader(&name, "slow", "one"), 6, PATIENCE).await.expect("reads");
    streams.ack(&name, "slow", &ids(&slow[..4])).await.expect("acknowledges");
    assert_eq!(streams.trim(&name, 0).await.expect("trims"), 4, "two are pending, four unread");
    streams.ack(&name, "slow", &ids(&slow)).await.expect("acknowledges");
    let rest = streams.read(&reader(&name, "slow", "one"), 10, PATIENCE).await.expect("reads");
    assert_eq!(payloads(&rest), numbers(6..10));
    streams.ack(&name, "slow", &ids(&rest)).await.expect("acknowledges");
    assert_eq!(streams.trim(&name, 3).await.expect("trims"), 3, "the newest three are kept");
    assert_eq!(streams.status(&name).await.expect("counts").length, 3);
    assert_eq!(streams.trim(&name, 0).await.expect("trims"), 3);
    assert_eq!(streams.trim(&stream(), 0).await.expect("trims"), 0, "nothing is there");
}

async fn what_is_settled_is_neither_unread_nor_pending(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    let appended = streams.append(&name, &numbers(0..6)).await.expect("appends");
    streams.read(&reader(&name, "group", "one"), 2, PATIENCE).await.expect("reads");
    streams.settle(&name, "group", appended[0]).await.expect("settles what is pending");
    let pending = streams.pending(&name, "group", EntryId::ZERO, 10).await.expect("lists");
    assert_eq!(pending.iter().map(|pending| pending.id).collect::<Vec<_>>(), [appended[1]]);
    streams.settle(&name, "group", appended[3]).await.expect("settles what is unread");
    let rest = streams.read(&reader(&name, "group", "one"), 10, PATIENCE).await.expect("reads");
    assert_eq!(payloads(&rest), numbers(4..6));
    streams.settle(&name, "group", appended[1]).await.expect("the past stays settled");
    assert_eq!(streams.status(&name).await.expect("counts").groups[0].pending, 2);
}

async fn the_newest_entries_come_first_and_stay_for_those_who_read(streams: SharedStreams) {
    let name = stream();
    assert!(streams.newest(&name, 5).await.expect("looks").is_empty());
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    streams.append(&name, &numbers(0..7)).await.expect("appends");
    let newest = streams.newest(&name, 3).await.expect("looks");
    let payloads: Vec<Bytes> = newest.into_iter().map(|(_, payload)| payload).collect();
    assert_eq!(payloads, ["6", "5", "4"].map(Bytes::from));
    let read = streams.read(&reader(&name, "group", "one"), 10, PATIENCE).await.expect("reads");
    assert_eq!(read.len(), 7);
}

async fn a_status_counts_what_is_left_to_do(streams: SharedStreams) {
    let name = stream();
    assert_eq!(streams.status(&name).await.expect("counts"), infra::streams::StreamStatus::default());
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    let appended = streams.append(&name, &numbers(0..7)).await.expect("appends");
    let entries = streams.read(&reader(&name, "group", "one"), 3, PATIENCE).await.expect("reads");
    streams.ack(&name, "group", &[entries[0].id]).await.expect("acknowledges");
    let status = streams.status(&name).await.expect("counts");
    assert_eq!((status.length, Some(&status.last)), (7, appended.last()));
    let [group] = status.groups.as_slice() else { panic!("one group: {status:?}") };
    assert_eq!((group.name.as_str(), group.pending, group.unread), ("group", 2, 4));
    assert_eq!(group.delivered, entries[2].id);
    assert!(streams.names().await.expect("lists").contains(&name));
}

async fn whoever_did_not_join_is_told_so(streams: SharedStreams) {
    let name = stream();
    let stranger = reader(&name, "nobody", "one");
    let is_unknown = |error: NodeError| matches!(error, NodeError::Unknown { .. });
    assert!(streams.read(&stranger, 1, AT_ONCE).await.is_err_and(is_unknown));
    assert!(streams.read(&stranger, 1, Duration::from_millis(20)).await.is_err_and(is_unknown));
    assert!(streams.claim(&stranger, AT_ONCE, 1).await.is_err_and(is_unknown));
    streams.append(&name, &numbers(0..1)).await.expect("appends");
    assert!(streams.read(&stranger, 1, AT_ONCE).await.is_err_and(is_unknown));
    assert!(streams.pending(&name, "nobody", EntryId::ZERO, 1).await.is_err_and(is_unknown));
}

async fn what_breaks_a_limit_is_refused(streams: SharedStreams) {
    for name in ["", "with space", &"x".repeat(201)] {
        let refused = |error: NodeError| matches!(error, NodeError::InvalidName { .. });
        assert!(streams.append(name, &numbers(0..1)).await.is_err_and(refused), "{name:?}");
        assert!(streams.join(name, "group", Start::Now).await.is_err_and(refused), "{name:?}");
        assert!(streams.read(&reader("stream", name, "one"), 1, AT_ONCE).await.is_err_and(refused));
    }
    let too_large = |error: NodeError| matches!(error, NodeError::TooLarge { .. });
    let huge = Bytes::from(vec![0; ENTRY_BYTES_MAX + 1]);
    assert!(streams.append(&stream(), &[huge]).await.is_err_and(too_large));
    let many = vec![Bytes::new(); BATCH_MAX + 1];
    assert!(streams.append(&stream(), &many).await.is_err_and(too_large));
    assert!(streams.append(&stream(), &[]).await.expect("nothing to do").is_empty());
}

async fn two_who_claim_at_once_get_different_entries(streams: SharedStreams) {
    let name = stream();
    streams.join(&name, "group", Start::Beginning).await.expect("joins");
    streams.append(&name, &numbers(0..50)).await.expect("appends");
    streams.read(&reader(&name, "group", "dead"), 50, PATIENCE).await.expect("reads");
    let idle = Duration::from_millis(200);
    sleep(idle).await;
    let (one, two) = (reader(&name, "group", "one"), reader(&name, "group", "two"));
    let (one, two) = tokio::join!(streams.claim(&one, idle, 50), streams.claim(&two, idle, 50));
    let (one, two) = (ids(&one.expect("claims")), ids(&two.expect("claims")));
    assert_eq!(one.len() + two.len(), 50);
    assert!(one.iter().all(|id| !two.contains(id)));
}

async fn a_node_that_works_says_so(streams: SharedStreams) {
    streams.probe().await.expect("is well");
    assert!(!streams.place().is_empty());
    streams.close().await;
}

#[tokio::test]
async fn a_journal_brings_everything_back_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = stream();
    let open = || -> SharedStreams { Arc::new(InProcessStreams::in_folder(folder.path()).expect("opens")) };
    let streams = open();
    streams.join(&name, "slow", Start::Beginning).await.expect("joins");
    streams.join(&name, "quick", Start::Beginning).await.expect("joins");
    let appended = streams.append(&name, &numbers(0..10)).await.expect("appends");
    let first = streams.read(&reader(&name, "slow", "one"), 3, PATIENCE).await.expect("reads");
    streams.read(&reader(&name, "slow", "two"), 2, PATIENCE).await.expect("reads");
    streams.ack(&name, "slow", &[first[0].id, first[2].id]).await.expect("acknowledges");
    streams.settle(&name, "quick", appended[8]).await.expect("settles");
    streams.trim(&name, 0).await.expect("trims");
    let before = (
        streams.status(&name).await.expect("counts"),
        streams.range(&name, EntryId::ZERO, 100).await.expect("lists"),
    );
    // Twice: the second time reads what the first one has rewritten. Nobody said goodbye.
    for _ in 0..2 {
        let streams = open();
        let after = (
            streams.status(&name).await.expect("counts"),
            streams.range(&name, EntryId::ZERO, 100).await.expect("lists"),
        );
        assert_eq!(after, before);
        let pending = streams.pending(&name, "slow", EntryId::ZERO, 10).await.expect("lists");
        let held: Vec<_> = pending.iter().map(|pending| (pending.id, pending.consumer.as_str())).collect();
        assert_eq!(held, [(appended[1], "one"), (appended[3], "two"), (appended[4], "two")]);
    }
    let streams = open();
    let rest = streams.read(&reader(&name, "slow", "one"), 10, PATIENCE).await.expect("reads");
    assert_eq!(payloads(&rest), numbers(5..10));
    let more = streams.append(&name, &numbers(10..11)).await.expect("appends");
    assert!(more[0] > appended[9]);
}

proptest! {
    #[test]
    fn an_entry_id_survives_its_text(high: u64, low: u64) {
        let id = EntryId::new(high, low);
        prop_assert_eq!(id.to_string().parse::<EntryId>(), Ok(id));
        assert!(id.next() > id || id == EntryId::new(u64::MAX, u64::MAX));
    }

    #[test]
    fn no_text_makes_an_entry_id_panic(text: String) {
        let _ = text.parse::<EntryId>();
    }
}
