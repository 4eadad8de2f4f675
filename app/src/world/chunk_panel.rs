//! The chunks around the middle of the map as a table: the map for those who can't see it.

use api::world::ChunkHashesRequest;
use grid::CellCoord;
use leptos::{either::Either, prelude::*};

use super::{
    atlas::{Atlas, Chosen},
    cell_panel::{Verdict, VerdictBadge, verdict},
    read_chunk_hashes::read_chunk_hashes,
};
use crate::components::{
    notice::FailureNotice,
    skeleton::Skeleton,
    table::{Cell, DataTable, ROW},
};
use crate::map::camera::CellRange;

/// Cells along the side of the square that is listed.
const SIDE: u8 = 6;

/// Each chunk with its hash from the browser and from the server.
#[component]
pub(crate) fn ChunkPanel(atlas: Atlas) -> impl IntoView {
    let first = Memo::new(move |_| {
        let centre = atlas.rest.get().centre();
        let reach = i32::from(SIDE) / 2;
        CellCoord::new(centre.x.saturating_sub(reach), centre.z.saturating_sub(reach))
    });
    Effect::new(move |_| {
        let first = first.get();
        let reach = i32::from(SIDE) - 1;
        let last = CellCoord::new(first.x.saturating_add(reach), first.z.saturating_add(reach));
        atlas.listed.set(Some(CellRange { first, last }));
    });
    on_cleanup(move || {
        // The whole page may be going.
        let _ = atlas.listed.try_set(None);
    });
    let hashes = LocalResource::new(move || {
        read_chunk_hashes(ChunkHashesRequest { world_id: atlas.world, first: first.get(), side: SIDE })
    });
    view! {
        <Transition fallback=|| view! { <div class="p-4"><Skeleton class="h-64" /></div> }>
            {move || Suspend::new(async move {
                match hashes.await {
                    Ok(hashes) => {
                        let pairs: Vec<_> = hashes.into_iter().map(|chunk| (chunk.coord, chunk.hash)).collect();
                        Either::Left(view! { <Comparison atlas pairs /> })
                    }
                    Err(failure) => Either::Right(view! { <div class="p-4"><FailureNotice failure /></div> }),
                }
            })}
        </Transition>
    }
}

#[component]
fn Comparison(atlas: Atlas, pairs: Vec<(CellCoord, String)>) -> impl IntoView {
    let all = pairs.len();
    let rows = StoredValue::new(pairs);
    let count = move |wanted: Verdict| {
        rows.with_value(|rows| {
            rows.iter()
                .filter(|(cell, hash)| {
                    verdict(atlas.known(*cell).map(|c| c.hash).as_deref(), Some(hash)) == wanted
                })
                .count()
        })
    };
    view! {
        <p class="figure px-4 py-3 text-sm text-ink-muted" role="status" data-testid="chunk-summary">
            {move || {
                let different = count(Verdict::Different);
                if different > 0 {
                    format!("{different} of {all} chunks around the middle differ from the server’s.")
                } else {
                    format!("{} of {all} chunks around the middle are equal to the server’s.", count(Verdict::Equal))
                }
            }}
        </p>
        <DataTable caption="Chunks around the middle of the map" columns=&["Cell", "Browser", "Server", "Compared"] dense=true>
            {rows
                .get_value()
                .into_iter()
                .map(|(cell, hash)| view! { <ChunkRow atlas cell hash /> })
                .collect_view()}
        </DataTable>
    }
}

#[component]
fn ChunkRow(atlas: Atlas, cell: CellCoord, hash: String) -> impl IntoView {
    let expected = hash.clone();
    let verdict =
        Memo::new(move |_| verdict(atlas.known(cell).map(|chunk| chunk.hash).as_deref(), Some(&expected)));
    let browser_hash = move || atlas.known(cell).map_or_else(|| "…".to_owned(), |chunk| short(&chunk.hash));
    let ground = move || {
        atlas.known(cell).map_or_else(
            || "growing…".to_owned(),
            |c| format!("{:.0}–{:.0} m {}", c.height_m.0, c.height_m.1, c.biome.replace(['_', '-'], " ")),
        )
    };
    view! {
        <tr class=ROW>
            <Cell>
                <button
                    type="button"
                    class="figure font-medium whitespace-nowrap text-accent underline underline-offset-4"
                    on:click=move |_| atlas.chosen.set(Some(Chosen::Cell(cell)))
                >
                    {format!("{}, {}", cell.x, cell.z)}
                </button>
                <p class="figure max-w-28 truncate text-xs text-ink-muted">{ground}</p>
            </Cell>
            <Cell column="Browser" class="font-mono text-xs">
                {browser_hash}
            </Cell>
            <Cell column="Server" class="font-mono text-xs">
                <span title=hash.clone()>{short(&hash)}</span>
            </Cell>
            <Cell column="Compared">
                <VerdictBadge verdict />
            </Cell>
        </tr>
    }
}

/// Enough of a hash to tell two apart at a glance.
fn short(hash: &str) -> String {
    hash.chars().take(7).collect()
}
