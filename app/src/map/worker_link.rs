//! The way to a worker that runs this program away from the page's thread.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Where the worker's script lies.
const SCRIPT: &str = "/worker.js";

/// A worker that listens. It ends when this is dropped.
pub(crate) struct WorkerLink {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl WorkerLink {
    /// Starts a worker; `task` is what `worker.js` calls the work. `hear` gets its messages, and `broken` the reason if
    /// it can't run. None if the browser refuses.
    pub(crate) fn start(
        task: &str,
        hear: impl Fn(JsValue) + 'static,
        broken: impl Fn(String) + 'static,
    ) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(task);
        let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
        let on_message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear(event.data()));
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            broken(format!("The terrain worker stopped: {}", event.message()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a message.
    pub(crate) fn send(&self, message: &JsValue) {
        // Posting fails only for what can't be copied; numbers and texts can.
        let _ = self.worker.post_message(message);
    }
}

impl Drop for WorkerLink {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// How many workers to start, at most `most`: one core is left to the page.
pub(crate) fn workers_wanted(most: usize) -> usize {
    let cores = window().navigator().hardware_concurrency() as usize;
    cores.saturating_sub(1).clamp(1, most)
}
