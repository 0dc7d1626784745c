import { createServer } from 'node:http';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import type { BenchServer, ElementProperties } from '../bench-server.ts';
import { startLoop } from './start-loop.ts';

/** The receiver behind the `node:http` adapter, as the command serves it. */
export async function webhookNode(properties: ElementProperties): Promise<BenchServer> {
  const loop = await startLoop(properties);
  return {
    server: createServer(createNodeHandler(loop.hooks)),
    taken: loop.started,
    close: loop.close,
  };
}
