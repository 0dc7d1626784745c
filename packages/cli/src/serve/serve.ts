import {
  createHealth,
  createManagement,
  createMetrics,
  loopbackAuthorities,
  type ManagementOptions,
  type Metrics,
} from '@bpmn-connectors/console';
import { openJournal } from '@bpmn-connectors/journal';
import {
  type ConnectorRuntime,
  combineTelemetry,
  createConnectorRuntime,
} from '@bpmn-connectors/runtime';
import { type ProcessRuntime, parseDuration, type Telemetry } from '@bpmn-connectors/sdk';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { createEventLog } from '../io/create-event-log.ts';
import { serveTemplates } from '../templates/serve-templates.ts';
import { type CloseStack, createCloseStack } from './close-stack.ts';
import { createConnectors } from './create-connectors.ts';
import { createDeploy, takesNoModels } from './create-deploy.ts';
import { createGate, type Gate } from './gate.ts';
import { isLoopback } from './is-loopback.ts';
import { mount } from './mount.ts';
import { makePlan, type Plan } from './plan.ts';
import { reloadEndpoints } from './reload-endpoints.ts';
import type { ServeOptions } from './serve-options.ts';
import type { Server } from './server.ts';
import { type ListeningServer, startServer } from './start-server.ts';
import { untilReached } from './until-reached.ts';

/**
 * Each part has a little longer to end than jobs in hand are waited for, and all together less than the 30 s
 * after which container platforms kill.
 */
const closeDeadlines = { eachMs: 12_000, allMs: 25_000 };

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
  stack.push(name, () => server.close(closeDeadlines.eachMs / 2));
  return { ...server, gate };
}

/** The journal and the process runtime on it. */
async function openEngine({ data, createProcessRuntime, logger }: Plan, stack: CloseStack) {
  const journal = await openJournal(data);
  stack.push('journal', () => journal.close());
  const processRuntime = await createProcessRuntime({ journal, logger });
  stack.push('process runtime', () => processRuntime.close());
  return { journal, processRuntime };
}

type OpenedEngine = Awaited<ReturnType<typeof openEngine>>;

/** The connectors and what runs them; nothing is served yet. */
function connect(plan: Plan, stack: CloseStack, engine: OpenedEngine, receiverUrl: string) {
  const { configuration, logger, secrets } = plan;
  const baseUrl = configuration.publicUrl ?? receiverUrl;
  const { hooks, outbound } = createConnectors(configuration, baseUrl);
  let endpoints: Server['endpoints'] = () => [];
  const metrics = createMetrics({ endpoints: () => endpoints() });
  const connectorRuntime = createConnectorRuntime({
    ...engine,
    connectors: [...outbound, hooks],
    secrets,
    logger,
    telemetry: telemetryOf(plan, metrics),
    maxActiveJobs: configuration.maxActiveJobs,
    ...jobTimeoutOf(configuration),
  });
  endpoints = () => connectorRuntime.endpoints();
  stack.push('connector runtime', () => connectorRuntime.close());
  return { hooks, connectorRuntime, metrics, endpoints };
}

const telemetryOf = ({ configuration, logger, telemetry }: Plan, metrics: Metrics): Telemetry =>
  combineTelemetry(
    metrics,
    ...(configuration.logEvents ? [createEventLog(logger)] : []),
    ...(telemetry === undefined ? [] : [telemetry]),
  );

/** The text was found to be a duration when the configuration was read. */
function jobTimeoutOf({ jobTimeout }: Plan['configuration']): { readonly jobTimeoutMs?: number } {
  const jobTimeoutMs = parseDuration(jobTimeout);
  return jobTimeoutMs === undefined ? {} : { jobTimeoutMs };
}

type Connected = ReturnType<typeof connect>;

function managementOptions(
  { configuration, logger }: Plan,
  { processRuntime }: OpenedEngine,
  { connectorRuntime, metrics }: Connected,
  { port }: ListeningServer,
): ManagementOptions {
  const { engine, managementHost, managementAllowedHosts, managementToken } = configuration;
  const allowed = managementAllowedHosts.map((name) => name.toLowerCase());
  const embedded = engine === 'embedded';
  return {
    processRuntime,
    connectorRuntime,
    authorities: [...loopbackAuthorities(port), ...allowed],
    addresses: !isLoopback(managementHost),
    deploy: createDeploy({ processRuntime, connectorRuntime, embedded, logger }),
    metrics,
    templates: serveTemplates(),
    logger,
    ...(managementToken === undefined ? {} : { token: managementToken }),
  };
}

async function deployPlan(plan: Plan, processRuntime: ProcessRuntime): Promise<void> {
  if (plan.resources.length === 0) return;
  const { deploy } = processRuntime;
  if (deploy !== undefined)
    await untilReached(plan, () => deploy.call(processRuntime, plan.resources));
  else if (processRuntime.watchInbound !== undefined) throw takesNoModels(processRuntime);
}

const elementsOfModels = ({ inboundElements, configuredElements: own }: Plan) =>
  inboundElements.filter((element) => !own.includes(element));

/** Deploys, and resolves when what is deployed is served. */
async function activate(
  plan: Plan,
  processRuntime: ProcessRuntime,
  connectorRuntime: ConnectorRuntime,
): Promise<void> {
  await deployPlan(plan, processRuntime);
  await connectorRuntime.start();
  // An engine that does not tell what is deployed serves the models given here.
  if (processRuntime.watchInbound === undefined)
    await connectorRuntime.inbound.update(plan.inboundElements);
}

async function start(plan: Plan, stack: CloseStack): Promise<Omit<Server, 'close'>> {
  const { host, port, managementHost, managementPort } = plan.configuration;
  const receiver = await takePort(stack, 'webhooks', { host, port }, '');
  const managementAddress = { host: managementHost, port: managementPort };
  const management = await takePort(stack, 'management', managementAddress, 'management-');
  const engine = await openEngine(plan, stack);
  const connected = connect(plan, stack, engine, receiver.url);
  const shown = managementOptions(plan, engine, connected, management);
  const { hooks, connectorRuntime, endpoints } = connected;
  const health = createHealth(shown);
  receiver.gate.open(mount({ '/webhooks': hooks, '/inbound': hooks, '/health': health }));
  management.gate.open(createManagement(shown));
  await activate(plan, engine.processRuntime, connectorRuntime);
  return {
    url: receiver.url,
    managementUrl: management.url,
    data: plan.data,
    processRuntime: engine.processRuntime,
    endpoints,
    reload: (given) => reloadEndpoints(connectorRuntime, elementsOfModels(plan), given),
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
  const stack = createCloseStack(plan.logger, closeDeadlines);
  try {
    return { ...(await start(plan, stack)), close: () => stack.close() };
  } catch (error) {
    await stack.close();
    throw error;
  }
}
