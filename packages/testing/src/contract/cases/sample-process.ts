import type { ContractJob, ContractMessage, ContractProcess } from '../contract-process.ts';

/** A job step of type `jobType`, called `task` where nothing else is said. */
export const jobStep = (jobType: string, rest: Partial<ContractJob> = {}): ContractJob => ({
  kind: 'job',
  elementId: 'task',
  jobType,
  retries: 3,
  headers: {},
  ...rest,
});

/** Waits for a message whose key is the variable `key`. */
export const messageStep = (messageName: string): ContractMessage => ({
  kind: 'message',
  elementId: 'wait',
  messageName,
  correlationVariable: 'key',
});

/** A process that starts plainly at `start`. */
export const plainProcess = (
  id: string,
  ...steps: readonly (ContractJob | ContractMessage)[]
): ContractProcess => ({ id, start: { elementId: 'start' }, steps });

/** A process that a message starts at `start`. */
export const messageProcess = (
  id: string,
  messageName: string,
  ...steps: readonly (ContractJob | ContractMessage)[]
): ContractProcess => ({ id, start: { elementId: 'start', messageName }, steps });
