import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { createGate } from '../serve/gate.ts';
import { type ListeningServer, type ListenOptions, startServer } from '../serve/start-server.ts';
import { type CheckResult, ok } from './check-result.ts';
import { failsOfError } from './fails-of-error.ts';

async function takePort(
  what: string,
  options: ListenOptions,
  taken: ListeningServer[],
): Promise<readonly CheckResult[]> {
  const { host, port } = options;
  try {
    // Whoever calls in this moment is told to come again, as while `run` starts.
    taken.push(await startServer(createNodeHandler(createGate(), { mount: [] }), options));
    return [ok(`${what} ${port}`, port === 0 ? 'a free one is taken' : `${host} has it free`)];
  } catch (error) {
    return failsOfError(`${what} ${port}`, error);
  }
}

/** Takes both ports for a moment, as `run` would, so that they also get into each other's way. */
export async function checkPorts({ configuration }: PlanDraft): Promise<readonly CheckResult[]> {
  const { host, port, managementHost, managementPort } = configuration;
  const taken: ListeningServer[] = [];
  try {
    const webhooks = { host, port, hostFlag: '--host', portFlag: '--port' };
    const management = {
      host: managementHost,
      port: managementPort,
      hostFlag: '--management-host',
      portFlag: '--management-port',
    };
    return [
      ...(await takePort('port', webhooks, taken)),
      ...(await takePort('management port', management, taken)),
    ];
  } finally {
    await Promise.all(taken.map((server) => server.close(0)));
  }
}
