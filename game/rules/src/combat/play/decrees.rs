//! What whoever runs the game decrees: changes that no deed in the game brings about. They are told as if one had.

use crate::Id;
use crate::language::expr::Luck;
use crate::vocabulary::DamageType;

use super::{Context, Play, harm::unnamed};
use crate::combat::{Handle, Happening, Life, Space};

impl<S: Space, L: Luck> Play<'_, '_, S, L> {
    /// Takes hit points off a creature, temporary ones first, whatever protects it. What follows of it follows: it may fall or die.
    pub fn decree_harm(&mut self, who: Handle, hit_points: i32) {
        if self.is_alive(who) && hit_points > 0 {
            let (kind, dealt, lost) = (DamageType::Force, hit_points, hit_points);
            self.emit(Happening::Damaged { who, by: who, kind, dealt, lost });
            self.lose(who, who, hit_points, &Context::of(who, unnamed()));
        }
    }

    /// Gives a creature that lives hit points back, as healing does.
    pub fn decree_healing(&mut self, who: Handle, hit_points: i32) {
        self.heal(Context::of(who, unnamed()), who, hit_points);
    }

    /// Sets a creature's hit points, at most to as many as it can have; temporary ones stay. Above 0, the dead live again.
    pub fn decree_hit_points(&mut self, who: Handle, hit_points: i32) {
        let most = {
            let context = Context::of(who, unnamed());
            self.arena.hp_max(who, &self.scene(&context)).max(1)
        };
        let hit_points = hit_points.clamp(0, most);
        let Some(creature) = self.arena.get_mut(who) else { return };
        let before = creature.hp;
        match creature.life {
            Life::Dead if hit_points > 0 => self.revive(who, hit_points),
            Life::Dead => {}
            _ if hit_points < before => {
                let spared = std::mem::take(&mut creature.temp_hp);
                self.decree_harm(who, before - hit_points);
                if let Some(creature) =
                    self.arena.get_mut(who).filter(|creature| creature.life == Life::Alive)
                {
                    creature.temp_hp = creature.temp_hp.max(spared);
                }
            }
            _ if hit_points > before => {
                creature.hp = hit_points;
                creature.life = Life::Alive;
                if before == 0 {
                    self.wake(who);
                }
                self.emit(Happening::Healed { who, by: who, amount: hit_points - before });
            }
            _ => {}
        }
    }

    /// Takes a condition off a creature, with the effects that give it; what it has by nature stays.
    pub fn lift_condition(&mut self, who: Handle, id: Id) {
        loop {
            let next = self.arena.effects_on(who).find(|(_, lasting)| {
                !lasting.innate && (lasting.id == id || lasting.effect.conditions.contains(&id))
            });
            let Some((key, _)) = next else { return };
            self.conclude(key);
        }
    }
}
