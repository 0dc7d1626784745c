import type { WebhookSettings } from '../webhook-options.ts';
import type { ProblemCollector } from './collect-problems.ts';

const property = 'inbound.maxBodySize';
const size = /^(\d{1,12})\s*(B|KB|KIB|MB|MIB)?$/i;
/** Powers of 1024 under either name, as sizes are in the configuration of Camunda's runtime. */
const factors: Readonly<Record<string, number>> = { B: 1, K: 1024, M: 1_048_576 };

/**
 * Reads `inbound.maxBodySize`: `10MB`, `512KB` or bytes.
 * @returns bytes; the operator's default where the model doesn't say.
 */
export function readMaxBodySize(
  properties: Readonly<Record<string, string>>,
  { maxBodyBytes, maxBodyBytesOfModels }: WebhookSettings,
  problems: ProblemCollector,
): number {
  const text = (properties[property] ?? '').trim();
  if (text === '') return maxBodyBytes;
  const [, digits, unit = 'B'] = size.exec(text) ?? [];
  const bytes = Number(digits ?? 0) * (factors[unit.charAt(0).toUpperCase()] ?? 1);
  if (bytes === 0) {
    problems.add(property, 'it is no size', 'Use bytes or a unit, at least 1: 512KB, 10MB');
  } else if (bytes > maxBodyBytesOfModels) {
    problems.add(
      property,
      `it is above what the operator allows, ${maxBodyBytesOfModels} bytes`,
      'Ask for less, or raise maxBodyBytesOfModels of the webhook connector',
    );
  }
  return bytes;
}
