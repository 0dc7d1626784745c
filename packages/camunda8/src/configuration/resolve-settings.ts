import { ConfigurationError } from '@bpmn-connectors/sdk';
import {
  type Camunda8Settings,
  camunda8SettingsSchema,
  type ResolvedSettings,
} from './camunda8-settings.ts';

/**
 * Fills in defaults.
 * @throws {ConfigurationError} with everything that is wrong.
 */
export function resolveSettings(settings: Camunda8Settings): ResolvedSettings {
  const parsed = camunda8SettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues.map(({ path, message }) => ({
      where: ['camunda8', ...path.map(String)].join(' / '),
      reason: message,
      fix: 'See the settings in the README of @bpmn-connectors/camunda8',
    })),
  );
}
