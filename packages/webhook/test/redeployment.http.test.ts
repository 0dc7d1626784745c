import { createInbound } from '@bpmn-connectors/runtime';
import { expect, test } from '@jest/globals';
import { webhook } from '../src/index.ts';
import { adapters, serve } from './support/serve.ts';

const deployments = 150;

/** The process in its version n: what guards its webhook changes each time. */
const elements = (version: number) => [
  {
    processId: 'orders',
    elementId: 'Start_1',
    elementType: 'startEvent' as const,
    version,
    properties: {
      'inbound.type': 'io.camunda:webhook:1',
      'inbound.context': 'orders',
      'inbound.auth.type': 'NONE',
      'inbound.maxBodySize': `${version}KB`,
    },
  },
];

test.each(Object.entries(adapters))(
  'redeployed over and over under load, no request to %s is answered but with 200',
  async (_name, mount) => {
    const hooks = webhook({ allowUnauthenticated: true });
    const startedBy = new Set<number | undefined>();
    const inbound = createInbound({
      connectors: [hooks],
      send: async (command) => {
        if (command.kind === 'start') startedBy.add(command.version);
        return { status: 'started', processInstanceKey: '1' };
      },
    });
    await inbound.update(elements(1));
    const served = await serve(mount(hooks));
    const statuses: number[] = [];
    let deploying = true;
    const sendSteadily = async (): Promise<void> => {
      while (deploying) {
        const answer = await fetch(`${served.url}/webhooks/orders`, { method: 'POST', body: '{}' });
        await answer.arrayBuffer();
        statuses.push(answer.status);
      }
    };
    const senders = [sendSteadily(), sendSteadily(), sendSteadily(), sendSteadily()];
    for (let version = 2; version <= deployments; version++) {
      const before = statuses.length;
      await inbound.update(elements(version));
      while (statuses.length < before + 2) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    deploying = false;
    await Promise.all(senders);
    await served.close();
    await inbound.close();
    expect(statuses.length).toBeGreaterThan(2 * (deployments - 1));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(startedBy.size).toBeGreaterThan(deployments / 2);
  },
);
