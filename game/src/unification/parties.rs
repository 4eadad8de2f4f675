//! Who plays together, and who is asked to.
//!
//! A party is as old as its region: its members may drop out and come back, and are members still. Whoever stays away for long is
//! one no more.

use std::collections::{BTreeMap, BTreeSet};

use grid::EntityId;
use protocol::PartyRefusal;
use simulation::{PartyId, TICK_HZ};

/// Most members of a party, the invited among them.
const MEMBERS_MAX: usize = 8;
/// How long a member may be away.
const AWAY_TICKS_MAX: u64 = 10 * 60 * TICK_HZ as u64;

/// Somebody in a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) entity: EntityId,
    pub(super) name: String,
    /// Since when the member is not in the region.
    pub(super) away_since: Option<u64>,
}

/// People who play together.
#[derive(Clone, Debug)]
pub(super) struct Party {
    pub(super) leader: EntityId,
    /// In the order in which they came.
    pub(super) members: Vec<Member>,
    invited: BTreeSet<EntityId>,
}

/// All parties of a region.
#[derive(Clone, Debug, Default)]
pub(super) struct Parties {
    parties: BTreeMap<PartyId, Party>,
    of: BTreeMap<EntityId, PartyId>,
}

/// Everybody whose party is another than before, or has changed.
pub(super) type Affected = Vec<EntityId>;

impl Parties {
    /// The party of a player.
    pub(super) fn of(&self, who: EntityId) -> Option<(PartyId, &Party)> {
        let id = *self.of.get(&who)?;
        Some((id, self.parties.get(&id)?))
    }

    /// Invites somebody; whoever is in no party makes one, of the id `new`.
    pub(super) fn invite(
        &mut self,
        who: (EntityId, &str),
        guest: EntityId,
        new: PartyId,
    ) -> Result<(PartyId, Affected), PartyRefusal> {
        let (host, name) = who;
        if host == guest || self.of.contains_key(&guest) {
            return Err(PartyRefusal::InParty);
        }
        let is_new = !self.of.contains_key(&host);
        let id = *self.of.entry(host).or_insert(new);
        let party = self.parties.entry(id).or_insert_with(|| Party {
            leader: host,
            members: vec![Member { entity: host, name: name.to_owned(), away_since: None }],
            invited: BTreeSet::new(),
        });
        if party.leader != host {
            return Err(PartyRefusal::NotLeader);
        }
        if party.members.len() + party.invited.len() >= MEMBERS_MAX && !party.invited.contains(&guest) {
            return Err(PartyRefusal::Full);
        }
        party.invited.insert(guest);
        Ok((id, if is_new { vec![host] } else { Vec::new() }))
    }

    /// Somebody joins the party that asked, or does not want to.
    pub(super) fn answer(
        &mut self,
        who: (EntityId, &str),
        id: PartyId,
        joins: bool,
    ) -> Result<Affected, PartyRefusal> {
        let (guest, name) = who;
        let party = self.parties.get_mut(&id).filter(|party| party.invited.contains(&guest));
        let party = party.ok_or(PartyRefusal::NotInvited)?;
        if joins && self.of.contains_key(&guest) {
            return Err(PartyRefusal::InParty);
        }
        party.invited.remove(&guest);
        if joins {
            party.members.push(Member { entity: guest, name: name.to_owned(), away_since: None });
            self.of.insert(guest, id);
            return Ok(party.members.iter().map(|member| member.entity).collect());
        }
        Ok(self.settle(id))
    }

    /// Somebody leaves the own party.
    pub(super) fn leave(&mut self, who: EntityId) -> Result<Affected, PartyRefusal> {
        let id = *self.of.get(&who).ok_or(PartyRefusal::NoParty)?;
        Ok(self.remove(id, who))
    }

    /// A leader sends somebody away.
    pub(super) fn kick(&mut self, leader: EntityId, member: EntityId) -> Result<Affected, PartyRefusal> {
        let id = self.led_by(leader, member)?;
        Ok(self.remove(id, member))
    }

    /// A leader hands the lead on.
    pub(super) fn lead(&mut self, leader: EntityId, member: EntityId) -> Result<Affected, PartyRefusal> {
        let id = self.led_by(leader, member)?;
        let Some(party) = self.parties.get_mut(&id) else { return Err(PartyRefusal::NoParty) };
        party.leader = member;
        Ok(party.members.iter().map(|member| member.entity).collect())
    }

    /// A player has come, or is gone for now; everybody who may want to know.
    pub(super) fn note_presence(&mut self, who: EntityId, away_since: Option<u64>) -> Affected {
        if away_since.is_some() {
            // Whoever is gone can't answer.
            let asked: Vec<PartyId> = self
                .parties
                .iter()
                .filter(|(_, party)| party.invited.contains(&who))
                .map(|(id, _)| *id)
                .collect();
            let mut affected = Vec::new();
            for id in asked {
                if let Some(party) = self.parties.get_mut(&id) {
                    party.invited.remove(&who);
                }
                affected.extend(self.settle(id));
            }
            if !affected.is_empty() {
                return affected;
            }
        }
        let Some(party) = self.of.get(&who).and_then(|id| self.parties.get_mut(id)) else {
            return Vec::new();
        };
        for member in party.members.iter_mut().filter(|member| member.entity == who) {
            member.away_since = away_since;
        }
        party.members.iter().map(|member| member.entity).collect()
    }

    /// Whoever has been away for too long is a member no more.
    pub(super) fn expire(&mut self, tick: u64) -> Affected {
        let is_over =
            |member: &&Member| member.away_since.is_some_and(|since| tick >= since + AWAY_TICKS_MAX);
        let members =
            self.parties.iter().flat_map(|(id, party)| party.members.iter().map(move |member| (*id, member)));
        let over: Vec<(PartyId, EntityId)> =
            members.filter(|(_, member)| is_over(member)).map(|(id, member)| (id, member.entity)).collect();
        over.into_iter().flat_map(|(id, member)| self.remove(id, member)).collect()
    }

