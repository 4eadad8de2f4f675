//! Staff look after somebody's sign-ins and characters.

use api::{
    character::CreateCharacterRequest,
    moderation::{SanctionKind, SanctionRequest},
    user::Reason,
};
use domain::{Arrival, Error, characters, moderation, users};
use grid::AccountId;
use rules::Race;

use crate::test_domain::{PASSWORD, TestDomain, may};

fn why() -> Reason {
    Reason { reason: "a test".into() }
}

#[tokio::test]
async fn staff_end_one_sign_in_and_leave_the_others() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let ole = test.player("Ole").await;
    let id = mira.account.expect("has one");
    let other = test.login("mira@example.org", PASSWORD).await.expect("signs in");
    let sessions = users::list_sessions(&test.domain, &may(&owner), id).await.expect("are listed").items;
    assert_eq!(sessions.len(), 2);
    let first = mira.session.expect("is signed in");

    let foreign = ole.session.expect("is signed in");
    let refused = users::end_session(&test.domain, &may(&owner), id, foreign, why()).await;
    assert!(matches!(refused, Err(Error::NotFound(_))), "somebody else's: {refused:?}");
    users::end_session(&test.domain, &may(&owner), id, first, why()).await.expect("is ended");
    let left = users::list_sessions(&test.domain, &may(&owner), id).await.expect("are listed").items;
    assert!(left.len() == 1 && left[0].id != first);
    let bearer = other.access_token.into();
    domain::tokens::authenticate(&test.domain, &bearer, Arrival::within()).await.expect("goes on");
    let again = users::end_session(&test.domain, &may(&owner), id, first, why()).await;
    assert!(matches!(again, Err(Error::NotFound(_))), "it is over: {again:?}");
}

#[tokio::test]
async fn staff_see_somebodys_characters_and_who_wrote_a_note() {
    let test = TestDomain::new().await;
    let (owner, mira) = (test.owner().await, test.player("Mira").await);
    let id = mira.account.expect("has one");
    let request = CreateCharacterRequest {
        name: "Brand".to_owned(),
        race: Race::Dwarf,
        world_id: None,
        class: None,
        choices: None,
    };
    characters::create(&test.domain, &may(&mira), request).await.expect("is made");
    let seen = users::list_characters(&test.domain, &may(&owner), id).await.expect("are listed").items;
    assert_eq!(seen.iter().map(|character| character.name.as_str()).collect::<Vec<_>>(), ["Brand"]);
    let nobody = AccountId::from_uuid(uuid::Uuid::nil());
    let refused = users::list_characters(&test.domain, &may(&owner), nobody).await;
    assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");

    let note = SanctionRequest { kind: SanctionKind::Note, ends_at: None, reason: "helpful".into() };
    moderation::sanction(&test.domain, &may(&owner), id, note).await.expect("is kept");
    let history = moderation::history(&test.domain, &may(&owner), id).await.expect("is read").items;
    let me = users::get(&test.domain, &may(&owner), owner.account.expect("has one")).await.expect("is read");
    assert_eq!(history[0].created_by_name.as_deref(), Some(me.display_name.as_str()));
}
