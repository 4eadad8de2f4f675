//! A second factor that is being set up: what the authenticator needs, and the same as a picture.

use api::credential::TotpSetUp;
use serde::{Deserialize, Serialize};

/// What was begun. It is told this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingUp {
    /// The secret and its address.
    pub begun: TotpSetUp,
    /// The address as a QR code; none if it is too long for one.
    pub picture: Option<QrPicture>,
}

/// A QR code as one path of an SVG, a unit a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrPicture {
    /// Modules along a side, without the quiet zone.
    pub side: u32,
    /// The dark modules.
    pub path: String,
}
