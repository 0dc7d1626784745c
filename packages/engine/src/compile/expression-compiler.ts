import type { Clock } from '@bpmn-connectors/sdk';
import type { Mapping } from './compiled-process.ts';
import type { ProblemReporter, Subject } from './problem-reporter.ts';
import { compileValue, type ValueSource } from './value-source.ts';

/** Compiles the expressions of a process; what cannot be parsed becomes a problem. */
export interface ExpressionCompiler {
  /** FEEL or plain text. */
  value(subject: Subject, property: string, text: string): ValueSource;
  /** FEEL alone: what does not begin with `=` is a problem, as in Zeebe. */
  expression(subject: Subject, property: string, text: string): ValueSource;
  /** Input or output mapping. */
  mapping(subject: Subject, property: string, source: string, target: string): readonly Mapping[];
}

export function createExpressionCompiler(
  reporter: ProblemReporter,
  clock: Clock,
): ExpressionCompiler {
  const value = (subject: Subject, property: string, text: string): ValueSource => {
    try {
      return compileValue(text, clock);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it cannot be parsed';
      reporter.report(subject, property, reason, 'Correct the FEEL expression');
      return { text };
    }
  };
  return {
    value,
    expression: (subject, property, text) => {
      if (!text.trimStart().startsWith('=')) {
        reporter.report(subject, property, 'it is no expression', 'Begin it with =');
      }
      return value(subject, property, text);
    },
    mapping: (subject, property, source, target) => {
      const compiled = value(subject, property, source);
      const [root, ...rest] = target.split('.');
      if (root === undefined || [root, ...rest].some((name) => name.trim() === '')) {
        const reason = 'the target of the mapping is no variable name';
        reporter.report(subject, property, reason, 'Write a name, or names joined by dots');
        return [];
      }
      return [{ path: [root, ...rest], source: compiled }];
    },
  };
}
