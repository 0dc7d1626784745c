import type { Scope } from '@bpmn-connectors/feel';
import type { Node } from '../compile/compiled-process.ts';
import type { Subscription } from '../messages/subscriptions.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { evaluateText } from './evaluate.ts';

/**
 * What an element waits for at a node: itself, a boundary event on it, or the start of an event
 * sub-process in it. Nothing where the node has no message; changes nothing.
 * @throws {StepError} `EXTRACT_VALUE_ERROR` name or key is neither text nor a number.
 */
export function subscribe(
  element: ElementInstance,
  node: Node,
  scope: Scope,
): readonly Subscription[] {
  const { message } = node;
  if (message?.correlationKey === undefined) return [];
  const name = evaluateText(message.name, scope, `message name of ${node.id}`);
  const what = `correlation key of ${node.id}`;
  const correlationKey = evaluateText(message.correlationKey, scope, what);
  return [{ element, node, name, correlationKey }];
}
