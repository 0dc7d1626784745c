import type { SecretProvider } from '@bpmn-connectors/sdk';

/** Secrets out of a record. */
export const secretsOf = (values: Readonly<Record<string, string>> = {}): SecretProvider => ({
  get: async (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
});
