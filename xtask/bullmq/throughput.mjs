// How many jobs a second BullMQ takes and runs: `node throughput.mjs <redis url> <jobs>`. Its twin, with the same scenarios and the
// same numbers, is infra/examples/job_throughput.rs; `cargo xtask bench jobs` runs both beside one Redis.
//
// A job has an id of the caller's, so that it is not put twice, and nothing but that id in it; it is forgotten when it is done.

import { randomUUID } from "node:crypto";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

const [url, count] = [process.argv[2], Number(process.argv[3])];
const IN_FLIGHT = 50;
const CONCURRENCY = 50;
const BULK = 1_000;

const connect = () => new Redis(url, { maxRetriesPerRequest: null });
const options = (id) => ({ jobId: id, removeOnComplete: true, attempts: 5 });
const ids = () => Array.from({ length: count }, () => randomUUID());

async function inFlight(items, action) {
  const queue = items[Symbol.iterator]();
  const one = async () => {
    for (const item of queue) await action(item);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
}

async function measured(action) {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await action();
  const [took, used] = [performance.now() - began, process.cpuUsage(cpu)];
  return {
    per_s: Math.round((count / took) * 1_000),
    cpu_us_per_job: Math.round((used.user + used.system) / count),
  };
}

function worker(name, run) {
  let rest = count;
  let finish;
  const done = new Promise((resolve) => (finish = resolve));
  const worker = new Worker(name, run, { connection: connect(), concurrency: CONCURRENCY });
  worker.on("completed", () => {
    rest -= 1;
    if (rest === 0) finish();
  });
  return { done, close: () => worker.close() };
}

async function scenario(name, action) {
  const connection = connect();
  const queue = new Queue(`bench-${name}-${randomUUID()}`, { connection });
  await queue.waitUntilReady();
  const figures = await action(queue);
  await queue.obliterate({ force: true });
  await queue.close();
  connection.disconnect();
  return figures;
}

const percentile = (sorted, share) => Math.round(sorted[Math.round(share * (sorted.length - 1))] * 1_000);

async function addAll(queue) {
  for (let at = 0, all = ids(); at < all.length; at += BULK) {
    const some = all.slice(at, at + BULK);
    await queue.addBulk(some.map((id) => ({ name: "job", data: { job: id }, opts: options(id) })));
  }
}

const figures = {
  add: await scenario("add", async (queue) => {
    const all = ids();
    return measured(() => inFlight(all, (id) => queue.add("job", { job: id }, options(id))));
  }),
  bulk_add: await scenario("bulk", (queue) => measured(() => addAll(queue))),
  process: await scenario("process", async (queue) => {
    await addAll(queue);
    let running;
    const figures = await measured(async () => {
      running = worker(queue.name, async () => {});
      await running.done;
    });
    await running.close();
    return figures;
  }),
  end_to_end: await scenario("end", async (queue) => {
    const [all, added, latencies] = [ids(), new Map(), []];
    const running = worker(queue.name, async (job) => {
      latencies.push(performance.now() - added.get(job.data.job));
    });
    const figures = await measured(async () => {
      await inFlight(all, (id) => {
        added.set(id, performance.now());
        return queue.add("job", { job: id }, options(id));
      });
      await running.done;
    });
    await running.close();
    latencies.sort((one, other) => one - other);
    return { ...figures, latency_us_p50: percentile(latencies, 0.5), latency_us_p99: percentile(latencies, 0.99) };
  }),
};
console.log(JSON.stringify(figures));
process.exit(0);
