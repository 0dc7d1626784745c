import { type EventBridgeOptions, eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { createInbound, createOutbound } from '@bpmn-connectors/runtime';
import { environmentSecrets, type JsonObject } from '@bpmn-connectors/sdk';
import { webhook } from '@bpmn-connectors/webhook';
import { createExpressHandler } from '@bpmn-connectors/webhook/express';
import express from 'express';
import { endpoints } from './endpoints.ts';
import { orderProcess } from './order-process.ts';
import { createOwnEngine } from './own-engine.ts';

/** What the example runs with. */
export interface ExampleOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Secrets are its variables `SECRET_…`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly eventBridge?: EventBridgeOptions;
  readonly ended: (variables: JsonObject) => void;
  readonly failed: (error: unknown) => void;
}

/** Connectors in one's own program, with an engine and an HTTP server of one's own. */
export async function startExample(options: ExampleOptions) {
  const secrets = environmentSecrets(options.environment);
  const engine = createOwnEngine([orderProcess(options.ended)], options.failed);

  // #region embedded
  const outbound = createOutbound({ connectors: [eventBridge(options.eventBridge)], secrets });
  const workers = outbound.types.map((spec) =>
    engine.work({ ...spec, maxActive: 10, timeoutMs: 30_000 }, (job, signal) =>
      outbound.execute(job, { signal }),
    ),
  );

  const hooks = webhook();
  const inbound = createInbound({ connectors: [hooks], secrets, send: engine.send });
  const { problems } = await inbound.update(endpoints);
  for (const { where, reason, fix } of problems) options.failed(`${where}: ${reason}. ${fix}`);

  const app = express();
  app.use('/webhooks', createExpressHandler(hooks));
  app.use(express.json());
  // #endregion
  const server = app.listen(options.port, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : options.port;

  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    close: async (): Promise<void> => {
      await inbound.close();
      await Promise.all(workers.map((worker) => worker.drain(5000)));
      await outbound.close();
      await engine.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
