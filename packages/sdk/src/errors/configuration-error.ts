import type { Problem } from '@bpmn-connectors/bpmn';

/** A configuration or model that cannot work, with everything that is wrong about it at once. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code = 'CONFIGURATION';
  readonly retryable = false;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ where, reason, fix }) => `${where}: ${reason}. ${fix}`).join('\n'));
    this.problems = problems;
  }
}
