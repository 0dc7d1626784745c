import { parseArgs } from 'node:util';
import { unknownName } from '../configuration/unknown-name.ts';

/** Flags that a command knows, without `--`. */
export interface KnownFlags {
  readonly switches: readonly string[];
  /** Name → what stands behind it: `FILE`. */
  readonly texts: Readonly<Record<string, string>>;
  /** The same for flags that may be given several times. */
  readonly lists?: Readonly<Record<string, string>>;
  /** Said to whoever used an unknown flag. */
  readonly hint?: string;
}

/** What a command was given. */
export interface CommandFlags {
  readonly positionals: readonly string[];
  readonly isSet: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  /** Of a flag of `lists`, as given. */
  readonly list: (name: string) => readonly string[];
  /** Unknown flags and missing values; the command adds its own. */
  readonly problems: string[];
}

/** Reads the flags of a command other than `run`, whose options are the configuration's. */
export function readCommandFlags(argv: readonly string[], known: KnownFlags): CommandFlags {
  const { switches, texts, lists = {}, hint } = known;
  const names = [...switches, ...Object.keys(texts), ...Object.keys(lists)];
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries([
      ...switches.map((name) => [name, { type: 'boolean' as const }]),
      ...Object.keys(texts).map((name) => [name, { type: 'string' as const }]),
      ...Object.keys(lists).map((name) => [name, { type: 'string' as const, multiple: true }]),
    ]),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags = [...names.map((name) => `--${name}`), '--help'];
  const unknown = tokens.flatMap((token) =>
    token.kind === 'option' && !names.includes(token.name)
      ? [`${unknownName('flag', token.rawName, flags)}${hint === undefined ? '' : `; ${hint}`}`]
      : [],
  );
  const givenTo = (name: string) => [values[name]].flat();
  const empty = Object.entries({ ...texts, ...lists }).flatMap(([name, argument]) =>
    givenTo(name).includes(true) ? [`--${name} needs a value: --${name} ${argument}`] : [],
  );
  return {
    positionals,
    isSet: (name) => values[name] !== undefined,
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    list: (name) => givenTo(name).filter((value) => typeof value === 'string'),
    problems: [...unknown, ...empty],
  };
}
