import type { ConfigurationError } from '@bpmn-connectors/sdk';

type Problem = ConfigurationError['problems'][number];

/** Gathers what is wrong with a webhook's properties, to tell it all at once. */
export interface ProblemCollector {
  readonly list: readonly Problem[];
  /** @param property its name; `reason` and `fix` hold no values, since values may be secrets. */
  add(property: string, reason: string, fix: string): void;
}

export function collectProblems(): ProblemCollector {
  const list: Problem[] = [];
  return { list, add: (where, reason, fix) => void list.push({ where, reason, fix }) };
}
