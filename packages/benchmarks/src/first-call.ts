import { loadSdk } from './camunda8/load-sdk.ts';
import type { FirstCallClient } from './camunda8/measure-first-call.ts';

// A process of its own: `<client> <grpcAddress> <folder of the SDK>`. Nothing but the client is loaded; prints
// one line of JSON when a message, which nobody waits for, is published.
const [, , name = '', grpcAddress = '', sdkFolder = ''] = process.argv;
const message = { correlationKey: '', variables: {} };

type Call = () => Promise<{ readonly close: () => Promise<unknown> }>;

const loaders: Readonly<Record<FirstCallClient, () => Promise<Call>>> = {
  client: async () => {
    const { createCamunda8 } = await import('@bpmn-connectors/camunda8');
    return async () => {
      const camunda8 = createCamunda8({ grpcAddress });
      const outcome = await camunda8.send({ kind: 'publish', messageName: 'nobody', ...message });
      if (outcome.status !== 'accepted') throw new Error(outcome.status);
      return camunda8;
    };
  },
  sdk: async () => {
    const connect = loadSdk(sdkFolder);
    return async () => {
      const client = connect(grpcAddress);
      await client.publishMessage({ name: 'nobody', timeToLive: 0, ...message });
      return client;
    };
  },
};

const load = name === 'client' || name === 'sdk' ? loaders[name] : undefined;
if (load === undefined) throw new Error('to be started with client or sdk');
const start = performance.now();
const call = await load();
const importMs = performance.now() - start;
const client = await call();
const answerMs = performance.now() - start;
const rssMb = process.memoryUsage.rss() / 1_000_000;
await client.close();
process.stdout.write(JSON.stringify({ importMs, answerMs, rssMb }));
