import { readConfiguration } from '../configuration/read-configuration.ts';
import { UsageError } from '../configuration/usage-error.ts';
import type { Io } from '../io/io.ts';
import type { Finding } from '../validate/finding.ts';
import type { Command } from './command.ts';

interface ValidateFlags {
  readonly json: boolean;
  readonly otherJobTypes: readonly string[];
  /** What is left: the options of `run`. */
  readonly argv: readonly string[];
}

/** Takes out the two flags that `run` does not have. */
function takeFlags(argv: readonly string[]): ValidateFlags {
  const rest: string[] = [];
  const otherJobTypes: string[] = [];
  let json = false;
  for (let index = 0; index < argv.length; index++) {
    const [flag = '', inline] = (argv[index] ?? '').split('=', 2);
    if (flag === '--json') json = true;
    else if (flag === '--other-job-types') {
      const value = inline ?? argv[++index];
      if (value === undefined) throw new UsageError(['--other-job-types needs a value: a,b']);
      otherJobTypes.push(...value.split(',').map((type) => type.trim()));
    } else rest.push(argv[index] ?? '');
  }
  return { json, otherJobTypes, argv: rest };
}

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
  const { json, otherJobTypes, argv: rest } = takeFlags(argv);
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
