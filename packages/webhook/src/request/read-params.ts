import { type Pairs, parsePairs } from './parse-pairs.ts';
import { refuse, type StepResult } from './refused.ts';

/** Reads the query parameters of a request target, bounded. */
export function readParams(target: string, maxParameters: number): StepResult<Pairs> {
  const start = target.indexOf('?');
  const pairs = parsePairs(start < 0 ? '' : target.slice(start + 1), maxParameters);
  return typeof pairs === 'string'
    ? refuse('limits', 'QUERY_MALFORMED', { reason: pairs })
    : { value: pairs };
}
