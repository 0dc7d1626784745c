import type { Flow } from '../compile/compiled-process.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { scopeOf } from '../state/variables.ts';
import { evaluateCondition } from './evaluate.ts';
import { StepError } from './step-error.ts';

/**
 * The flows by which a token leaves an element. An exclusive gateway takes the first whose condition is
 * true, in the order of the model, else its default; everything else takes all.
 * @throws {StepError} `CONDITION_ERROR` no condition is true and there is no default;
 *   `EXTRACT_VALUE_ERROR` a condition is neither true nor false.
 */
export function chooseFlows(element: ElementInstance): readonly Flow[] {
  const { kind, outgoing, defaultFlow } = element.node;
  if (kind !== 'exclusive' || outgoing.length === 0) return outgoing;
  const scope = scopeOf(element);
  const met = outgoing.find(
    (flow) =>
      flow !== defaultFlow &&
      (flow.condition === undefined ||
        evaluateCondition(flow.condition, scope, `condition of flow ${flow.id}`)),
  );
  const chosen = met ?? defaultFlow;
  if (chosen !== undefined) return [chosen];
  throw new StepError(
    'CONDITION_ERROR',
    'Expected at least one condition to be true, or the gateway to have a default flow',
  );
}
