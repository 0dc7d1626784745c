import { resolve } from 'node:path';
import type { Io } from '../io/io.ts';
import { type Configuration, configurationSchema } from './configuration-schema.ts';
import type { GivenValue } from './given-value.ts';
import { options } from './option.ts';
import { defaultFile, readConfigurationFile } from './read-configuration-file.ts';
import { readFlags } from './read-flags.ts';
import { configVariable, readVariables } from './read-variables.ts';
import type { Structure } from './structure-schema.ts';
import { UsageError } from './usage-error.ts';

/** A command line with the configuration that is in force. */
export interface CommandLine {
  readonly configuration: Configuration;
  readonly positionals: readonly string[];
  /** Endpoints and where their events go: of the file alone. */
  readonly structure: Structure;
  /** The file, absolute, whether it is there or not. */
  readonly file: string;
}

const valueProblems = ({ key, value, source }: GivenValue): readonly string[] => {
  const result = options.find((option) => option.key === key)?.schema.safeParse(value);
  return (result?.error?.issues ?? []).slice(0, 1).map(({ message }) => `${source} ${message}`);
};

/**
 * Reads the configuration from flags, environment and file; flags win over the environment, that over
 * the file. Everything that is wrong is told at once.
 * @throws {UsageError} a name is unknown or a value is not valid.
 */
export async function readConfiguration(
  argv: readonly string[],
  io: Pick<Io, 'env' | 'cwd'>,
): Promise<CommandLine> {
  const flags = readFlags(argv);
  const variables = readVariables(io.env);
  const named = flags.configFile ?? io.env[configVariable];
  const file = await readConfigurationFile(named, io.cwd);
  const given = [file, variables, flags];
  const inForce = new Map(given.flatMap(({ values }) => values).map((one) => [one.key, one]));
  const problems = [
    ...given.flatMap((source) => source.problems),
    ...[...inForce.values()].flatMap(valueProblems),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  const values = Object.fromEntries([...inForce].map(([key, { value }]) => [key, value]));
  return {
    configuration: configurationSchema.parse(values),
    positionals: flags.positionals,
    structure: file.structure ?? {},
    file: resolve(io.cwd, named ?? defaultFile),
  };
}
