import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@bpmn-connectors/engine';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { ProcessRuntime } from '@bpmn-connectors/sdk';
import { type WebhookConnector, webhook } from '@bpmn-connectors/webhook';

/** A webhook in front of the embedded engine on a durable journal. */
export interface Loop {
  readonly hooks: WebhookConnector;
  /** Message starts that the engine said are durable. */
  readonly started: () => number;
  readonly close: () => Promise<void>;
}

const model = new URL('../../models/message-start.bpmn', import.meta.url);

/** Starts the whole: each delivery is a message start that is on disk before it is answered. */
export async function startLoop(): Promise<Loop> {
  const folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-bench-'));
  const journal = await openJournal(folder);
  const hooks = webhook({ allowUnauthenticated: true });
  const engine = createEngine({ journal });
  let started = 0;
  const counted: ProcessRuntime = {
    ...engine,
    send: async (command, signal) => {
      const outcome = await engine.send(command, signal);
      if (outcome.status === 'correlated') started++;
      return outcome;
    },
  };
  const connectorRuntime = createConnectorRuntime({
    processRuntime: counted,
    connectors: [hooks],
    journal,
  });
  await engine.deploy([{ name: 'message-start.bpmn', content: await readFile(model, 'utf8') }]);
  await connectorRuntime.start();
  return {
    hooks,
    started: () => started,
    close: async () => {
      await connectorRuntime.close();
      await engine.close();
      await journal.close();
      await rm(folder, { recursive: true });
    },
  };
}
