import { type Problem, type ProcessDefinition, problemLocation } from '@bpmn-connectors/bpmn';

/** An element or flow that a problem is about. */
export interface Subject {
  readonly id: string;
  readonly name?: string;
}

/** Collects the problems of one process, so that all of them are told at once. */
export interface ProblemReporter {
  /** About an element; about the process itself where it is undefined. */
  report(
    element: Subject | undefined,
    property: string | undefined,
    reason: string,
    fix: string,
  ): void;
  problems(): readonly Problem[];
}

export function createProblemReporter(
  process: ProcessDefinition,
  file: string | undefined,
): ProblemReporter {
  const problems: Problem[] = [];
  return {
    report: (element, property, reason, fix) => {
      const where = problemLocation({
        process,
        ...(file === undefined ? {} : { file }),
        ...(element === undefined ? {} : { element }),
        ...(property === undefined ? {} : { property }),
      });
      problems.push({ where, reason, fix });
    },
    problems: () => problems,
  };
}
