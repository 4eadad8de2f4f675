//! What staff do to one entity: asked for with a reason, told when done, and taken back where it can be.

use api::alteration::{AlterationReply, AlterationRequest};
use grid::EntityId;
use leptos::prelude::*;

use super::{alter_entity::alter_entity, marks::spoken, remove_entity::remove_entity};
use crate::{
    Failure,
    components::{button::ButtonKind, deed_dialog::Deed},
};

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    Alter(AlterationRequest),
    Remove,
}

/// A change that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Undo {
    /// What was done, for people.
    pub(crate) done: String,
    /// What takes it back.
    pub(crate) by: AlterationRequest,
    /// Why it was done.
    pub(crate) reason: String,
}

/// Something done to an entity.
#[derive(Clone)]
pub(crate) struct EntityDeed {
    pub(crate) entity: EntityId,
    pub(crate) name: String,
    pub(crate) what: What,
    /// Where it is kept how to take it back.
    pub(crate) undo: RwSignal<Option<Undo>>,
}

impl Deed for EntityDeed {
    fn title(&self) -> String {
        let name = &self.name;
        match &self.what {
            What::Remove => format!("Remove {name}"),
            What::Alter(request) => match request {
                AlterationRequest::Harm { hit_points } => format!("Take {hit_points} hit points off {name}"),
                AlterationRequest::Heal { hit_points } => format!("Give {name} {hit_points} hit points back"),
                AlterationRequest::SetHitPoints { hit_points } => {
                    format!("Set the hit points of {name} to {hit_points}")
                }
                AlterationRequest::AddCondition { condition } => {
                    format!("Make {name} {}", spoken(condition))
                }
                AlterationRequest::LiftCondition { condition } => {
                    format!("Let {name} be {} no more", spoken(condition))
                }
                AlterationRequest::Place { .. } => format!("Move {name} to the middle of the map"),
            },
        }
    }

    fn text(&self) -> String {
        let text = match &self.what {
            What::Remove => {
                "It is gone at once, with what it carries, and leaves nothing behind. That can’t be taken back."
            }
            What::Alter(AlterationRequest::Harm { .. }) => {
                "Temporary hit points go first, nothing protects it, and at 0 it falls or dies. Who sees it sees it happen."
            }
            What::Alter(AlterationRequest::Heal { .. }) => {
                "As healing does: not above the most, and not the dead."
            }
            What::Alter(AlterationRequest::SetHitPoints { hit_points: 0 }) => "It falls, or dies.",
            What::Alter(AlterationRequest::SetHitPoints { .. }) => {
                "At most to as many as it can have. The dead live again."
            }
            What::Alter(AlterationRequest::AddCondition { .. }) => "Until something takes it off.",
            What::Alter(AlterationRequest::LiftCondition { .. }) => {
                "With the effects that give it. What it has by nature stays."
            }
            What::Alter(AlterationRequest::Place { .. }) => {
                "At once, to that place or near it. It lays down what it is about."
            }
        };
        text.to_owned()
    }

    fn verb(&self) -> String {
        let verb = match &self.what {
            What::Remove => "Remove it",
            What::Alter(AlterationRequest::Harm { .. }) => "Harm it",
            What::Alter(AlterationRequest::Heal { .. }) => "Heal it",
            What::Alter(AlterationRequest::SetHitPoints { .. }) => "Set them",
            What::Alter(AlterationRequest::AddCondition { .. }) => "Lay it on",
            What::Alter(AlterationRequest::LiftCondition { .. }) => "Take it off",
            What::Alter(AlterationRequest::Place { .. }) => "Move it",
        };
        verb.to_owned()
    }

    fn kind(&self) -> ButtonKind {
        match &self.what {
            What::Remove | What::Alter(AlterationRequest::Harm { .. }) => ButtonKind::Danger,
            What::Alter(_) => ButtonKind::Primary,
        }
    }

    async fn carry_out(self, reason: String) -> Result<String, Failure> {
        match self.what.clone() {
            What::Remove => {
                remove_entity(self.entity, reason).await?;
                Ok(format!("{} is gone.", self.name))
            }
            What::Alter(request) => {
                let done = self.title();
                let reply = alter_entity(self.entity, request.clone(), reason.clone()).await?;
                let told = told(&self.name, &reply);
                let _ = self.undo.try_set(back(&request, &reply).map(|by| Undo { done, by, reason }));
                Ok(told)
            }
        }
    }
}

fn told(name: &str, reply: &AlterationReply) -> String {
    let after = &reply.after;
    let conditions: Vec<_> = after.conditions.iter().map(|condition| spoken(condition)).collect();
    let conditions =
        if conditions.is_empty() { String::new() } else { format!(", {}", conditions.join(", ")) };
    format!("{name} has {} hit points{conditions}.", after.hit_points)
}

/// What takes a change back; nothing, if nothing changed.
fn back(request: &AlterationRequest, reply: &AlterationReply) -> Option<AlterationRequest> {
    let before = &reply.before;
    Some(match request {
        AlterationRequest::Harm { .. }
        | AlterationRequest::Heal { .. }
        | AlterationRequest::SetHitPoints { .. } => {
            if before.hit_points == reply.after.hit_points {
                return None;
            }
            AlterationRequest::SetHitPoints { hit_points: before.hit_points.max(0).unsigned_abs() }
        }
        AlterationRequest::AddCondition { condition } => {
            AlterationRequest::LiftCondition { condition: condition.clone() }
        }
        AlterationRequest::LiftCondition { condition } => {
            AlterationRequest::AddCondition { condition: condition.clone() }
        }
        AlterationRequest::Place { .. } => AlterationRequest::Place { x: before.x, z: before.z },
    })
}

#[cfg(test)]
mod tests {
    use api::{alteration::StandingView, combat::Vitality};

    use super::*;

    fn standing(hit_points: i32, x: i64) -> StandingView {
        let vitality = Vitality::Alive;
        StandingView { hit_points, temporary: 0, vitality, conditions: Vec::new(), x, z: 0 }
    }

    #[test]
    fn each_change_is_taken_back_by_its_like() {
        let id = EntityId::from_uuid(uuid::Uuid::from_u128(1));
        let reply = AlterationReply { id, before: standing(7, 3), after: standing(2, 9) };
        let harm = AlterationRequest::Harm { hit_points: 5 };
        assert_eq!(back(&harm, &reply), Some(AlterationRequest::SetHitPoints { hit_points: 7 }));
        let place = AlterationRequest::Place { x: 9, z: 0 };
        assert_eq!(back(&place, &reply), Some(AlterationRequest::Place { x: 3, z: 0 }));
        let idle = AlterationReply { id, before: standing(7, 3), after: standing(7, 3) };
        assert_eq!(back(&harm, &idle), None);
    }
}
