import { createServer } from 'node:http';
import { createExpressHandler } from '@bpmn-connectors/webhook/express';
import express from 'express';
import type { BenchServer, ElementProperties } from '../bench-server.ts';
import { startLoop } from './start-loop.ts';

/** The receiver behind the express adapter, as it is embedded in a product. */
export async function webhookExpress(properties: ElementProperties): Promise<BenchServer> {
  const loop = await startLoop(properties);
  const app = express();
  app.use('/webhooks', createExpressHandler(loop.hooks));
  return { server: createServer(app), taken: loop.started, close: loop.close };
}
