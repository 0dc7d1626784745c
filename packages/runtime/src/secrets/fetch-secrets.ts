import { ConnectorError, type SecretProvider } from '@bpmn-connectors/sdk';

/**
 * Fetches secrets by name.
 * @throws {ConnectorError} `SECRET_MISSING` naming all that do not exist; `SECRETS_UNAVAILABLE`, retryable,
 *   when the provider cannot tell now.
 */
export async function fetchSecrets(
  provider: SecretProvider | undefined,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const name of names) {
    const value = await fetchSecret(provider, name);
    if (value === undefined) missing.push(name);
    else values.set(name, value);
  }
  if (missing.length === 0) return values;
  throw new ConnectorError(
    'SECRET_MISSING',
    missing.map((name) => `Secret with name '${name}' is not available`).join('; '),
  );
}

async function fetchSecret(
  provider: SecretProvider | undefined,
  name: string,
): Promise<string | undefined> {
  try {
    return await provider?.get(name);
  } catch (cause) {
    // The provider's own message may tell more than a log should hold.
    throw new ConnectorError('SECRETS_UNAVAILABLE', `Secret '${name}' cannot be read now`, {
      retryable: true,
      cause,
    });
  }
}
