import {
  ConfigurationError,
  replaceSecretReferences,
  type SecretProvider,
  secretReferences,
} from '@bpmn-connectors/sdk';
import type { Forward } from '../configuration/structure-schema.ts';

type Http = NonNullable<Forward['http']>;

async function readSecrets(
  names: ReadonlySet<string>,
  secrets: SecretProvider,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const name of names) {
    const value = await secrets.get(name);
    if (value !== undefined) values.set(name, value);
  }
  const missing = [...names].filter((name) => !values.has(name));
  if (missing.length === 0) return values;
  throw new ConfigurationError(
    missing.map((name) => ({
      where: 'forward.http',
      reason: `the secret ${name} does not exist`,
      fix: 'Provide the secret, or correct its name in the configuration file',
    })),
  );
}

/**
 * Puts secrets in the place of `{{secrets.NAME}}` in URL and headers, once: whoever changes them starts the program anew.
 * @throws {ConfigurationError} a secret is missing, or what comes of the URL is none.
 */
export async function resolveHttpSecrets(http: Http, secrets: SecretProvider): Promise<Http> {
  const texts = [http.url, ...Object.values(http.headers)];
  const values = await readSecrets(new Set(texts.flatMap(secretReferences)), secrets);
  const headers = Object.entries(http.headers).map(([name, value]) => [
    name,
    replaceSecretReferences(value, values),
  ]);
  const url = replaceSecretReferences(http.url, values);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new ConfigurationError([
      {
        where: 'forward.http.url',
        reason: 'with its secrets it is no http or https URL',
        fix: 'Correct the value of the secret',
      },
    ]);
  }
  return { ...http, url, headers: Object.fromEntries(headers) };
}
