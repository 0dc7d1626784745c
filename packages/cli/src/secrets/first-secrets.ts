import type { SecretProvider } from '@bpmn-connectors/sdk';

/** Asks providers in turn; the first that has a secret gives it. */
export const firstSecrets = (providers: readonly SecretProvider[]): SecretProvider => ({
  get: async (name) => {
    for (const provider of providers) {
      const value = await provider.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  },
});
