//! The workers that grow chunks, and what each of them is at.

use std::{cell::RefCell, collections::HashSet, rc::Rc};

use grid::CellCoord;
use wasm_bindgen::JsValue;

use super::worker_messages::{Detail, Order, Report};
use crate::map::worker_link::{WorkerLink, workers_wanted};

/// Orders that a worker has at once: enough to keep it busy between two frames, few enough to change one's mind.
const ORDERS_EACH: usize = 6;
/// Most workers.
const WORKERS_MAX: usize = 3;

/// A chunk at a detail.
pub(crate) type Want = (CellCoord, Detail);

struct Grower {
    link: WorkerLink,
    busy_with: Rc<RefCell<HashSet<Want>>>,
}

/// A few workers that share the work. They end when this is dropped.
pub(crate) struct Growers(Vec<Grower>);

impl Growers {
    /// Starts the workers on a world. `report` gets every report, and `broken` the reason if a worker can't run.
    pub(crate) fn start(
        seed: &str,
        recipe: &str,
        report: impl Fn(Report) + Clone + 'static,
        broken: impl Fn(String) + Clone + 'static,
    ) -> Self {
        let growers = (0..workers_wanted(WORKERS_MAX)).filter_map(|_| {
            let grower = Grower::start(report.clone(), broken.clone());
            if grower.is_none() {
                broken("This browser refused to start a worker.".to_owned());
            }
            let grower = grower?;
            grower.send(&Order::World { seed: seed.to_owned(), recipe: recipe.to_owned() });
            Some(grower)
        });
        Self(growers.collect())
    }

    /// Whether a worker is at this already.
    pub(crate) fn is_at(&self, want: Want) -> bool {
        self.0.iter().any(|grower| grower.busy_with.borrow().contains(&want))
    }

    /// Gives a chunk to the least busy worker; says whether any had room.
    pub(crate) fn order(&self, want: Want) -> bool {
        let Some(grower) = self.0.iter().min_by_key(|grower| grower.busy_with.borrow().len()) else {
            return false;
        };
        if grower.busy_with.borrow().len() >= ORDERS_EACH {
            return false;
        }
        grower.busy_with.borrow_mut().insert(want);
        grower.send(&Order::Grow { cell: want.0, detail: want.1 });
        true
    }
}

impl Grower {
    fn start(report: impl Fn(Report) + 'static, broken: impl Fn(String) + 'static) -> Option<Self> {
        let busy_with = Rc::new(RefCell::new(HashSet::new()));
        let done = Rc::clone(&busy_with);
        let hear = move |message: JsValue| {
            let Some(message) = Report::from_js(&message) else { return };
            if let Report::Grown { cell, detail, .. } = &message {
                done.borrow_mut().remove(&(*cell, *detail));
            }
            report(message);
        };
        Some(Self { link: WorkerLink::start("world", hear, broken)?, busy_with })
    }

    fn send(&self, order: &Order) {
        self.link.send(&order.to_js());
    }
}
