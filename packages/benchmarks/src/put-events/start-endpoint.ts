import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { receiveMessage } from '../receive-message.ts';

/** A stand-in for the bus, in a process of its own. */
export interface Endpoint {
  readonly url: string;
  /** Ends it; resolves to how many entries it has taken. */
  readonly end: () => Promise<number>;
}

const ListeningSchema = z.object({ port: z.number() });
const TakenSchema = z.object({ taken: z.number() });

/** Resolves when it listens. */
export async function startEndpoint(): Promise<Endpoint> {
  const child = fork(fileURLToPath(new URL('./endpoint.js', import.meta.url)));
  const { port } = await receiveMessage(child, ListeningSchema);
  return {
    url: `http://127.0.0.1:${port}`,
    end: async () => {
      child.send('taken');
      const { taken } = await receiveMessage(child, TakenSchema);
      child.disconnect();
      await once(child, 'exit');
      return taken;
    },
  };
}
