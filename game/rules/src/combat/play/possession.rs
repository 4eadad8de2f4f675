//! Possession: a soul in a body that is not its own.

use grid::Position;
use serde::{Deserialize, Serialize};

use crate::combat::{Form, Handle, Happening, Life, Space, Volume};
use crate::language::expr::Luck;
use crate::language::{Effect, Transform};
use crate::{Ability, Id};

use super::{Context, Play, checks::SaveFor, forms::bare, forms::keep_mind};

/// As far as a soul goes between a body and where it belongs.
const SOUL_FT: u16 = 100;

/// Whose body it is, and where the soul goes back to.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in crate::combat) struct Host {
    who: Handle,
    home: Position,
}

impl<'c, S: Space, L: Luck> Play<'_, 'c, S, L> {
    /// The user takes the target's body: its figures, its wounds, its place and what it can do, beside the user's own mind and
    /// features. The target's soul is out of this world meanwhile.
    pub(super) fn possess(&mut self, context: Context<'c>, transform: &'c Transform) {
        let (who, host) = (context.own, context.target);
        if self.arena.get(host).is_none_or(|body| body.life != Life::Alive) {
            return;
        }
        let effect: &'c Effect = transform.gives.as_ref().unwrap_or_else(|| bare());
        let Some(own_actions) = self.arena.get(who).map(|creature| creature.actions.clone()) else { return };
        let Some(key) = self.apply_for(context, who, effect, transform.duration.as_ref()) else { return };
        let (home, there) = (self.space.position(who), self.space.position(host));
        let Some(body) = self.arena.get(host) else { return };
        let (mut sheet, hp) = (body.sheet.clone(), body.hp);
        let (actions, weapons, fists) = (body.actions.clone(), body.weapons.clone(), body.fists);
        self.banish(host);
        let Some(creature) = self.arena.get_mut(who) else { return };
        keep_mind(&creature.sheet, &mut sheet);
        // At the body's end the soul is on its own.
        sheet.has_death_saves = false;
        let form = Form {
            actions: own_actions,
            sheet: std::mem::replace(&mut creature.sheet, sheet),
            weapons: std::mem::replace(&mut creature.weapons, weapons),
            fists: std::mem::replace(&mut creature.fists, fists),
            hp: std::mem::replace(&mut creature.hp, hp),
            keeps_hp: false,
            by: key,
            host: Some(Host { who: host, home }),
        };
        creature.actions.extend(actions);
        creature.forms.push(form);
        creature.stock_actions();
        let into = creature.sheet.id;
        self.arena.refresh(who);
        self.emit(Happening::Transformed { who, into });
        self.space.place(who, there);
        self.meet_zones(who);
    }

    /// The soul goes back, and so does the one whose body it was. A body without hit points is dead, and takes the soul along
    /// unless that withstands it; so does one that is too far away.
    pub(super) fn leave_body(&mut self, who: Handle, Host { who: host, home }: Host, hp: i32) {
        let at = self.space.position(who);
        self.space.place(who, home);
        if let Some(body) = self.arena.get_mut(host) {
            body.away_from = Some(at);
            body.hp = hp.max(0);
        }
        self.banish(host);
        let is_near = Volume::Sphere { at: home, radius: SOUL_FT }.holds(at);
        if hp > 0 {
            let jar = Id::new("srd:magic-jar").expect("the word is well formed");
            let has_jar = self.arena.effects_on(who).any(|(_, lasting)| lasting.id == jar);
            if !is_near && !has_jar {
                self.die(who, who);
            }
            return;
        }
        self.die(host, who);
        let context = self.arena.own_context(who, super::harm::unnamed());
        let dc = i32::from(context.dc);
        let stays = self.roll_save(context, who, Ability::Charisma, dc, SaveFor::Effect);
        if !stays || !is_near {
            self.die(who, who);
        }
    }
}
