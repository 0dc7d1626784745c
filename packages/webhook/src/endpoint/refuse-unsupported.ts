import type { ProblemCollector } from './collect-problems.ts';

/** Checks that a model asks for and that are not there must not be left out in silence. */
const unsupported: Readonly<Record<string, string>> = {
  'inbound.responseBodyExpression': 'Use inbound.responseExpression: ={body: …}',
};

/** Names what this release doesn't do; a model that relies on it is not served. */
export function refuseUnsupported(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): void {
  for (const [name, fix] of Object.entries(unsupported)) {
    const value = (properties[name] ?? '').trim();
    if (value !== '') {
      problems.add(name, 'it is not supported in this release', fix);
    }
  }
}
