//! Asks for characters.

use api::{List, character::CharacterView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// One's own characters, or a page of everybody's, whose name contains `name`.
#[server(prefix = "/api/ui", endpoint = "characters/list", input = GetUrl)]
pub(crate) async fn list_characters(
    everybodys: bool,
    name: Option<String>,
    cursor: Option<String>,
) -> Result<List<CharacterView>, Failure> {
    use api::character::{CharacterFilter, CharacterScope};

    let (domain, actor) = crate::caller::allowed::<api::right::PlayGame>()?;
    let scope = if everybodys { CharacterScope::All } else { CharacterScope::Own };
    let filter = CharacterFilter { scope, name, cursor };
    domain::characters::list(&domain, &actor, filter).await.map_err(crate::caller::refuse)
}
