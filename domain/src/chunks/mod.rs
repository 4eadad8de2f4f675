//! Chunks of terrain, in the forms that clients read.

mod describe;
mod far;
mod hashes;
mod picture;
mod read;

pub use describe::describe;
pub use far::{describe_far, picture_far, read_far};
pub use hashes::hashes;
pub use picture::picture;
pub use read::{ReadTerrain, read};

use api::job::REGION_COORD_MAX;
use grid::CellCoord;

use crate::Error;

/// Refuses cells beyond the part of the grid that is in use.
fn check_cell(cell: CellCoord) -> Result<(), Error> {
    let region = cell.region();
    let inside = |v: i32| (-REGION_COORD_MAX..=REGION_COORD_MAX).contains(&v);
    for (field, is_inside) in [("x", inside(region.x)), ("z", inside(region.z))] {
        if !is_inside {
            let message = format!("must lie within ±{REGION_COORD_MAX} regions of the origin");
            return Err(Error::InvalidField { field, message });
        }
    }
    Ok(())
}
