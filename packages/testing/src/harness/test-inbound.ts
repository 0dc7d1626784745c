import { createInbound, type Inbound } from '@bpmn-connectors/runtime';
import {
  type Clock,
  type Command,
  ConfigurationError,
  type DeployedInboundElement,
  type InboundConnector,
  type Outcome,
} from '@bpmn-connectors/sdk';
import { secretsOf } from './secrets-of.ts';

/** The element to attach a connector to. */
export interface TestInboundOptions {
  /** Properties of the element as the model writes them; `inbound.type` is added. */
  readonly properties: Readonly<Record<string, string>>;
  /**
   * What the element is besides.
   * @default a message start event `start` of the process `test`, message `test-message`
   */
  readonly element?: Partial<Omit<DeployedInboundElement, 'properties'>>;
  /** Secrets by name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** For connectors that poll or wait: a `manualClock`. @default the machine's */
  readonly clock?: Clock;
  /** How the process runtime answers. @default as if all went well */
  readonly answer?: (command: Command) => Outcome | Promise<Outcome>;
}

/** A connector that takes events. */
export interface InboundTest {
  /** The element it is attached to. */
  readonly element: DeployedInboundElement;
  /** What was handed to the process runtime, oldest first. */
  readonly commands: readonly Command[];
  /** The connector runtime's inbound half: endpoints, deliveries, refusals, dead letters. */
  readonly inbound: Inbound;
  /** Ends the connector as well. */
  close(): Promise<void>;
}

const goWell = ({ kind }: Command): Outcome => {
  if (kind === 'start') return { status: 'started', processInstanceKey: '1' };
  if (kind === 'correlate') return { status: 'correlated', processInstanceKey: '1' };
  return { status: 'accepted', messageKey: '1' };
};

/**
 * Attaches an inbound connector to an element and lets it take events, as a connector runtime does: real
 * condition, deduplication, correlation key, variables. What would go to the process runtime is recorded.
 * @throws {ConfigurationError} `CONFIGURATION` the element cannot be served, with the problems.
 * @example
 * const hooks = webhook({ allowUnauthenticated: true });
 * const run = await testInbound(hooks, { properties: { 'inbound.context': 'orders', 'inbound.method': 'post' } });
 * // send requests to createNodeHandler(hooks), then
 * expect(run.commands).toHaveLength(1);
 * await run.close();
 */
export async function testInbound(
  connector: InboundConnector,
  options: TestInboundOptions,
): Promise<InboundTest> {
  const { secrets, clock, answer = goWell } = options;
  const element: DeployedInboundElement = {
    processId: 'test',
    elementId: 'start',
    elementType: 'messageStartEvent',
    message: { name: 'test-message' },
    ...options.element,
    properties: { 'inbound.type': connector.definition.type, ...options.properties },
  };
  const commands: Command[] = [];
  const inbound = createInbound({
    connectors: [connector],
    secrets: secretsOf(secrets),
    ...(clock === undefined ? {} : { clock }),
    send: async (command) => {
      commands.push(command);
      return answer(command);
    },
  });
  const { problems } = await inbound.update([element]);
  if (problems.length > 0) {
    await inbound.close();
    throw new ConfigurationError(problems);
  }
  return { element, commands, inbound, close: () => inbound.close() };
}
