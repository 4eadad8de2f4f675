//! The settings in the words of the use cases.

use std::time::Duration;

use domain::{AuthSettings, DomainSettings, HealthSettings, PipelineSettings, RestSettings, TerrainSettings};

use super::Settings;

impl Settings {
    /// What the use cases need to know.
    pub(crate) fn for_domain(&self, public_url: String) -> DomainSettings {
        DomainSettings {
            public_url,
            auth: AuthSettings {
                access_ttl: Duration::from_secs(self.auth.access_ttl_s),
                refresh_ttl: Duration::from_secs(self.auth.refresh_ttl_s),
                session_ttl: Duration::from_secs(self.auth.session_ttl_s),
                ticket_ttl: Duration::from_secs(self.auth.ticket_ttl_s),
                logins_per_minute: self.auth.logins_per_minute,
                registration_open: self.auth.registration_open,
                staff_second_factor: self.auth.staff_second_factor,
            },
            terrain: TerrainSettings {
                generators: self.world.generators,
                cache_bytes: self.world.cache_mib * 1_024 * 1_024,
            },
            health: HealthSettings {
                probe_every: Duration::from_millis(self.ops.probe_every_ms),
                probe_timeout: Duration::from_millis(self.ops.probe_timeout_ms),
            },
            pipelines: PipelineSettings {
                files: self.data.join("etl"),
                claim_after: Duration::from_secs(self.pipelines.claim_after_s),
            },
            rests: RestSettings {
                hour: Duration::from_secs(self.game.hour_lasts_s.into()),
                calm: Duration::from_secs(self.game.rest_after_fight_s.into()),
            },
            scratch: self.data.join("scratch"),
        }
    }
}
