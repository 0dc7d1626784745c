import { z } from 'zod';
import { senders } from './senders.ts';

// A process of its own, so that CPU is that of one sender: `<sender> <endpoint> <seconds>`. With 0 seconds it
// sends one event. Prints one line of JSON.
const name = z.enum(['connector', 'sdk-single', 'sdk-batches']).parse(process.argv[2]);
const [, , , endpoint = '', seconds = '0'] = process.argv;

/** Events that wait for their answer at the same time. */
const concurrency = 100;
/** Until the compiler has done its part, a call costs several times as much. */
const warmUpSeconds = 6;

const sender = await senders[name](endpoint);
await sender.send();
const firstEventMs = performance.now();

async function sendFor(durationSeconds: number): Promise<number> {
  const end = performance.now() + durationSeconds * 1000;
  let sent = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      await sender.send();
      sent += sender.events;
    }
  };
  await Promise.all(Array.from({ length: concurrency / sender.events }, lane));
  return sent;
}

let warmUp = 0;
let sent = 0;
let cpuMs = 0;
let elapsedMs = 0;
if (Number(seconds) > 0) {
  warmUp = await sendFor(warmUpSeconds);
  const before = process.cpuUsage();
  const start = performance.now();
  sent = await sendFor(Number(seconds));
  elapsedMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  cpuMs = (user + system) / 1000;
}
await sender.close();
const total = sender.events + warmUp + sent;
process.stdout.write(JSON.stringify({ firstEventMs, sent, total, cpuMs, elapsedMs }));
