import type { GivenValue, GivenValues } from './given-value.ts';
import { type Option, options } from './option.ts';
import { unknownName } from './unknown-name.ts';

/** Flags and the rest of a command line. */
export interface ReadFlags extends GivenValues {
  readonly positionals: readonly string[];
  /** Value of `--config`. */
  readonly configFile: string | undefined;
}

const configFlag = '--config';

type Reading =
  | { key: Option['key'] | 'config'; value: unknown; next: number }
  | { problem: string };

function readFlag(argv: readonly string[], index: number): Reading {
  const [, name = '', , inline] = /^(--?[^=]*)(=(.*))?$/s.exec(argv[index] ?? '') ?? [];
  const option = options.find(({ flag }) => flag === name);
  if (option === undefined && name !== configFlag) {
    const flags = [...options.map(({ flag }) => flag), configFlag, '--help', '--version'];
    return { problem: unknownName('flag', name, flags) };
  }
  const key = option?.key ?? 'config';
  const argument = option === undefined ? 'FILE' : option.argument;
  if (inline !== undefined) return { key, value: inline, next: index + 1 };
  if (argument === undefined) return { key, value: true, next: index + 1 };
  const value = argv[index + 1];
  if (value === undefined || value.startsWith('--'))
    return { problem: `${name} needs a value: ${name} ${argument}` };
  return { key, value, next: index + 2 };
}

/** Reads `--name value`, `--name=value` and switches; all after `--` is positional. */
export function readFlags(argv: readonly string[]): ReadFlags {
  const values: GivenValue[] = [];
  const problems: string[] = [];
  const positionals: string[] = [];
  let configFile: string | undefined;
  let index = 0;
  while (index < argv.length) {
    const given = argv[index] ?? '';
    if (given === '--') break;
    if (!given.startsWith('-') || given === '-') {
      positionals.push(given);
      index += 1;
      continue;
    }
    const reading = readFlag(argv, index);
    if ('problem' in reading) {
      problems.push(reading.problem);
      index += 1;
      continue;
    }
    const source = given.split('=')[0] ?? given;
    const { key, value } = reading;
    if (key === 'config') configFile = String(value);
    else if (values.some((other) => other.key === key)) problems.push(`${source} is given twice`);
    else values.push({ key, value, source });
    index = reading.next;
  }
  positionals.push(...argv.slice(index + 1));
  return { values, problems, positionals, configFile };
}
