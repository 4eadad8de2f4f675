//! Wounds, slots and resources: what is spent in play.

use crate::content::Library;
use crate::{HitPoints, Id, Ruleset};

use super::{Character, Refusal, sheet::Desk};

impl Character {
    /// Its hit points as they are.
    #[must_use]
    pub fn hit_points(&self, library: &Library) -> HitPoints {
        let maximum = Desk::new(self, library).hit_points_max().total.max(0) as u32;
        HitPoints {
            current: maximum.saturating_sub(self.wear.damage),
            maximum,
            temporary: self.wear.temporary,
        }
    }

    fn keep_hit_points(&mut self, hit_points: HitPoints) {
        self.wear.damage = hit_points.maximum - hit_points.current;
        self.wear.temporary = hit_points.temporary;
    }

    /// Takes damage.
    pub fn hurt(&mut self, damage: u32, library: &Library) {
        self.keep_hit_points(self.hit_points(library).hurt(damage));
    }

    /// Regains hit points.
    pub fn heal(&mut self, amount: u32, library: &Library) {
        self.keep_hit_points(self.hit_points(library).healed(amount));
    }

    /// Spends a slot of this level; one of pact magic if the ordinary ones are gone and it has that level.
    ///
    /// # Errors
    ///
    /// None is left.
    pub fn spend_slot(&mut self, level: u8, library: &Library, ruleset: &Ruleset) -> Result<(), Refusal> {
        let desk = Desk::new(self, library);
        let (slots, pact) = (desk.slots(ruleset), desk.pact_magic());
        let none = || Refusal::Spent(format!("slot of level {level}"));
        let place =
            usize::from(level).checked_sub(1).filter(|place| *place < slots.len()).ok_or_else(none)?;
        if self.wear.slots[place] < slots[place] {
            self.wear.slots[place] += 1;
        } else if pact.slot_level == level && self.wear.pact_slots < pact.slots {
            self.wear.pact_slots += 1;
        } else {
            return Err(none());
        }
        Ok(())
    }

    /// Spends some of a resource, such as ki.
    ///
    /// # Errors
    ///
    /// There isn't as much left.
    pub fn spend_resource(&mut self, id: Id, amount: u32, library: &Library) -> Result<(), Refusal> {
        let lines = Desk::new(self, library).resources();
        let line = lines.iter().find(|line| line.id == id);
        let line = line.filter(|line| line.left >= amount).ok_or_else(|| Refusal::Spent(id.to_string()))?;
        if line.max > 0 && amount > 0 {
            *self.wear.resources.entry(id).or_default() += amount;
        }
        Ok(())
    }
}
