import { parseArgs } from 'node:util';
import { unknownName } from '../configuration/unknown-name.ts';

/** Flags that a command knows, without `--`. */
export interface KnownFlags {
  readonly switches: readonly string[];
  /** Name → what stands behind it: `FILE`. */
  readonly texts: Readonly<Record<string, string>>;
  /** Said to whoever used an unknown flag. */
  readonly hint?: string;
}

/** What a command was given. */
export interface CommandFlags {
  readonly positionals: readonly string[];
  readonly isSet: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  /** Unknown flags and missing values; the command adds its own. */
  readonly problems: string[];
}

/** Reads the flags of a command other than `run`, whose options are the configuration's. */
export function readCommandFlags(argv: readonly string[], known: KnownFlags): CommandFlags {
  const { switches, texts, hint } = known;
  const names = [...switches, ...Object.keys(texts)];
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries([
      ...switches.map((name) => [name, { type: 'boolean' as const }]),
      ...Object.keys(texts).map((name) => [name, { type: 'string' as const }]),
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
  const empty = Object.entries(texts).flatMap(([name, argument]) =>
    values[name] === true ? [`--${name} needs a value: --${name} ${argument}`] : [],
  );
  return {
    positionals,
    isSet: (name) => values[name] !== undefined,
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    problems: [...unknown, ...empty],
  };
}
