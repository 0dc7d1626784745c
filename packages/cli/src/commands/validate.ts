import { readConfiguration } from '../configuration/read-configuration.ts';
import { UsageError } from '../configuration/usage-error.ts';
import type { Io } from '../io/io.ts';
import type { Finding } from '../validate/finding.ts';
import type { Command } from './command.ts';
import { takeModelFlags } from './take-model-flags.ts';

function describe(findings: readonly Finding[]): string {
  const lines = findings.map(
    ({ level, where, reason, fix }) => `${level}: ${where}: ${reason}. ${fix}\n`,
  );
  const errors = findings.filter(({ level }) => level === 'error').length;
  const warnings = findings.length - errors;
  const count = (what: number, name: string): string => `${what} ${name}${what === 1 ? '' : 's'}`;
  return [...lines, `${count(errors, 'error')}, ${count(warnings, 'warning')}\n`].join('');
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { json, otherJobTypes, argv: rest } = takeModelFlags(argv);
  const { configuration, positionals: paths } = await readConfiguration(rest, io);
  if (paths.length === 0)
    throw new UsageError(['no model given: bpmn-connectors validate models/']);
  const { validateModels } = await import('../validate/validate-models.ts');
  const findings = await validateModels({ paths, configuration, otherJobTypes }, io);
  io.stdout.write(json ? `${JSON.stringify(findings, undefined, 2)}\n` : describe(findings));
  return findings.some(({ level }) => level === 'error') ? 1 : 0;
}

const help = (): string =>
  [
    'Finds everything that would fail when the models are deployed or first used, all at once: elements',
    'the engine does not run, FEEL, webhook ids taken twice, secrets that are not provided, job types that',
    'nobody works, inputs that are missing or do not fit; warns of what is read by nobody.',
    '',
    '  --other-job-types A,B    Job types that others work',
    '  --json                   Print a list of {level, where, reason, fix}',
    '',
    'The options of run say what the models are checked for: --engine, --secrets-dir, --host …',
    'Exit code 1: there are errors. Warnings alone are 0.',
  ].join('\n');

/** Checks models without serving them. */
export const validateCommand: Command = {
  name: 'validate',
  usage: 'FILE|DIR… [--json] [--other-job-types A,B] [options of run]',
  summary: 'Find everything that would fail about models, before they are deployed',
  help,
  run,
};
