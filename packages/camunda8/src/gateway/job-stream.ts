import type { ActivatedJob } from './messages.ts';

/** Jobs that the gateway pushes as they come up. */
export interface JobStream {
  /** Takes none for now: the brokers keep what they cannot push. */
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** What happens on a stream of jobs. */
export interface JobStreamEvents {
  readonly onJob: (job: ActivatedJob) => void;
  /** It is over; whoever still wants jobs opens another. */
  readonly onEnd: (error: Error | undefined) => void;
}
