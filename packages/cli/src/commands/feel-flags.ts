import { parseArgs } from 'node:util';
import { unknownName } from '../configuration/unknown-name.ts';
import { UsageError } from '../configuration/usage-error.ts';

/** What `bpmn-connectors feel` was told. */
export interface FeelFlags {
  readonly expressions: readonly string[];
  readonly contextFile: string | undefined;
  readonly explain: boolean;
  readonly batch: boolean;
}

const options = {
  context: { type: 'string' },
  explain: { type: 'boolean' },
  batch: { type: 'boolean' },
} as const;

const known: readonly string[] = Object.keys(options);

/** @throws {UsageError} a flag is unknown or lacks its value, or flags do not go together. */
export function readFeelFlags(argv: readonly string[]): FeelFlags {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags = known.map((name) => `--${name}`);
  const problems = tokens.flatMap((token) =>
    token.kind === 'option' && !known.includes(token.name)
      ? [
          `${unknownName('flag', token.rawName, [...flags, '--help'])}; an expression that begins with - comes after --`,
        ]
      : [],
  );
  const { context } = values;
  const batch = values.batch !== undefined;
  const explain = values.explain !== undefined;
  if (context !== undefined && typeof context !== 'string') {
    problems.push('--context needs a value: --context FILE');
  }
  if (batch && (explain || context !== undefined || positionals.length > 0)) {
    problems.push('--batch takes expressions and contexts from standard input, nothing else');
  }
  if (problems.length > 0) throw new UsageError(problems);
  const contextFile = typeof context === 'string' ? context : undefined;
  return { expressions: positionals, contextFile, explain, batch };
}
