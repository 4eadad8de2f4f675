//! The recording of a region: how much is kept, and taking it away as a file.

use api::{
    right,
    world::{KeepRecording, RecordingView},
};
use game::{DeskError, RecordedSoFar, RecordingLimits};
use garde::Validate as _;
use grid::{RegionId, WorldId};
use serde_json::json;
use tokio::task::spawn_blocking;

use crate::{Allowed, Domain, Error, LiveRegion, audit};

/// What the recording of a live region holds.
///
/// # Errors
/// [`Error::NotFound`] if there is no such region, or it keeps no recording; [`Error::Unavailable`] if it gives no answer.
pub async fn recording(
    domain: &Domain,
    _: &Allowed<right::ManageRecordings>,
    world: WorldId,
    region: RegionId,
) -> Result<RecordingView, Error> {
    let live = live(domain, world, region)?;
    Ok(view(region, &recorded(live.desk.recording().await)?))
}

/// Has a live region keep more of its last minutes, or less, until it is started anew. Noted in the audit.
///
/// # Errors
/// [`Error::Invalid`]; those of [`recording`].
pub async fn keep_recording(
    domain: &Domain,
    actor: &Allowed<right::ManageRecordings>,
    (world, region): (WorldId, RegionId),
    keep: KeepRecording,
) -> Result<RecordingView, Error> {
    keep.validate()?;
    let live = live(domain, world, region)?;
    let limits = RecordingLimits::minutes(keep.minutes, keep.mib);
    let recorded = recorded(live.desk.limit_recording(limits).await)?;
    let transaction = domain.store().begin().await?;
    let details = json!({ "minutes": keep.minutes, "mib": keep.mib });
    audit::note(&transaction, actor, "recording.keep", format!("region {region}"), details).await?;
    transaction.commit().await?;
    Ok(view(region, &recorded))
}

/// The recording of a live region as a file that `server replay` takes. Noted in the audit, for it tells what everybody did.
///
/// # Errors
/// Those of [`recording`].
pub async fn export_recording(
    domain: &Domain,
    actor: &Allowed<right::ManageRecordings>,
    world: WorldId,
    region: RegionId,
) -> Result<Vec<u8>, Error> {
    let live = live(domain, world, region)?;
    let recorded = recorded(live.desk.recording().await)?;
    let seen = view(region, &recorded);
    let written = spawn_blocking(move || {
        let mut file = Vec::new();
        recorded.recording.write_to(&mut file).map(|()| file)
    });
    let file = match written.await {
        Ok(Ok(file)) => file,
        Ok(Err(error)) => return Err(Error::Internal(format!("the recording can't be written: {error}"))),
        Err(error) => return Err(Error::Internal(format!("the recording was not written: {error}"))),
    };
    let transaction = domain.store().begin().await?;
    let details = json!({ "begins_after_tick": seen.begins_after_tick, "until_tick": seen.until_tick });
    audit::note(&transaction, actor, "recording.export", format!("region {region}"), details).await?;
    transaction.commit().await?;
    Ok(file)
}

fn live(domain: &Domain, world: WorldId, region: RegionId) -> Result<&LiveRegion, Error> {
    let is_it = |live: &&LiveRegion| live.world == world && live.watch.status().region == region;
    domain.region().filter(is_it).ok_or(Error::NotFound("live region"))
}

fn recorded(answer: Result<Option<RecordedSoFar>, DeskError>) -> Result<RecordedSoFar, Error> {
    let answer = answer.map_err(|_| Error::Unavailable("the region gives no answer; try again later"))?;
    answer.ok_or(Error::NotFound("recording: `game.recording_minutes` is 0"))
}

fn view(region: RegionId, recorded: &RecordedSoFar) -> RecordingView {
    let (minutes, mib) = recorded.limits.in_minutes();
    RecordingView {
        id: region,
        minutes,
        mib,
        begins_after_tick: recorded.recording.begins_after(),
        until_tick: recorded.recording.until,
    }
}
