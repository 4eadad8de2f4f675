//! Lives a region's recording again: whether this build, on this machine, makes the same of it.

use std::{fs, path::Path};

use anyhow::{Context as _, bail};
use game::{Recording, Replay};

/// Lives a recording again and tells what became of it.
///
/// # Errors
/// The file can't be read or is no recording, or it went another way.
pub(crate) fn replay(file: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(file).with_context(|| format!("can't read {}", file.display()))?;
    let recording = Recording::read(&bytes).with_context(|| format!("can't read {}", file.display()))?;
    match game::replay(&recording) {
        Replay::Same { ticks, compared } => {
            Ok(format!("It went the same way: {ticks} ticks, {compared} states compared."))
        }
        Replay::Differs { at, same_until } => bail!(
            "it went another way: tick {at} is the first that was compared and differs, tick {same_until} was still the same"
        ),
    }
}
