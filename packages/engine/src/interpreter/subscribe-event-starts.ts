import type { JsonValue } from '@bpmn-connectors/sdk';
import type { Subscription } from '../messages/subscriptions.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { lookUp } from '../state/variables.ts';
import { subscribe } from './subscribe.ts';

/**
 * What the event sub-processes of a scope wait for once its start event completes, which is when Zeebe
 * subscribes them: names and keys see what that event is about to give the scope. Changes nothing.
 * @throws {StepError} `EXTRACT_VALUE_ERROR` at the start event, as in Zeebe.
 */
export function subscribeEventStarts(
  start: ElementInstance,
  outputs: ReadonlyMap<string, JsonValue>,
): readonly Subscription[] {
  const { node, parent: scope } = start;
  if (scope === undefined || (node.kind !== 'start' && node.kind !== 'eventStart')) return [];
  const seen = {
    get: (name: string) => (outputs.has(name) ? outputs.get(name) : lookUp(scope, name)),
  };
  return scope.node.eventStarts.flatMap((at) => subscribe(scope, at, seen));
}
