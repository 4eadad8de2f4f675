// Runs the example `terrain_in_wasm` under Node: `node terrain.mjs <module.wasm>`. Prints microseconds of CPU time a chunk.
import { readFile } from "node:fs/promises";

const ROUNDS = 15;
const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]), {});

function microsecondsAChunk(grow) {
  const times = [];
  for (let row = 0; row < 2 * ROUNDS; row++) {
    const begun = process.cpuUsage();
    const chunks = grow(row);
    const { user, system } = process.cpuUsage(begun);
    times.push((user + system) / chunks);
  }
  // The first half warms up: meanwhile the engine's compiler works beside us.
  const measured = times.slice(ROUNDS).sort((a, b) => a - b);
  return measured[ROUNDS >> 1];
}

const { grow_noise, grow_chunks } = instance.exports;
console.log(JSON.stringify({ noise: microsecondsAChunk(grow_noise), chunk: microsecondsAChunk(grow_chunks) }));
