import { createServer } from 'node:http';
import express from 'express';
import type { BenchServer } from '../bench-server.ts';

/** What most would write: express 5 with its JSON parser. Nothing is stored. */
export async function bareExpress(): Promise<BenchServer> {
  let taken = 0;
  const app = express();
  app.post('/webhooks/orders', express.json(), (_request, response) => {
    taken++;
    response.status(200).end();
  });
  return { server: createServer(app), taken: () => taken, close: async () => {} };
}
