import { createMask, type JobResult } from '@bpmn-connectors/sdk';
import { maskJson } from '../secrets/mask-json.ts';

/** As Camunda cuts it; an incident shows it, and a Zeebe record has to hold it. */
const longestMessage = 6000;

/** Masks the secrets that a job used in everything that tells of its error, and cuts the message. */
export function maskResult(result: JobResult, secretValues: Iterable<string>): JobResult {
  const mask = createMask(secretValues);
  const variables =
    result.variables === undefined ? {} : { variables: maskJson(result.variables, mask) };
  if (result.action === 'complete') return { ...result, ...variables };
  if (result.errorMessage === undefined) return { ...result, ...variables };
  const errorMessage = mask(result.errorMessage).slice(0, longestMessage);
  return { ...result, ...variables, errorMessage };
}
