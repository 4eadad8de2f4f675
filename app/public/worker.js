// Runs the page's own WASM away from its thread. The Rust half is `app::world::worker`.
import init, { start_worker } from "/pkg/realmkeep.js";

// Messages that arrive before the WASM is up wait here: the browser would drop them without a listener.
const early = [];
const keep = (event) => early.push(event);
self.addEventListener("message", keep);

await init({ module_or_path: "/pkg/realmkeep.wasm" });
start_worker();

self.removeEventListener("message", keep);
for (const event of early) self.dispatchEvent(new MessageEvent("message", { data: event.data }));
