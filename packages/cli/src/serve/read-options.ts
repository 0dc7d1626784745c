import { ConfigurationError } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { type Configuration, configurationSchema } from '../configuration/configuration-schema.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Fills in defaults. The AWS SDK's own variables say where events go when nothing nearer does.
 * @throws {ConfigurationError} with everything that is wrong about the options.
 */
export function readOptions(options: object, env: Environment): Configuration {
  const parsed = z.safeParse(configurationSchema, options);
  if (parsed.success) return withRegion(parsed.data, env);
  throw new ConfigurationError(
    parsed.error.issues.map(({ path, message }) => ({
      where: ['serve', ...path.map(String)].join(' / '),
      reason: message,
      fix: 'See the options of the command run',
    })),
  );
}

function withRegion(configuration: Configuration, env: Environment): Configuration {
  const awsRegion = configuration.awsRegion ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  return awsRegion === undefined ? configuration : { ...configuration, awsRegion };
}
