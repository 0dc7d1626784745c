import { createServer, type RequestListener, type Server } from 'node:http';
import type { HttpReceiver } from '@bpmn-connectors/sdk';
import express from 'express';
import { createExpressHandler } from '../../src/express/index.ts';
import { createNodeHandler } from '../../src/node/index.ts';

export interface Served {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** A server on a free port of loopback. */
export async function serve(listener: RequestListener): Promise<Served> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const { port } = address;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The adapters, each as its users mount it. */
export const adapters: Readonly<Record<string, (receiver: HttpReceiver) => RequestListener>> = {
  'node:http': (receiver) => createNodeHandler(receiver),
  express: (receiver) => {
    const app = express();
    app.use(['/webhooks', '/inbound'], createExpressHandler(receiver));
    return app;
  },
};
