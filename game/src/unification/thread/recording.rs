//! What the region has recorded of itself, for those who ask.

use simulation::RecordingLimits;

use super::Region;
use crate::unification::RecordedSoFar;

impl Region {
    /// What was recorded so far, kept within other limits from now on if there are any. A copy shares what it is of, so the tick hardly
    /// notices.
    pub(super) fn record(&mut self, limits: Option<RecordingLimits>) -> Option<RecordedSoFar> {
        if let Some(limits) = limits {
            self.simulation.limit_recording(limits);
        }
        let recording = self.simulation.recording()?.clone();
        Some(RecordedSoFar { recording, limits: self.simulation.recording_limits()? })
    }
}
