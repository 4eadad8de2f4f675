//! What covered whom when it was looked at last.
//!
//! A mind that weighs what it could do to somebody asks for the same line of sight again and again, and a line is walked metre by
//! metre. What is kept here is told again only if nobody has moved and no ground has come or gone, so it changes no answer.

use std::sync::{Mutex, PoisonError};

use rules::Cover;

use super::{Body, sight};
use crate::terrain::Terrain;

/// How many lines are kept; another one takes the place of an older.
const KEPT: usize = 1_024;

/// One line of sight, and all that it depends on.
#[derive(Clone, Copy, Debug)]
struct Glance {
    from: Seen,
    target: Seen,
    revision: u64,
    cover: Option<Cover>,
    /// Whether no hill lies between them.
    is_open: Option<bool>,
}

/// A body, as far as it matters to who looks at it.
type Seen = (rules::combat::Handle, grid::Position, i64);

/// Lines of sight by the numbers of those at their ends. A component may be shared, hence the lock, which nobody else ever holds.
#[derive(Debug)]
pub(super) struct Glances {
    kept: Mutex<Vec<Option<Glance>>>,
}

impl Default for Glances {
    fn default() -> Self {
        Self { kept: Mutex::new(vec![None; KEPT]) }
    }
}

impl Clone for Glances {
    /// Nothing of it is state: a copy begins with nothing.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Glances {
    /// What covers a body from another's eyes.
    pub(super) fn cover(&self, terrain: &Terrain, from: &Body, target: &Body) -> Cover {
        self.look(terrain, (from, target), |glance| {
            *glance.cover.get_or_insert_with(|| sight::cover(terrain, from, target))
        })
    }

    /// Whether no hill stands between two bodies.
    pub(super) fn is_open(&self, terrain: &Terrain, from: &Body, target: &Body) -> bool {
        self.look(terrain, (from, target), |glance| {
            *glance.is_open.get_or_insert_with(|| sight::is_open(terrain, from, target))
        })
    }

    /// What is kept of a line, which is forgotten if anything that it depends on has changed.
    fn look<T>(
        &self,
        terrain: &Terrain,
        (from, target): (&Body, &Body),
        answer: impl FnOnce(&mut Glance) -> T,
    ) -> T {
        let seen = |body: &Body| (body.handle, body.position, body.wide_feet);
        let (one, other, revision) = (seen(from), seen(target), terrain.revision());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = &mut kept[(from.handle.index() * 31 + target.handle.index()) % KEPT];
        let is_same = place
            .as_ref()
            .is_some_and(|glance| (glance.from, glance.target, glance.revision) == (one, other, revision));
        if !is_same {
            *place = None;
        }
        answer(place.get_or_insert(Glance { from: one, target: other, revision, cover: None, is_open: None }))
    }
}
