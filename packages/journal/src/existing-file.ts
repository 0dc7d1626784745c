import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '@bpmn-connectors/sdk';

/**
 * The path of a file that a thread or process of this package runs.
 * @throws {ConfigurationError} it is missing.
 */
export function existingFile(file: URL): string {
  const path = fileURLToPath(file);
  if (existsSync(file)) return path;
  throw new ConfigurationError([
    {
      where: '@bpmn-connectors/journal',
      reason: `the file of its database thread is missing: ${path}`,
      fix: 'Build the package (npm run setup); a bundler has to leave the package as it is',
    },
  ]);
}
