// Runs the page's own WASM away from its thread. The worker's name says for whom: the Rust halves are
// `app::world::worker` and `app::studio::worker`.
import init, { start_studio_worker, start_worker } from "/pkg/realmkeep.js";

// Messages that arrive before the WASM is up wait here: the browser would drop them without a listener.
const early = [];
const keep = (event) => early.push(event);
self.addEventListener("message", keep);

await init({ module_or_path: "/pkg/realmkeep.wasm" });
await (self.name === "studio" ? start_studio_worker() : start_worker());

self.removeEventListener("message", keep);
for (const event of early) self.dispatchEvent(new MessageEvent("message", { data: event.data }));
