import type { Problem } from '@bpmn-connectors/bpmn';

/** A problem, or something that an author should know. */
export interface Finding extends Problem {
  readonly level: 'error' | 'warning';
}

/** Makes findings of problems. */
export const errors = (problems: readonly Problem[]): readonly Finding[] =>
  problems.map((problem) => ({ level: 'error', ...problem }));
