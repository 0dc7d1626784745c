import { expect } from '@jest/globals';
import { toCompleteWith } from './to-complete-with.ts';
import { toFailWith } from './to-fail-with.ts';
import { toHaveCorrelated } from './to-have-correlated.ts';
import { toHaveStarted } from './to-have-started.ts';
import { toThrowBpmnError } from './to-throw-bpmn-error.ts';

export type { ConnectorMatchers } from './connector-matchers.ts';

expect.extend({
  toCompleteWith,
  toFailWith,
  toThrowBpmnError,
  toHaveStarted,
  toHaveCorrelated,
});
