import type { SecretProvider } from '@bpmn-connectors/sdk';

/** A provider that remembers what it was asked for in vain. */
export interface NotingSecrets extends SecretProvider {
  readonly missing: ReadonlySet<string>;
}

/** Notes the names of secrets that are not there. */
export function noteMissing(provider: SecretProvider): NotingSecrets {
  const missing = new Set<string>();
  return {
    missing,
    get: async (name) => {
      const value = await provider.get(name);
      if (value === undefined) missing.add(name);
      return value;
    },
  };
}
