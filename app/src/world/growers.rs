//! The workers that grow chunks, and what each of them is at.

use std::{cell::RefCell, collections::HashSet, rc::Rc};

use grid::CellCoord;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::worker_messages::{Detail, Order, Report};

/// Where the worker's script lies.
const SCRIPT: &str = "/worker.js";
/// Orders that a worker has at once: enough to keep it busy between two frames, few enough to change one's mind.
const ORDERS_EACH: usize = 6;
/// Most workers; one core is left to the page.
const WORKERS_MAX: usize = 3;

/// A chunk at a detail.
pub(crate) type Want = (CellCoord, Detail);

struct Grower {
    worker: Worker,
    busy_with: Rc<RefCell<HashSet<Want>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
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
        let cores = window().navigator().hardware_concurrency() as usize;
        let wanted = cores.saturating_sub(1).clamp(1, WORKERS_MAX);
        let growers = (0..wanted).filter_map(|_| {
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
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
        let busy_with = Rc::new(RefCell::new(HashSet::new()));
        let done = Rc::clone(&busy_with);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(message) = Report::from_js(&event.data()) else { return };
            if let Report::Grown { cell, detail, .. } = &message {
                done.borrow_mut().remove(&(*cell, *detail));
            }
            report(message);
        });
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            broken(format!("The terrain worker stopped: {}", event.message()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { worker, busy_with, _on_message: on_message, _on_error: on_error })
    }

    fn send(&self, order: &Order) {
        // Posting fails only for what can't be copied; numbers and texts can.
        let _ = self.worker.post_message(&order.to_js());
    }
}

impl Drop for Grower {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
