//! Drawing a QR code on the server: the page shows it and needs no code for it.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::setting_up::QrPicture;

/// The text as a QR code; none if it is too long for one.
pub(super) fn draw(text: &str) -> Option<QrPicture> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(side).enumerate() {
        let mut x = 0;
        while x < side {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                // Writing into a `String` can't fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    Some(QrPicture { side: u32::try_from(side).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_code_begins_with_its_finder_pattern() {
        let picture = draw("otpauth://totp/Realmkeep:mira@example.org?secret=ABC").expect("fits");
        assert!(picture.side >= 21 && (picture.side - 17).is_multiple_of(4), "{}", picture.side);
        assert!(picture.path.starts_with("M0 0h7v1h-7z"), "{}", &picture.path[..40]);
    }

    #[test]
    fn a_text_that_is_too_long_has_no_picture() {
        assert_eq!(draw(&"x".repeat(10_000)), None);
    }
}
