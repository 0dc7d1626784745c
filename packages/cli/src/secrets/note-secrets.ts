import type { SecretProvider } from '@bpmn-connectors/sdk';

/** A provider that remembers the names that it was asked for. */
export interface NotingSecrets extends SecretProvider {
  readonly found: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
}

/** Notes the names of secrets that are there, and of those that are not. */
export function noteSecrets(provider: SecretProvider): NotingSecrets {
  const found = new Set<string>();
  const missing = new Set<string>();
  return {
    found,
    missing,
    get: async (name) => {
      const value = await provider.get(name);
      (value === undefined ? missing : found).add(name);
      return value;
    },
  };
}
