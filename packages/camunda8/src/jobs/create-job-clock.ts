import type { Clock } from '@bpmn-connectors/sdk';
import type { ActivatedJob } from '../gateway/messages.ts';

/** Tells by our own clock when jobs are handed out again. */
export interface JobClock {
  /** Of a job that the cluster has handed out just now. */
  fresh(job: ActivatedJob): number;
  /** Of one that may have waited on its way, in buffers that nobody read. */
  delayed(job: ActivatedJob): number;
}

/**
 * The cluster tells a deadline by its own clock. How far that is from ours is seen at jobs that come without
 * delay; the last one counts, so that a clock that was set is followed.
 */
export function createJobClock(timeoutMs: number, clock: Clock): JobClock {
  let aheadMs: number | undefined;
  return {
    fresh: ({ deadline }) => {
      const now = clock.now();
      if (deadline > 0) aheadMs = deadline - timeoutMs - now;
      return now + timeoutMs;
    },
    delayed: ({ deadline }) => {
      const latest = clock.now() + timeoutMs;
      return aheadMs !== undefined && deadline > 0 ? Math.min(latest, deadline - aheadMs) : latest;
    },
  };
}
