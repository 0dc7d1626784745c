import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import { readList } from './read-values.ts';

/** What of a request is signed: its body, its URL with the query, its URL with a form, by method one of the two. */
export type HmacScope = 'body' | 'url-and-parameters' | 'url-and-body' | 'url-and-either';

const name = 'inbound.hmacScopes';

/** Sets of scopes that mean something, sorted, as Camunda knows them. */
const scopes: Readonly<Record<string, HmacScope>> = {
  body: 'body',
  'parameters,url': 'url-and-parameters',
  'body,url': 'url-and-body',
  'body,parameters,url': 'url-and-either',
};

/** Reads `inbound.hmacScopes`: a list in any order and case; without one the body is signed. */
export function readHmacScope(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): HmacScope | undefined {
  const listed = readList(properties, name, problems);
  if (listed === undefined) return undefined;
  if (listed.length === 0) return 'body';
  const set = [...new Set(listed.map((scope) => scope.trim().toLowerCase()))].sort().join();
  const scope = Object.hasOwn(scopes, set) ? scopes[set] : undefined;
  if (scope === undefined) {
    problems.add(
      name,
      'these scopes together cannot be signed',
      'Use ["body"], ["url", "body"], ["url", "parameters"] or ["url", "body", "parameters"]',
    );
  }
  return scope;
}
