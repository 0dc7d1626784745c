import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import { apiKeyAuthentication } from './api-key-authentication.ts';
import type { Authenticator } from './authenticator.ts';
import { type ApiKeyLocator, compileLocator } from './compile-locator.ts';
import { addFeelProblem, readValues } from './read-values.ts';

/** Where the EventBridge templates look for the key. */
const defaultLocator = '=request.headers.apikey';

/** Makes API key authentication of `inbound.auth.apiKey` and `inbound.auth.apiKeyLocator`. */
export function readApiKey(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): Authenticator | undefined {
  const keys = readValues(properties, 'inbound.auth.apiKey', problems);
  const locator = readLocator(properties['inbound.auth.apiKeyLocator'] ?? '', problems);
  if (keys?.length === 0) {
    problems.add('inbound.auth.apiKey', 'it is empty', 'Set a key: {{secrets.NAME}}');
  }
  return keys === undefined || locator === undefined
    ? undefined
    : apiKeyAuthentication(keys, locator);
}

function readLocator(source: string, problems: ProblemCollector): ApiKeyLocator | undefined {
  try {
    return compileLocator(source.trim() === '' ? defaultLocator : source);
  } catch (error) {
    addFeelProblem('inbound.auth.apiKeyLocator', error, problems);
    return undefined;
  }
}
