import { UsageError } from '../configuration/usage-error.ts';

/** @throws {UsageError} it is neither. */
export function readIds(text = 'own'): 'own' | 'camunda' {
  if (text === 'own' || text === 'camunda') return text;
  throw new UsageError(['--ids must be own or camunda']);
}
