import { UsageError } from '../configuration/usage-error.ts';
import { readCommandFlags } from './command-flags.ts';

/** What `bpmn-connectors feel` was told. */
export interface FeelFlags {
  readonly expressions: readonly string[];
  readonly contextFile: string | undefined;
  readonly explain: boolean;
  readonly batch: boolean;
}

/** @throws {UsageError} a flag is unknown or lacks its value, or flags do not go together. */
export function readFeelFlags(argv: readonly string[]): FeelFlags {
  const { positionals, isSet, text, problems } = readCommandFlags(argv, {
    switches: ['explain', 'batch'],
    texts: { context: 'FILE' },
    hint: 'an expression that begins with - comes after --',
  });
  const [explain, batch] = [isSet('explain'), isSet('batch')];
  if (batch && (explain || isSet('context') || positionals.length > 0)) {
    problems.push('--batch takes expressions and contexts from standard input, nothing else');
  }
  if (problems.length > 0) throw new UsageError(problems);
  return { expressions: positionals, contextFile: text('context'), explain, batch };
}
