import { type CommandLine, readConfiguration } from '../configuration/read-configuration.ts';
import { UsageError } from '../configuration/usage-error.ts';
import { checkNode } from '../doctor/check-node.ts';
import { type CheckResult, fail, ok } from '../doctor/check-result.ts';
import { countOf } from '../doctor/count-of.ts';
import type { Io } from '../io/io.ts';
import { printable } from '../io/printable.ts';
import { readManifest } from '../read-manifest.ts';
import type { Command } from './command.ts';
import { takeModelFlags } from './take-model-flags.ts';

/** A wrong call is a finding: `run` would refuse it. */
async function readCall(
  argv: readonly string[],
  io: Io,
): Promise<CommandLine | readonly CheckResult[]> {
  try {
    return await readConfiguration(argv, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const fix = 'Correct it; all that depends on it was not looked at';
    return error.problems.map((problem) => fail('configuration', problem, fix));
  }
}

async function checkAll(argv: readonly string[], otherJobTypes: readonly string[], io: Io) {
  const { engines } = await readManifest();
  const node = checkNode(process.version, engines.node);
  const call = await readCall(argv, io);
  if ('length' in call) return [node, ...call];
  // Loaded here, so that the other commands start without engine, journal and HTTP.
  const { examine } = await import('../doctor/examine.ts');
  return [node, ok('configuration'), ...(await examine(call, otherJobTypes, io))];
}

const describeOne = ({ level, what, why, fix }: CheckResult): string =>
  [level.padEnd(4), what, ...(why === '' ? [] : [`(${why})`]), ...(fix === '' ? [] : [fix])].join(
    '  ',
  );

function describe(checks: readonly CheckResult[]): string {
  const count = (level: CheckResult['level']): number =>
    checks.filter((check) => check.level === level).length;
  const [failed, warned] = [count('fail'), count('warn')];
  const end = `${countOf(failed, 'failure')}, ${countOf(warned, 'warning')}`;
  return printable(`${[...checks.map(describeOne), end].join('\n')}\n`);
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { json, otherJobTypes, argv: rest } = takeModelFlags(argv);
  const checks = await checkAll(rest, otherJobTypes, io);
  const isGood = checks.every(({ level }) => level !== 'fail');
  const object = { ok: isGood, checks };
  io.stdout.write(json ? `${JSON.stringify(object, undefined, 2)}\n` : describe(checks));
  return isGood ? 0 : 1;
}

const help = (): string =>
  [
    'Tells whether run with these arguments, in this environment, would work: configuration, models,',
    'secrets (names alone), data folder, ports, who can reach what, key sets, AWS, cluster. Serves, deploys',
    'and starts nothing; what it writes to measure the disk is removed again.',
    '',
    '  --other-job-types A,B    Job types that others work',
    '  --json                   Print {ok, checks: [{level, what, why, fix}]}',
    '',
    'Each line is: ok, warn or fail, what was looked at, (what was found), what to do about it.',
    'Exit code 1: something failed. Warnings alone are 0. The other options are those of run.',
  ].join('\n');

/** Looks whether `run` would work. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: '[files|folders…] [--json] [--other-job-types A,B] [options of run]',
  summary: 'Find what run would stumble over in this environment, and what is unwise',
  help,
  run,
};
