import type { Logger, Telemetry } from '@bpmn-connectors/sdk';
import type { ConfigurationInput } from '../configuration/configuration-schema.ts';

/** Configuration as the file has it, and what the program takes from its surroundings. */
export interface ServeOptions extends Omit<ConfigurationInput, 'telemetry'> {
  /** Models and folders of models. */
  readonly models?: readonly string[];
  /** Where secrets are looked up. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Relative paths begin here. @default process.cwd() */
  readonly cwd?: string;
  readonly logger?: Logger;
  /** A module, as in the configuration, or the thing itself. */
  readonly telemetry?: string | Telemetry;
}
