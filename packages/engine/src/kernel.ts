import type { Clock, Logger } from '@bpmn-connectors/sdk';
import type { Definitions } from './deployments/definitions.ts';
import type { EngineLimits } from './engine-options.ts';
import type { JobBoard } from './jobs/job-board.ts';
import type { MessageStore } from './messages/message-store.ts';
import type { StartLocks } from './messages/start-locks.ts';
import type { Subscriptions } from './messages/subscriptions.ts';
import type { Committer } from './state/committer.ts';
import type { DueQueue } from './state/due-queue.ts';
import type { EndedInstances } from './state/ended-instances.ts';
import type { KeyGenerator } from './state/key-generator.ts';
import type { ElementInstance, ProcessInstance } from './state/process-instance.ts';

/** Everything an engine holds. Made once an engine; what works on it is given it. */
export interface Kernel {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly keys: KeyGenerator;
  readonly due: DueQueue;
  readonly committer: Committer;
  readonly definitions: Definitions;
  /** Running instances, oldest first. */
  readonly instances: Map<string, ProcessInstance>;
  /** Elements with an incident, by the incident's key. */
  readonly incidents: Map<string, ElementInstance>;
  readonly subscriptions: Subscriptions;
  readonly messages: MessageStore;
  readonly startLocks: StartLocks;
  readonly jobs: JobBoard;
  readonly ended: EndedInstances;
  /** Elements whose step is to be run, first in first out. */
  readonly steps: ElementInstance[];
}
