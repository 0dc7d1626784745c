import { compile, type FeelResult } from '@bpmn-connectors/feel';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import type { ForwardedEvent } from './target.ts';

/** Evaluates texts and FEEL for an event. */
export type Values<Name extends string> = (
  event: ForwardedEvent,
) => Readonly<Record<Name, FeelResult | undefined>>;

/**
 * Compiles texts, which may be FEEL with a leading `=` over the event's variables and `endpoint`.
 * @param where what they belong to, for messages.
 * @throws {ConfigurationError} with every one that is no FEEL.
 */
export function compileValues<Name extends string>(
  where: string,
  texts: Readonly<Record<Name, string | undefined>>,
): Values<Name> {
  const problems: { where: string; reason: string; fix: string }[] = [];
  const compiled = Object.entries<string | undefined>(texts).map(([name, text]) => {
    if (text === undefined || !text.trimStart().startsWith('=')) return [name, () => text] as const;
    try {
      const expression = compile(text);
      return [name, (scope: FeelScope) => expression.evaluate(scope)] as const;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it cannot be parsed';
      problems.push({ where: `${where}.${name}`, reason, fix: 'Correct the FEEL expression' });
      return [name, () => undefined] as const;
    }
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return ({ variables, endpoint }) => {
    const values = compiled.map(([name, read]) => [name, read({ ...variables, endpoint })]);
    const made: Readonly<Record<Name, FeelResult | undefined>> = Object.fromEntries(values);
    return made;
  };
}

type FeelScope = Parameters<ReturnType<typeof compile>['evaluate']>[0];
