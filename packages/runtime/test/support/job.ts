import type { Job } from '@bpmn-connectors/sdk';

/** A job of the echo connector. */
export const jobOf = (parts: Partial<Job> = {}): Job => ({
  key: '1',
  type: 'test:echo:1',
  processId: 'order',
  processInstanceKey: '10',
  elementId: 'Task_1',
  elementInstanceKey: '11',
  retries: 3,
  deadline: Number.MAX_SAFE_INTEGER,
  variables: {},
  customHeaders: {},
  ...parts,
});
