import type { Command, JsonObject, TraceContext } from '@bpmn-connectors/sdk';
import type { CompiledElement } from '../inbound/compiled-element.ts';

/** What a command is made of, beside its element. */
export interface CommandParts {
  readonly variables: JsonObject;
  readonly correlationKey: string;
  readonly messageId: string | undefined;
  /** What keeps a start from happening twice. */
  readonly idempotencyKey: string | undefined;
  readonly defaultTimeToLiveMs: number;
  readonly trace: TraceContext | undefined;
  /** For elements that answer with the instance's result. */
  readonly awaitResultMs: number;
}

/**
 * Makes the command for an element: plain start events start their exact version, elements with a message
 * publish it, and with `synchronousResponse` correlate it now (Camunda's table).
 */
export function buildCommand(compiled: CompiledElement, parts: CommandParts): Command {
  const { element, synchronous } = compiled;
  const { variables, correlationKey, messageId, idempotencyKey, awaitResultMs } = parts;
  const common = {
    ...(element.tenantId === undefined ? {} : { tenantId: element.tenantId }),
    ...(parts.trace === undefined ? {} : { trace: parts.trace }),
  };
  const waiting = synchronous ? { awaitResultMs } : {};
  if (element.elementType === 'startEvent') {
    return {
      kind: 'start',
      processId: element.processId,
      elementId: element.elementId,
      variables,
      ...common,
      ...waiting,
      ...(element.version === undefined ? {} : { version: element.version }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    };
  }
  const messageName = element.message?.name ?? '';
  if (synchronous) {
    return { kind: 'correlate', messageName, correlationKey, variables, ...common, ...waiting };
  }
  return {
    kind: 'publish',
    messageName,
    correlationKey,
    variables,
    timeToLiveMs: compiled.timeToLiveMs ?? parts.defaultTimeToLiveMs,
    ...common,
    ...(messageId === undefined ? {} : { messageId }),
  };
}
