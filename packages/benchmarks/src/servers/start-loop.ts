import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '@bpmn-connectors/engine';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { Command, Outcome } from '@bpmn-connectors/sdk';
import { type WebhookConnector, webhook } from '@bpmn-connectors/webhook';
import type { ElementProperties } from '../bench-server.ts';
import { publicUrl } from './public-url.ts';

/** A webhook in front of the embedded engine on a durable journal. */
export interface Loop {
  readonly hooks: WebhookConnector;
  readonly engine: Engine;
  /** Message starts that the engine said are durable. */
  readonly started: () => number;
  readonly close: () => Promise<void>;
}

/** Stands between connector runtime and engine. */
export type Between = (
  send: (command: Command) => Promise<Outcome>,
) => (command: Command) => Promise<Outcome>;

/** What differs from the plain engine. */
export interface LoopOptions {
  readonly between?: Between;
  /** Instances that ended are kept, so many at most. @default the engine's */
  readonly endedInstances?: number;
}

const model = new URL('../../models/message-start.bpmn', import.meta.url);
const placeholder = '<zeebe:property name="inbound.auth.type" value="NONE" />';

/** Starts the whole: each delivery is a message start that is on disk before it is answered. */
export async function startLoop(
  properties: ElementProperties,
  { between = (send) => send, ...limits }: LoopOptions = {},
): Promise<Loop> {
  const folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-bench-'));
  const journal = await openJournal(folder);
  const hooks = webhook({
    allowUnauthenticated: true,
    publicUrl,
    consumeUnmatchedEvents: true,
    jwks: { privateHosts: ['127.0.0.1'] },
  });
  const engine = createEngine({ journal, limits });
  let started = 0;
  const send = between(async (command) => {
    const outcome = await engine.send(command);
    if (outcome.status === 'correlated') started++;
    return outcome;
  });
  const connectorRuntime = createConnectorRuntime({
    processRuntime: { ...engine, send },
    connectors: [hooks],
    journal,
  });
  const content = (await readFile(model, 'utf8')).replace(placeholder, elementsOf(properties));
  await engine.deploy([{ name: 'message-start.bpmn', content }]);
  await connectorRuntime.start();
  return {
    hooks,
    engine,
    started: () => started,
    close: async () => {
      await connectorRuntime.close();
      await engine.close();
      await journal.close();
      await rm(folder, { recursive: true });
    },
  };
}

const elementsOf = (properties: ElementProperties): string =>
  Object.entries(properties)
    .map(([name, value]) => `<zeebe:property name="${name}" value="${escapeXml(value)}" />`)
    .join('\n');

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
