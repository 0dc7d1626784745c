import type {
  CorrelateCommand,
  Correlated,
  JsonObject,
  NoSubscription,
} from '@bpmn-connectors/sdk';
import type { Kernel } from '../kernel.ts';
import { correlateNow } from '../messages/correlate-now.ts';
import type { Message } from '../messages/message-store.ts';

/** Correlates a message with whoever waits now; it is not kept. */
export function correlate(
  kernel: Kernel,
  command: CorrelateCommand,
  variables: JsonObject,
): Correlated | NoSubscription {
  const message: Message = {
    key: kernel.keys.next(),
    name: command.messageName,
    correlationKey: command.correlationKey,
    id: undefined,
    variables,
    deadline: kernel.clock.now(),
    served: new Set(),
    firstInstance: undefined,
    trace: command.trace,
  };
  correlateNow(kernel, message);
  if (message.firstInstance === undefined) return { status: 'no-subscription' };
  return {
    status: 'correlated',
    processInstanceKey: message.firstInstance,
    messageKey: message.key,
  };
}
