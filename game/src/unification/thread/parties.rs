//! Playing together: what members of parties want, and what they are told.

use grid::EntityId;
use protocol::{Member, PartyRefusal, ServerMessage};
use simulation::{Command, PartyId};
use uuid::Uuid;

use super::Region;
use crate::unification::parties::Affected;

impl Region {
    /// Invites somebody by name.
    pub(super) fn invite(&mut self, who: EntityId, name: &str) {
        let Some(host) = self.names.get(&who).cloned() else { return };
        let Some(guest) = self.find_player(name) else {
            self.refuse_party(
                who,
                PartyRefusal::NobodyThere,
                format!("nobody of the name {name:?} plays here"),
            );
            return;
        };
        match self.parties.invite((who, &host), guest, PartyId(Uuid::now_v7())) {
            Ok((party, affected)) => {
                let invited =
                    ServerMessage::PartyInvited { party_id: party.0, from_id: who.uuid(), from: host };
                self.say_to(guest, &invited);
                self.spread(affected);
            }
            Err(refusal) => self.refuse_party(who, refusal, reason_of(refusal).to_owned()),
        }
    }

    /// Joins the party that invited, or doesn't.
    pub(super) fn answer_invitation(&mut self, who: EntityId, party: Uuid, joins: bool) {
        let Some(name) = self.names.get(&who).cloned() else { return };
        let outcome = self.parties.answer((who, &name), PartyId(party), joins);
        self.settle_party(who, outcome);
    }

    pub(super) fn leave_party(&mut self, who: EntityId) {
        let outcome = self.parties.leave(who);
        self.settle_party(who, outcome);
    }

    pub(super) fn kick(&mut self, who: EntityId, member: EntityId) {
        let outcome = self.parties.kick(who, member);
        self.settle_party(who, outcome);
    }

    pub(super) fn hand_lead_on(&mut self, who: EntityId, member: EntityId) {
        let outcome = self.parties.lead(who, member);
        self.settle_party(who, outcome);
    }

    /// A player has come, or is gone for now.
    pub(super) fn note_presence(&mut self, who: EntityId, away_since: Option<u64>) {
        let affected = self.parties.note_presence(who, away_since);
        self.spread(affected);
    }

    /// Members who have been away for too long are members no more.
    pub(super) fn expire_members(&mut self, tick: u64) {
        let affected = self.parties.expire(tick);
        self.spread(affected);
    }

    /// Everybody who plays together with somebody; nobody of who is in no party.
    pub(super) fn companions(&self, who: EntityId) -> Vec<EntityId> {
        let members = self.parties.of(who).map(|(_, party)| &party.members[..]).unwrap_or_default();
        members.iter().map(|member| member.entity).collect()
    }

    fn settle_party(&mut self, who: EntityId, outcome: Result<Affected, PartyRefusal>) {
        match outcome {
            Ok(affected) => self.spread(affected),
            Err(refusal) => self.refuse_party(who, refusal, reason_of(refusal).to_owned()),
        }
    }

    /// Tells the simulation and the players whose party is another than before.
    fn spread(&mut self, mut affected: Affected) {
        affected.sort_unstable();
        affected.dedup();
        for who in affected {
            let party = self.parties.of(who);
            let (id, leader) = (party.map(|(id, _)| id), party.map(|(_, party)| party.leader));
            let members = party.map(|(_, party)| &party.members[..]).unwrap_or_default();
            let members = members.iter().map(|member| Member {
                id: member.entity.uuid(),
                name: member.name.clone(),
                here: member.away_since.is_none(),
            });
            let changed = ServerMessage::PartyChanged {
                party_id: id.map(|id| id.0),
                leader_id: leader.map(EntityId::uuid),
                members: members.collect(),
            };
            self.say_to(who, &changed);
            self.commands.push(Command::Party { entity: who, party: id });
        }
    }

    fn refuse_party(&self, who: EntityId, code: PartyRefusal, reason: String) {
        self.say_to(who, &ServerMessage::PartyRefused { code, reason });
    }
}

const fn reason_of(refusal: PartyRefusal) -> &'static str {
    match refusal {
        PartyRefusal::TooOften => "that is too much at once; try again in a moment",
        PartyRefusal::NobodyThere => "nobody of that name plays here",
        PartyRefusal::InParty => "who is in a party already can't join another",
        PartyRefusal::NotLeader => "only who leads the party can do that",
        PartyRefusal::Full => "the party is full: eight members, with those who are invited",
        PartyRefusal::NoParty => "there is no such member, or no party",
        PartyRefusal::NotInvited => "the party has not invited you, or does not any more",
    }
}
