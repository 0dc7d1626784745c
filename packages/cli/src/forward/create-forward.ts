import type { Command, OutboundConnector, Outcome, ProcessRuntime } from '@bpmn-connectors/sdk';
import type { Forward } from '../configuration/structure-schema.ts';
import { eventBridgeTarget } from './event-bridge-target.ts';
import { httpTarget } from './http-target.ts';
import { printTarget } from './print-target.ts';
import type { Target } from './target.ts';

/** What forwarding needs of the program. */
export interface ForwardSurroundings {
  readonly eventBridge: OutboundConnector;
  readonly print: (line: string) => void;
}

/**
 * A process runtime without processes: what starts something elsewhere goes on to a bus, a URL or standard output.
 * It heeds no ids, so the connector runtime's claims keep an event from going on twice.
 * @throws {ConfigurationError} an expression is no FEEL.
 */
export function createForward(
  forward: Forward,
  surroundings: ForwardSurroundings,
): ProcessRuntime & { readonly send: NonNullable<ProcessRuntime['send']> } {
  const target = targetOf(forward, surroundings);
  return {
    name: 'forward',
    health: async () => ({ status: 'up' }),
    send: (command) => sendOn(target, command),
    close: () => target.close(),
  };
}

function targetOf(
  { eventBridge, http }: Forward,
  { eventBridge: connector, print }: ForwardSurroundings,
): Target {
  if (eventBridge !== undefined) return eventBridgeTarget(eventBridge, connector);
  return http === undefined ? printTarget(print) : httpTarget(http);
}

async function sendOn(target: Target, command: Command): Promise<Outcome> {
  if (command.kind !== 'start') {
    const message = 'There are no processes here that could wait for a message';
    return { status: 'rejected', code: 'UNSUPPORTED', message };
  }
  const { elementId: endpoint, variables, idempotencyKey } = command;
  try {
    return await target.send({ endpoint, variables, idempotencyKey });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return { status: 'rejected', code: 'INVALID', message: `It cannot be forwarded: ${reason}` };
  }
}
