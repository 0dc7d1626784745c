import {
  createHealth,
  createManagement,
  createMetrics,
  loopbackAuthorities,
  type ManagementOptions,
} from '@bpmn-connectors/console';
import { type LibsqlJournal, openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { ProcessRuntime } from '@bpmn-connectors/sdk';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { type CloseStack, createCloseStack } from './close-stack.ts';
import { createConnectors } from './create-connectors.ts';
import { createDeploy, takesNoModels } from './create-deploy.ts';
import { createGate, type Gate } from './gate.ts';
import { mount } from './mount.ts';
import { makePlan, type Plan } from './plan.ts';
import type { ServeOptions } from './serve-options.ts';
import type { Server } from './server.ts';
import { type ListeningServer, startServer } from './start-server.ts';

/** What is in flight has so long to end. */
const closeDeadlineMs = 10_000;

/** A port that is taken and answers 503 until its gate opens. */
interface Port extends ListeningServer {
  readonly gate: Gate;
}

async function takePort(
  stack: CloseStack,
  name: string,
  address: { readonly host: string; readonly port: number },
  prefix: string,
): Promise<Port> {
  const gate = createGate();
  const server = await startServer(createNodeHandler(gate, { mount: [] }), {
    ...address,
    hostFlag: `--${prefix}host`,
    portFlag: `--${prefix}port`,
  });
  stack.push(name, () => server.close(closeDeadlineMs / 2));
  return { ...server, gate };
}

async function openState({ data }: Plan, stack: CloseStack): Promise<LibsqlJournal> {
  const journal = await openJournal(data);
  stack.push('journal', () => journal.close());
  return journal;
}

const authoritiesOf = ({ configuration }: Plan, { port }: ListeningServer): readonly string[] => [
  ...loopbackAuthorities(port),
  ...configuration.managementAllowedHosts.map((host) => host.toLowerCase()),
];

async function deployPlan({ resources }: Plan, processRuntime: ProcessRuntime): Promise<void> {
  if (resources.length === 0) return;
  if (processRuntime.deploy !== undefined) await processRuntime.deploy(resources);
  else if (processRuntime.watchInbound !== undefined) throw takesNoModels(processRuntime);
}

async function start(plan: Plan, stack: CloseStack): Promise<Omit<Server, 'close'>> {
  const { configuration, logger, secrets } = plan;
  const { host, port, managementHost, managementPort, managementToken } = configuration;
  const receiver = await takePort(stack, 'webhooks', { host, port }, '');
  const managementAddress = { host: managementHost, port: managementPort };
  const management = await takePort(stack, 'management', managementAddress, 'management-');
  const journal = await openState(plan, stack);
  const processRuntime = await plan.createProcessRuntime({ journal, logger });
  stack.push('process runtime', () => processRuntime.close());
  const { hooks, outbound } = createConnectors(
    configuration,
    configuration.publicUrl ?? receiver.url,
  );
  const metrics = createMetrics();
  const connectorRuntime = createConnectorRuntime({
    processRuntime,
    connectors: [...outbound, hooks],
    secrets,
    journal,
    logger,
    telemetry: metrics,
  });
  stack.push('connector runtime', () => connectorRuntime.close());
  const embedded = configuration.engine === 'embedded';
  const deploy = createDeploy({ processRuntime, connectorRuntime, embedded, logger });
  const shown: ManagementOptions = {
    processRuntime,
    connectorRuntime,
    authorities: authoritiesOf(plan, management),
    deploy,
    metrics,
    logger,
    ...(managementToken === undefined ? {} : { token: managementToken }),
  };
  receiver.gate.open(
    mount({ '/webhooks': hooks, '/inbound': hooks, '/health': createHealth(shown) }),
  );
  management.gate.open(createManagement(shown));
  await deployPlan(plan, processRuntime);
  await connectorRuntime.start();
  // An engine that does not tell what is deployed serves the models given here.
  if (processRuntime.watchInbound === undefined)
    await connectorRuntime.inbound.update(plan.inboundElements);
  return {
    url: receiver.url,
    managementUrl: management.url,
    data: plan.data,
    processRuntime,
    endpoints: () => connectorRuntime.endpoints(),
  };
}

/**
 * Serves models as the command `run` does: webhooks and health on one port, the management API on
 * another, durable state in one folder.
 * @throws {ConfigurationError} models, options or secrets are not good (all that is wrong, nothing was
 *   started), a port or the folder is in use.
 * @example
 * const server = await serve({ models: ['models/'], port: 0, managementPort: 0, data: './data' });
 * console.log(server.endpoints());
 * await server.close();
 */
export async function serve(options: ServeOptions = {}): Promise<Server> {
  const plan = await makePlan(options);
  const stack = createCloseStack(plan.logger, closeDeadlineMs);
  try {
    return { ...(await start(plan, stack)), close: () => stack.close() };
  } catch (error) {
    await stack.close();
    throw error;
  }
}
