import type { JsonObject } from '@bpmn-connectors/sdk';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { messageOf, type StepResult } from './step-result.ts';

/**
 * The text by which waiting instances are found. Numbers and booleans become text, a context its JSON
 * text, as in Camunda; null and lists are none. Without an expression it is empty, and where a message starts an
 * instance also when there is no key: the start then correlates with nothing.
 */
export function findCorrelationKey(
  { correlationKey, element }: CompiledElement,
  scope: JsonObject,
): StepResult<string> {
  if (correlationKey === undefined) return { value: '' };
  try {
    const key = correlationKey.evaluate(scope);
    if (key === null && element.elementType === 'messageStartEvent') return { value: '' };
    if (key === null) return failed('NO_CORRELATION_KEY', 'gave no key for this event');
    if (Array.isArray(key)) return failed('CORRELATION_KEY_FAILED', 'gave a list');
    return { value: typeof key === 'object' ? JSON.stringify(key) : String(key) };
  } catch (error) {
    return failed('CORRELATION_KEY_FAILED', `failed: ${messageOf(error)}`);
  }
}

const failed = (
  code: 'NO_CORRELATION_KEY' | 'CORRELATION_KEY_FAILED',
  reason: string,
): StepResult<never> => ({
  failure: { step: 'correlation-key', code, message: `The correlation key expression ${reason}` },
});
