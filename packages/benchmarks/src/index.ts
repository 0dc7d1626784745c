import { benchBursts } from './bursts/bench-bursts.ts';
import { benchCamunda8 } from './camunda8/bench-camunda8.ts';
import { benchFeel } from './feel/bench-feel.ts';
import { benchHostile } from './feel/bench-hostile.ts';
import { benchNumbers } from './feel/bench-numbers.ts';
import { benchPutEvents } from './put-events/bench-put-events.ts';
import { benchWebhook } from './webhook/bench-webhook.ts';

const benchmarks: Readonly<Record<string, (rounds: number) => void | Promise<void>>> = {
  webhook: benchWebhook,
  feel: benchFeel,
  hostile: benchHostile,
  numbers: benchNumbers,
  bursts: benchBursts,
  putevents: benchPutEvents,
  camunda8: benchCamunda8,
};

const rounds = process.argv.includes('--short') ? 1 : 3;
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

for (const name of named.length > 0 ? named : Object.keys(benchmarks)) {
  const bench = benchmarks[name];
  if (bench === undefined) {
    throw new Error(`No benchmark ${name}; there are: ${Object.keys(benchmarks).join(', ')}`);
  }
  await bench(rounds);
}