    fn led_by(&self, leader: EntityId, member: EntityId) -> Result<PartyId, PartyRefusal> {
        let (id, party) = self.of(leader).ok_or(PartyRefusal::NoParty)?;
        if party.leader != leader {
            return Err(PartyRefusal::NotLeader);
        }
        let is_in = party.members.iter().any(|other| other.entity == member);
        if is_in { Ok(id) } else { Err(PartyRefusal::NoParty) }
    }

    fn remove(&mut self, id: PartyId, who: EntityId) -> Affected {
        self.of.remove(&who);
        let mut affected = vec![who];
        if let Some(party) = self.parties.get_mut(&id) {
            party.members.retain(|member| member.entity != who);
            if party.leader == who {
                // The lead goes to who has been in it longest, of those who are here if there is one.
                let next = party.members.iter().find(|member| member.away_since.is_none());
                if let Some(next) = next.or(party.members.first()) {
                    party.leader = next.entity;
                }
            }
            affected.extend(party.members.iter().map(|member| member.entity));
        }
        affected.extend(self.settle(id));
        affected
    }

    /// A party of one who waits for nobody is none.
    fn settle(&mut self, id: PartyId) -> Affected {
        let is_over = |party: &Party| party.members.len() <= 1 && party.invited.is_empty();
        if !self.parties.get(&id).is_some_and(is_over) {
            return Vec::new();
        }
        let members = self.parties.remove(&id).map(|party| party.members).unwrap_or_default();
        let alone: Affected = members.into_iter().map(|member| member.entity).collect();
        for member in &alone {
            self.of.remove(member);
        }
        alone
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const WREN: EntityId = EntityId::from_uuid(Uuid::from_u128(1));
    const FINCH: EntityId = EntityId::from_uuid(Uuid::from_u128(2));
    const BREGA: EntityId = EntityId::from_uuid(Uuid::from_u128(3));
    const PARTY: PartyId = PartyId(Uuid::from_u128(9));

    fn three() -> Parties {
        let mut parties = Parties::default();
        for (guest, name) in [(FINCH, "Finch"), (BREGA, "Brega")] {
            parties.invite((WREN, "Wren"), guest, PARTY).expect("may invite");
            parties.answer((guest, name), PARTY, true).expect("may join");
        }
        parties
    }

    fn names(parties: &Parties, who: EntityId) -> Vec<&str> {
        let members = parties.of(who).map(|(_, party)| &party.members[..]).unwrap_or_default();
        members.iter().map(|member| &*member.name).collect()
    }

    #[test]
    fn whoever_is_asked_may_join_and_nobody_else() {
        let mut parties = Parties::default();
        parties.invite((WREN, "Wren"), FINCH, PARTY).expect("may invite");
        assert_eq!(parties.answer((BREGA, "Brega"), PARTY, true), Err(PartyRefusal::NotInvited));
        assert_eq!(parties.answer((FINCH, "Finch"), PARTY, true), Ok(vec![WREN, FINCH]));
        assert_eq!(names(&parties, WREN), ["Wren", "Finch"]);
        let by_finch = parties.invite((FINCH, "Finch"), BREGA, PARTY).expect_err("Wren leads");
        assert_eq!(by_finch, PartyRefusal::NotLeader);
    }

    #[test]
    fn a_party_that_nobody_wants_to_join_is_none() {
        let mut parties = Parties::default();
        let (_, affected) = parties.invite((WREN, "Wren"), FINCH, PARTY).expect("may invite");
        assert_eq!(affected, [WREN]);
        assert_eq!(parties.answer((FINCH, "Finch"), PARTY, false), Ok(vec![WREN]));
        assert!(parties.of(WREN).is_none());
    }

    #[test]
    fn the_lead_can_be_handed_on_and_passes_to_the_eldest_who_is_here() {
        let mut parties = three();
        assert_eq!(parties.kick(FINCH, BREGA), Err(PartyRefusal::NotLeader));
        parties.lead(WREN, BREGA).expect("Wren leads");
        parties.note_presence(WREN, Some(5));
        parties.leave(BREGA).expect("may leave");
        assert_eq!(parties.of(WREN).map(|(_, party)| party.leader), Some(FINCH), "Wren is away");
        parties.kick(FINCH, WREN).expect("Finch leads");
        assert!(parties.of(FINCH).is_none(), "a party of one is none");
    }

    #[test]
    fn who_drops_out_is_a_member_still_for_some_time() {
        let mut parties = three();
        assert_eq!(parties.note_presence(FINCH, Some(100)), [WREN, FINCH, BREGA]);
        assert!(parties.expire(100 + AWAY_TICKS_MAX - 1).is_empty());
        parties.note_presence(FINCH, None);
        assert!(parties.expire(u64::MAX / 2).is_empty(), "she came back in time");
        parties.note_presence(FINCH, Some(100));
        parties.expire(100 + AWAY_TICKS_MAX);
        assert_eq!(names(&parties, WREN), ["Wren", "Brega"]);
    }

    #[test]
    fn a_party_has_an_end() {
        let mut parties = Parties::default();
        for number in 10..17 {
            let guest = EntityId::from_uuid(Uuid::from_u128(number));
            parties.invite((WREN, "Wren"), guest, PARTY).expect("may invite");
        }
        assert_eq!(parties.invite((WREN, "Wren"), FINCH, PARTY), Err(PartyRefusal::Full));
    }
}
