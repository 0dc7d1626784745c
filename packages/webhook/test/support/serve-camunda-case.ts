import { createInbound, type Inbound } from '@bpmn-connectors/runtime';
import {
  type Command,
  type DeployedInboundElement,
  type HttpReceiver,
  type Outcome,
  parseDuration,
} from '@bpmn-connectors/sdk';
import { webhook } from '../../src/index.ts';
import type { CamundaCase, CamundaCommand, CamundaElement } from './camunda-case.ts';

/** A case's models, served by the webhook behind the connector runtime as they are in a product. */
export interface ServedCase {
  readonly receiver: HttpReceiver;
  /** What the engine took so far, in Camunda's words. */
  readonly commands: readonly CamundaCommand[];
  readonly problems: Awaited<ReturnType<Inbound['update']>>['problems'];
  close(): Promise<void>;
}

const elementTypes = {
  start: 'startEvent',
  message: 'intermediateCatchEvent',
  messageStart: 'messageStartEvent',
} as const;

const tenantId = '<default>';

const toElement = (
  { kind, elementId, processId, version, messageName, properties }: CamundaElement,
  replace: (value: string) => string,
): DeployedInboundElement => ({
  processId,
  elementId,
  elementType: elementTypes[kind],
  version,
  tenantId,
  properties: Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, replace(value)]),
  ),
  ...(messageName === undefined ? {} : { message: { name: messageName } }),
});

/** How an adapter to Camunda's engine tells its errors (gRPC status) to a connector runtime. */
const engineErrors: Readonly<Record<string, Outcome>> = {
  RESOURCE_EXHAUSTED: { status: 'unavailable', code: 'BACKPRESSURE', message: '' },
  UNAVAILABLE: { status: 'unavailable', code: 'CONNECTION', message: '' },
  INTERNAL: { status: 'unavailable', code: 'CONNECTION', message: '' },
  DATA_LOSS: { status: 'unavailable', code: 'CONNECTION', message: '' },
};

function answer(command: Command, errorStatus: string | undefined): Outcome {
  if (errorStatus === 'ALREADY_EXISTS' && command.kind === 'publish')
    return { status: 'duplicate' };
  if (errorStatus !== undefined) {
    return engineErrors[errorStatus] ?? { status: 'rejected', code: 'INVALID', message: '' };
  }
  return command.kind === 'start'
    ? { status: 'started', processInstanceKey: '0' }
    : { status: 'accepted', messageKey: '0' };
}

function inCamundasWords(command: Command): CamundaCommand {
  const { variables, tenantId: tenant = '' } = command;
  if (command.kind === 'start') {
    const { processId, version = 0 } = command;
    return {
      command: 'createProcessInstance',
      bpmnProcessId: processId,
      version,
      tenantId: tenant,
      variables,
    };
  }
  if (command.kind === 'correlate') throw new Error('No recorded case correlates');
  const { messageName, correlationKey, messageId = null, timeToLiveMs } = command;
  return {
    command: 'publishMessage',
    messageName,
    correlationKey,
    messageId,
    tenantId: tenant,
    variables,
    timeToLive: `${timeToLiveMs}`,
  };
}

/** What counts of a command: an empty id is none, durations are milliseconds. */
export const comparable = (command: CamundaCommand): CamundaCommand =>
  command.command === 'createProcessInstance'
    ? command
    : {
        ...command,
        messageId: command.messageId || null,
        timeToLive: `${parseDuration(command.timeToLive) ?? command.timeToLive}`,
      };

/** @param replace changes recorded values: the address of the key set. */
export async function serveCamundaCase(
  one: CamundaCase,
  replace: (value: string) => string,
): Promise<ServedCase> {
  const hooks = webhook({
    allowUnauthenticated: true,
    jwks: { privateHosts: ['127.0.0.1', 'localhost'] },
  });
  const commands: CamundaCommand[] = [];
  const secrets = new Map(Object.entries(one.secrets ?? {}));
  const inbound = createInbound({
    connectors: [hooks],
    secrets: { get: async (name) => secrets.get(name) },
    deduplicates: { start: true, publish: true },
    send: async (command) => {
      const outcome = answer(command, one.engine?.errorStatus);
      if (one.engine?.errorStatus === undefined) commands.push(inCamundasWords(command));
      return outcome;
    },
  });
  const elements = one.executables.flat().map((element) => toElement(element, replace));
  const { problems } = await inbound.update(elements);
  return { receiver: hooks, commands, problems, close: () => inbound.close() };
}
