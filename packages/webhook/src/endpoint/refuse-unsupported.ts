import type { ProblemCollector } from './collect-problems.ts';

/** Checks that a model asks for and that are not there must not be left out in silence. */
const unsupported: Readonly<Record<string, string>> = {
  'inbound.signature.scheme': 'Remove it and use an authorization type',
  'inbound.payloadSchema': 'Remove it and check the payload in the activation condition',
  'inbound.rateLimit': 'Remove it and limit the rate in front of the receiver',
  'inbound.responseBodyExpression': 'Use inbound.responseExpression: ={body: …}',
};

/** Names what this release doesn't do; a model that relies on it is not served. */
export function refuseUnsupported(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): void {
  for (const [name, fix] of Object.entries(unsupported)) {
    const value = (properties[name] ?? '').trim();
    if (value !== '' && value !== 'none') {
      problems.add(name, 'it is not supported in this release', fix);
    }
  }
}
