//! What happened: the log of events, which is the outbox as well, and which consumer has seen which event.
//!
//! `seq` gives events that belong together their order. `relayed_at` is empty until the event is on its stream.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Event {
    Table,
    Seq,
    Id,
    Topic,
    Kind,
    Source,
    Subject,
    OccurredAt,
    Cause,
    Correlation,
    Actor,
    Region,
    Data,
    RelayedAt,
}

#[derive(DeriveIden)]
enum EventInbox {
    Table,
    Consumer,
    EventId,
    SeenAt,
}

#[derive(DeriveIden)]
enum DeadLetter {
    Table,
    Id,
    Consumer,
    EventId,
    Envelope,
    Step,
    Reason,
    State,
    Attempts,
    FailedAt,
    SettledAt,
}

#[derive(DeriveIden)]
enum Lease {
    Table,
    Name,
    Holder,
    Until,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(event()).await?;
        manager.create_table(inbox()).await?;
        manager.create_table(dead_letter()).await?;
        manager.create_table(lease()).await?;
        let unrelayed = Index::create()
            .name("event_relayed_at")
            .table(Event::Table)
            .col(Event::RelayedAt)
            .col(Event::Seq)
            .to_owned();
        manager.create_index(unrelayed).await?;
        let by_kind = Index::create()
            .name("event_kind")
            .table(Event::Table)
            .col(Event::Kind)
            .col(Event::Seq)
            .to_owned();
        manager.create_index(by_kind).await?;
        let by_subject = Index::create()
            .name("event_subject")
            .table(Event::Table)
            .col(Event::Subject)
            .col(Event::Seq)
            .to_owned();
        manager.create_index(by_subject).await?;
        let seen_long_ago = Index::create()
            .name("event_inbox_seen_at")
            .table(EventInbox::Table)
            .col(EventInbox::SeenAt)
            .to_owned();
        manager.create_index(seen_long_ago).await?;
        let letters = Index::create()
            .name("dead_letter_state")
            .table(DeadLetter::Table)
            .col(DeadLetter::Consumer)
            .col(DeadLetter::State)
            .to_owned();
        manager.create_index(letters).await
    }
}

fn event() -> TableCreateStatement {
    Table::create()
        .table(Event::Table)
        .col(big_pk_auto(Event::Seq))
        .col(uuid_uniq(Event::Id))
        .col(string_len(Event::Topic, 64))
        .col(string_len(Event::Kind, 64))
        .col(string_len(Event::Source, 64))
        .col(string_len_null(Event::Subject, 128))
        .col(timestamp_with_time_zone(Event::OccurredAt))
        .col(uuid_null(Event::Cause))
        .col(uuid_null(Event::Correlation))
        .col(uuid_null(Event::Actor))
        .col(uuid_null(Event::Region))
        .col(json(Event::Data))
        .col(timestamp_with_time_zone_null(Event::RelayedAt))
        .to_owned()
}

fn inbox() -> TableCreateStatement {
    Table::create()
        .table(EventInbox::Table)
        .col(string_len(EventInbox::Consumer, 64))
        .col(uuid(EventInbox::EventId))
        .col(timestamp_with_time_zone(EventInbox::SeenAt))
        .primary_key(Index::create().col(EventInbox::Consumer).col(EventInbox::EventId))
        .to_owned()
}

fn dead_letter() -> TableCreateStatement {
    Table::create()
        .table(DeadLetter::Table)
        .col(pk_uuid(DeadLetter::Id))
        .col(string_len(DeadLetter::Consumer, 64))
        .col(uuid(DeadLetter::EventId))
        .col(json(DeadLetter::Envelope))
        .col(string_len(DeadLetter::Step, 64))
        .col(text(DeadLetter::Reason))
        .col(string_len(DeadLetter::State, 16))
        .col(integer(DeadLetter::Attempts))
        .col(timestamp_with_time_zone(DeadLetter::FailedAt))
        .col(timestamp_with_time_zone_null(DeadLetter::SettledAt))
        .to_owned()
}

fn lease() -> TableCreateStatement {
    Table::create()
        .table(Lease::Table)
        .col(string_len(Lease::Name, 64).primary_key())
        .col(uuid(Lease::Holder))
        .col(timestamp_with_time_zone(Lease::Until))
        .to_owned()
}
