import type { Logger, Telemetry } from '@bpmn-connectors/sdk';
import type { ConfigurationInput } from '../configuration/configuration-schema.ts';
import type { StructureInput } from '../configuration/structure-schema.ts';

/** Configuration as the file has it, and what the program takes from its surroundings. */
export interface ServeOptions extends Omit<ConfigurationInput, 'telemetry'>, StructureInput {
  /** Models and folders of models. */
  readonly models?: readonly string[];
  /** Where secrets are looked up. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Relative paths begin here. @default process.cwd() */
  readonly cwd?: string;
  readonly logger?: Logger;
  /** Ends the wait for a process runtime that cannot be reached; `serve` rejects then. */
  readonly signal?: AbortSignal;
  /** Takes the lines of `forward.print`. @default writes them to standard output */
  readonly print?: (line: string) => void;
  /** A module, as in the configuration, or the thing itself. */
  readonly telemetry?: string | Telemetry;
}
