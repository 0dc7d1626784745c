import { createDefinitions } from './deployments/definitions.ts';
import type { ResolvedOptions } from './engine-options.ts';
import type { StepRunner } from './interpreter/run-steps.ts';
import { createJobBoard } from './jobs/job-board.ts';
import { settleJob } from './jobs/settle-job.ts';
import type { Kernel } from './kernel.ts';
import { createMessageStore } from './messages/message-store.ts';
import { createStartLocks } from './messages/start-locks.ts';
import { createSubscriptions } from './messages/subscriptions.ts';
import { createCommitter } from './state/committer.ts';
import { createDueQueue } from './state/due-queue.ts';
import { createEndedInstances } from './state/ended-instances.ts';
import { createKeyGenerator } from './state/key-generator.ts';

/** What a kernel asks of the engine around it. */
export interface KernelHooks {
  /** Runs the queued steps. */
  readonly run: StepRunner['run'];
  /** Whether jobs may be handed out. */
  readonly isUp: () => boolean;
}

/** Makes an empty kernel. */
export function createKernel(options: ResolvedOptions, hooks: KernelHooks): Kernel {
  const { journal, clock, logger, limits } = options;
  const due = createDueQueue(clock);
  const committer = createCommitter(journal, logger);
  const kernel: Kernel = {
    clock,
    logger,
    limits,
    due,
    committer,
    keys: createKeyGenerator(clock),
    definitions: createDefinitions(),
    instances: new Map(),
    incidents: new Map(),
    subscriptions: createSubscriptions(),
    messages: createMessageStore(),
    startLocks: createStartLocks(),
    ended: createEndedInstances({ journal, committer, due, clock, limits }),
    steps: [],
    jobs: createJobBoard({
      clock,
      due,
      logger,
      isUp: hooks.isUp,
      settle: (settlement) => {
        settleJob(kernel, settlement);
        hooks.run();
      },
    }),
  };
  return kernel;
}
