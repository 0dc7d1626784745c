import {
  replaceSecretReferences,
  type SecretProvider,
  secretReferences,
} from '@bpmn-connectors/sdk';

/**
 * Puts secrets in the place of their references.
 * @returns undefined where one is missing, or cannot be read: that is told elsewhere.
 */
export async function resolveSecrets(
  texts: Readonly<Record<string, string>>,
  provider: SecretProvider,
): Promise<Readonly<Record<string, string>> | undefined> {
  const values = new Map<string, string>();
  for (const name of new Set(Object.values(texts).flatMap(secretReferences))) {
    const value = await provider.get(name).catch(() => undefined);
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, replaceSecretReferences(text, values)]),
  );
}
