//! Characters, and the tickets that they enter the game with.

use api::{
    auth::TicketRequest,
    character::{CharacterFilter, CharacterView, CreateCharacterRequest},
};
use domain::{Actor, Error, characters, tickets};
use rules::Race;

use crate::test_domain::{TestDomain, may};

async fn create(test: &TestDomain, actor: &Actor, name: &str) -> Result<CharacterView, Error> {
    let request = CreateCharacterRequest::quick(name, Race::Dwarf);
    characters::create(&test.domain, &may(actor), request).await
}

#[tokio::test]
async fn a_character_stands_on_walkable_ground_of_the_first_region() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let character = create(&test, &mira, "Mira").await.expect("is made");
    assert_eq!((character.world_id, character.walking_speed_ft), (test.world, 25));
    let cell = character.position.cell();
    assert_eq!(cell.region(), grid::RegionCoord::new(0, 0));
    let chunk =
        domain::chunks::read(&test.domain, &may(&mira), test.world, cell).await.expect("grows").grown.chunk;
    let (x, z) = (character.position.x - cell.origin().x, character.position.z - cell.origin().z);
    assert!(chunk.is_walkable(x, z));
    assert_eq!(character.position.y, chunk.ground_height(x, z));
    let own = characters::list(&test.domain, &may(&mira), CharacterFilter::default()).await.expect("lists");
    assert_eq!(own.items, std::slice::from_ref(&character));
    assert_eq!(characters::get(&test.domain, &may(&mira), character.id).await.expect("reads"), character);
}

#[tokio::test]
async fn a_name_is_taken_once_in_a_world() {
    let test = TestDomain::new().await;
    let (mira, brega) = (test.player("Mira").await, test.player("Brega").await);
    create(&test, &mira, "Ødgar").await.expect("is made");
    let taken = create(&test, &brega, "ØDGAR").await;
    assert!(matches!(taken, Err(Error::Conflict(_))), "{taken:?}");
    assert!(matches!(create(&test, &brega, "R2").await, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn a_name_is_of_one_script_whichever() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    for name in ["Ødgar", "Мира", "ミラ", "O'Neil Smith"] {
        create(&test, &mira, name).await.expect(name);
    }
    let with_cyrillic_i = create(&test, &mira, "M\u{456}ra").await;
    assert!(matches!(with_cyrillic_i, Err(Error::InvalidField { field: "name", .. })), "{with_cyrillic_i:?}");
}

#[tokio::test]
async fn an_account_has_only_so_many_characters() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    for letter in 'A'..='T' {
        create(&test, &mira, &format!("Mira {letter}")).await.expect("is made");
    }
    let beyond = create(&test, &mira, "Mira Z").await;
    assert!(matches!(beyond, Err(Error::Conflict(_))), "{beyond:?}");
}

#[tokio::test]
async fn somebody_elses_character_is_as_good_as_none() {
    let test = TestDomain::new().await;
    let (mira, brega) = (test.player("Mira").await, test.player("Brega").await);
    let character = create(&test, &mira, "Mira").await.expect("is made");
    let seen = characters::get(&test.domain, &may(&brega), character.id).await;
    assert!(matches!(seen, Err(Error::NotFound(_))), "{seen:?}");
    let request = TicketRequest { character_id: character.id };
    let ticket = tickets::issue(&test.domain, &may(&brega), request).await;
    assert!(matches!(ticket, Err(Error::NotFound(_))), "{ticket:?}");
}

#[tokio::test]
async fn a_ticket_names_account_and_character_and_is_kept_as_a_hash() {
    let test = TestDomain::new().await;
    let mira = test.player("Mira").await;
    let character = create(&test, &mira, "Mira").await.expect("is made");
    let request = TicketRequest { character_id: character.id };
    let ticket = tickets::issue(&test.domain, &may(&mira), request).await.expect("is issued");
    assert_eq!(ticket.expires_in, 30);
    let raw = store::tickets::consume(&test.store, &ticket.ticket, store::now()).await.expect("looks");
    assert_eq!(raw, None, "the ticket itself is not kept");
    let hash = blake3::hash(ticket.ticket.as_bytes()).to_hex();
    let holder =
        store::tickets::consume(&test.store, &hash, store::now()).await.expect("looks").expect("is good");
    assert_eq!((Some(holder.account_id), holder.character_id), (mira.account, character.id));
}
