//! What players say to each other, before it goes to the region: how often, who may, and what of it can be shown.

use grid::AccountId;
use protocol::{PartyRefusal, SayRefusal, ServerMessage, TradeRefusal};

use super::hall::Hall;
use crate::company::Wish;

/// Lines that a player may say in a second, over some time.
pub(super) const LINES_PER_SECOND: u32 = 1;
/// Lines that a player may say at once.
pub(super) const LINES_BURST: u32 = 5;
/// Longest line, in characters.
const LINE_CHARS_MAX: usize = 240;
/// The kind of sanction that keeps an account from speaking to others.
const MUTE: &str = "mute";

/// The line as others see it: one line, without what only disturbs. `None` if nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let shown: String = text
        .chars()
        .map(|char| if char.is_whitespace() { ' ' } else { char })
        .filter(|char| !char.is_control() && !is_invisible(*char))
        .collect();
    let line = shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let line: String = line.chars().take(LINE_CHARS_MAX).collect();
    (!line.is_empty()).then_some(line)
}

/// Characters that can't be seen, yet turn the direction of others or tear words that are looked for apart.
const fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// What is answered to a wish that calls on others, of who calls too often; nothing, if it calls on nobody.
pub(super) fn refusal_of_calling(wish: &Wish) -> Option<ServerMessage> {
    let reason = "that is too much at once; try again in a moment".to_owned();
    match wish {
        Wish::Invite { .. } => Some(ServerMessage::PartyRefused { code: PartyRefusal::TooOften, reason }),
        Wish::Trade { .. } => Some(ServerMessage::TradeRefused { code: TradeRefusal::TooOften, reason }),
        _ => None,
    }
}

/// Refuses an account that may not speak to others now.
pub(super) async fn check_mute(hall: &Hall, account: AccountId) -> Result<(), (SayRefusal, String)> {
    match store::sanctions::find_in_force(&hall.store, account, MUTE, store::now()).await {
        Ok(None) => Ok(()),
        Ok(Some(mute)) => {
            let until = mute.ends_at.map(|end| format!(" until {}", end.format("%Y-%m-%d %H:%M UTC")));
            let reason = format!("you may not speak to others{}: {}", until.unwrap_or_default(), mute.reason);
            Err((SayRefusal::Muted, reason))
        }
        Err(error) => {
            tracing::error!(%error, "it can't be told who is muted");
            Err((SayRefusal::Unavailable, "try again in a moment".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_that_can_be_seen() {
        assert_eq!(clean("  hail\tand\r\n well   met "), Some("hail and well met".to_owned()));
        assert_eq!(clean("\u{202e}evil\u{200b}\u{0007}"), Some("evil".to_owned()));
        assert_eq!(clean("Grüße, 世界 🐺"), Some("Grüße, 世界 🐺".to_owned()));
        assert_eq!(clean(" \u{200b}\n\t"), None);
        assert_eq!(clean(&"ü".repeat(400)).map(|line| line.chars().count()), Some(LINE_CHARS_MAX));
    }
}
