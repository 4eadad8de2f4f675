//! The studio's workers, and what each of them is at.

use std::{cell::RefCell, rc::Rc};

use js_sys::Uint8ClampedArray;
use wasm_bindgen::JsValue;

use super::worker_messages::{Order, Report, Side, TileKey};
use crate::map::worker_link::{WorkerLink, workers_wanted};

/// What `worker.js` calls the work.
const TASK: &str = "studio";
/// Tiles that a worker has at once: one to draw and one to go on with. More would be drawn in vain at the next change.
const TILES_EACH: usize = 2;
/// Most workers that draw.
const WORKERS_MAX: usize = 3;

/// A tile of an edition of a side: what is wanted.
pub(crate) type Want = (Side, u32, TileKey);

struct Hand {
    link: WorkerLink,
    busy_with: Rc<RefCell<Vec<Want>>>,
}

/// A few workers that share the drawing, and one that proves. They end when this is dropped.
pub(crate) struct Crew {
    hands: Vec<Hand>,
    /// Proving takes seconds: it must not hold up a picture.
    prover: Option<WorkerLink>,
}

impl Crew {
    /// Starts the workers. `hear` gets every report, and `broken` the reason if a worker can't run.
    pub(crate) fn start(
        hear: impl Fn(Report, Option<Uint8ClampedArray>) + Clone + 'static,
        broken: impl Fn(String) + Clone + 'static,
    ) -> Self {
        let hands: Vec<Hand> = (0..workers_wanted(WORKERS_MAX))
            .filter_map(|_| Hand::start(hear.clone(), broken.clone()))
            .collect();
        if hands.is_empty() {
            broken("This browser refused to start a worker.".to_owned());
        }
        let hear_proof = move |message: JsValue| {
            if let Some((report, pixels)) = Report::from_js(&message) {
                hear(report, pixels);
            }
        };
        Self { hands, prover: WorkerLink::start(TASK, hear_proof, broken) }
    }

    /// Has every worker read a text; one of them tells what it is.
    pub(crate) fn read(&self, side: Side, revision: u32, seed: &str, text: &str) {
        for (index, hand) in self.hands.iter().enumerate() {
            let order = Order::Read {
                side,
                revision,
                seed: seed.to_owned(),
                text: text.to_owned(),
                tells: index == 0,
            };
            hand.link.send(&order.to_js());
        }
    }

    /// Asks why the land is as it is.
    pub(crate) fn explain(&self, side: Side, revision: u32, (x, z): (i64, i64)) {
        if let Some(hand) = self.hands.first() {
            hand.link.send(&Order::Explain { side, revision, x, z }.to_js());
        }
    }

    /// Has the text's own tests run.
    pub(crate) fn prove(&self, revision: u32, seed: &str, text: &str) {
        if let Some(prover) = &self.prover {
            let order = Order::Prove { revision, seed: seed.to_owned(), text: text.to_owned() };
            prover.send(&order.to_js());
        }
    }

    /// Whether a worker is at this already.
    pub(crate) fn is_at(&self, want: Want) -> bool {
        self.hands.iter().any(|hand| hand.busy_with.borrow().contains(&want))
    }

    /// Gives a tile to the least busy worker, by what `order` makes of it; says whether any had room.
    pub(crate) fn draw(&self, want: Want, order: impl FnOnce() -> Order) -> bool {
        let Some(hand) = self.hands.iter().min_by_key(|hand| hand.busy_with.borrow().len()) else {
            return false;
        };
        if hand.busy_with.borrow().len() >= TILES_EACH {
            return false;
        }
        hand.busy_with.borrow_mut().push(want);
        hand.link.send(&order().to_js());
        true
    }
}

impl Hand {
    fn start(
        hear: impl Fn(Report, Option<Uint8ClampedArray>) + 'static,
        broken: impl Fn(String) + 'static,
    ) -> Option<Self> {
        let busy_with = Rc::new(RefCell::new(Vec::new()));
        let done = Rc::clone(&busy_with);
        let listen = move |message: JsValue| {
            let Some((report, pixels)) = Report::from_js(&message) else { return };
            if let Report::Drawn { side, edition, tile, .. } | Report::Overtaken { side, edition, tile } =
                &report
            {
                done.borrow_mut().retain(|want| *want != (*side, *edition, *tile));
            }
            hear(report, pixels);
        };
        Some(Self { link: WorkerLink::start(TASK, listen, broken)?, busy_with })
    }
}
