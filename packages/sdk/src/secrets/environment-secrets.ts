import type { SecretProvider } from './secret-provider.ts';

/**
 * Secrets from environment variables.
 * @param env for example `process.env`; read at each call, so that a change is seen.
 * @param prefix put before the name, so that a model cannot read every variable. Camunda's is the default.
 * @example
 * environmentSecrets({ SECRET_AWS_KEY: 'AKIA…' }).get('AWS_KEY'); // 'AKIA…'
 */
export function environmentSecrets(
  env: Readonly<Record<string, string | undefined>>,
  prefix = 'SECRET_',
): SecretProvider {
  return { get: async (name) => env[`${prefix}${name}`] };
}
