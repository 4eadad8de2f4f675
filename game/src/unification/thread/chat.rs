//! What players say to each other.

use grid::EntityId;
use protocol::{Audience, SayRefusal, ServerMessage};

use super::Region;
use crate::wire::{Line, ReplyBody};

impl Region {
    /// A player says something.
    pub(super) fn say(&mut self, entity: EntityId, line: Line) {
        let Line { to, name, text } = line;
        let Some(from) = self.names.get(&entity).cloned() else { return };
        let said = |to, name| ServerMessage::Said { to, from_id: entity.uuid(), from, name, text };
        match Audience::from_number(to) {
            Some(Audience::Near) => self.publisher.note_words(Some(entity), &said(Audience::Near, None)),
            Some(Audience::Region) => self.publisher.note_words(None, &said(Audience::Region, None)),
            Some(Audience::Party) => {
                let companions = self.companions(entity);
                if companions.is_empty() {
                    let (code, reason) = (SayRefusal::NoParty.number(), "you are in no party".to_owned());
                    self.reply_to_player(entity, ReplyBody::SayRefused { code, reason });
                    return;
                }
                let said = said(Audience::Party, None);
                companions.into_iter().for_each(|companion| self.say_to(companion, &said));
            }
            Some(Audience::Whisper) | None => {
                let name = name.unwrap_or_default();
                let Some(listener) = self.find_player(&name) else {
                    let reason = format!("nobody of the name {name:?} plays here");
                    let code = SayRefusal::NobodyThere.number();
                    self.reply_to_player(entity, ReplyBody::SayRefused { code, reason });
                    return;
                };
                let name = self.names.get(&listener).cloned();
                let said = said(Audience::Whisper, name).encode().to_vec();
                self.reply_to_player(listener, ReplyBody::Message(said.clone()));
                // The speaker sees that it arrived.
                if listener != entity {
                    self.reply_to_player(entity, ReplyBody::Message(said));
                }
            }
        }
    }

    /// The player of that name who is at the socket, however it is written.
    pub(super) fn find_player(&self, name: &str) -> Option<EntityId> {
        let wanted = name.to_lowercase();
        let found = self.names.iter().find(|(_, known)| known.to_lowercase() == wanted);
        found.map(|(entity, _)| *entity).filter(|entity| self.seats.socket_of(*entity).is_some())
    }
}
