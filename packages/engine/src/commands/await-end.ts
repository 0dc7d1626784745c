import type { Clock, JsonObject } from '@bpmn-connectors/sdk';
import type { ProcessInstance } from '../state/process-instance.ts';
import { localVariables } from '../state/variables.ts';

/** When to stop waiting. */
export interface Patience {
  readonly clock: Clock;
  readonly ms: number;
  /** Any of them ends the waiting. */
  readonly signals: readonly AbortSignal[];
}

/** The variables of an instance once its end is durable; undefined when that takes too long. */
export function awaitEnd(
  instance: ProcessInstance,
  { clock, ms, signals }: Patience,
): Promise<JsonObject | undefined> {
  return new Promise((resolve) => {
    const give = (variables: JsonObject | undefined): void => {
      cancel();
      instance.onEnd?.delete(ended);
      for (const signal of signals) signal.removeEventListener('abort', giveUp);
      resolve(variables);
    };
    const giveUp = (): void => give(undefined);
    const cancel = clock.schedule(ms, giveUp);
    // Not AbortSignal.any: each call would leave something with a signal that lives as long as the engine.
    for (const signal of signals) signal.addEventListener('abort', giveUp);
    const ended = (): void => give(localVariables(instance.root));
    instance.onEnd ??= new Set();
    instance.onEnd.add(ended);
  });
}
