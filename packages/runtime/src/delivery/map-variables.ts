import type { JsonObject } from '@bpmn-connectors/sdk';
import { mapResult } from '../expressions/map-result.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { messageOf, type StepResult } from './step-result.ts';

/** The variables an event brings. Result expressions see the event's variables also under `response`. */
export function mapVariables(
  { result }: CompiledElement,
  scope: JsonObject,
): StepResult<JsonObject> {
  try {
    return { value: mapResult(result, scope, { ...scope, response: scope }) };
  } catch (error) {
    return { failure: { step: 'variables', code: 'RESULT_FAILED', message: messageOf(error) } };
  }
}
