import type { Clock, JsonObject } from '@bpmn-connectors/sdk';
import type { ProcessInstance } from '../state/process-instance.ts';
import { localVariables } from '../state/variables.ts';

/** When to stop waiting. */
export interface Patience {
  readonly clock: Clock;
  readonly ms: number;
  readonly signal: AbortSignal;
}

/** The variables of an instance once its end is durable; undefined when that takes too long. */
export function awaitEnd(
  instance: ProcessInstance,
  { clock, ms, signal }: Patience,
): Promise<JsonObject | undefined> {
  return new Promise((resolve) => {
    const give = (variables: JsonObject | undefined): void => {
      cancel();
      instance.onEnd?.delete(ended);
      signal.removeEventListener('abort', giveUp);
      resolve(variables);
    };
    const giveUp = (): void => give(undefined);
    const cancel = clock.schedule(ms, giveUp);
    signal.addEventListener('abort', giveUp);
    const ended = (): void => give(localVariables(instance.root));
    instance.onEnd ??= new Set();
    instance.onEnd.add(ended);
  });
}
