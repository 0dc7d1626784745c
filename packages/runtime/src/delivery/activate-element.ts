import type { JsonObject } from '@bpmn-connectors/sdk';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { messageOf, type StepFailure, type StepResult } from './step-result.ts';

const messagePoints: ReadonlySet<string> = new Set([
  'intermediateCatchEvent',
  'boundaryEvent',
  'receiveTask',
  'eventSubProcessStartEvent',
]);

/**
 * Finds the element that takes an event: the one whose condition is true, nothing else than true. Of the
 * versions of one element the newest does. Several elements may match if all of them wait for a message
 * and would do the same with it (Camunda's rule; here a message start event with a correlation key, too);
 * then the first does.
 * @param elements newest versions first.
 * @returns undefined: no condition was met.
 */
export function activateElement(
  elements: readonly CompiledElement[],
  scope: JsonObject,
): StepResult<CompiledElement | undefined> {
  const matching: CompiledElement[] = [];
  for (const candidate of elements) {
    try {
      if (candidate.condition !== undefined && candidate.condition.evaluate(scope) !== true)
        continue;
    } catch (error) {
      const { elementId } = candidate.element;
      return failed(
        'CONDITION_FAILED',
        `The condition of ${elementId} failed: ${messageOf(error)}`,
      );
    }
    if (!matching.some((other) => isSameElement(other, candidate))) matching.push(candidate);
  }
  const [first, ...others] = matching;
  if (first === undefined || others.every((other) => isInterchangeable(first, other))) {
    return { value: first };
  }
  const ids = matching.map(({ element }) => element.elementId).join(', ');
  return failed('AMBIGUOUS', `The event meets the conditions of several elements: ${ids}`);
}

const isSameElement = (a: CompiledElement, b: CompiledElement): boolean =>
  a.element.elementId === b.element.elementId && a.element.processId === b.element.processId;

const isInterchangeable = (a: CompiledElement, b: CompiledElement): boolean =>
  takesMessage(a) && takesMessage(b) && a.effect === b.effect;

/** With a correlation key a message starts an instance only where none waits for it: start or correlate. */
const takesMessage = ({ element, correlationKey }: CompiledElement): boolean =>
  messagePoints.has(element.elementType) ||
  (element.elementType === 'messageStartEvent' && correlationKey !== undefined);

const failed = (code: StepFailure['code'], message: string): { readonly failure: StepFailure } => ({
  failure: { step: 'condition', code, message },
});

/**
 * What the elements say about events that meet no condition: consumed when any of them consumes,
 * undefined where none says anything.
 */
export function consumesUnmatched(elements: readonly CompiledElement[]): boolean | undefined {
  const said = elements.map(({ consume }) => consume).filter((consume) => consume !== undefined);
  return said.length === 0 ? undefined : said.includes(true);
}
