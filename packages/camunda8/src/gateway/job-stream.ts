import type { ActivatedJob } from './messages.ts';

/** Jobs that the gateway pushes as they come up. */
export interface JobStream {
  /** Takes none for now: the brokers keep what they cannot push. Before it has been opened `isPaused` tells. */
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** What happens on a stream of jobs, and how it begins. */
export interface JobStreamEvents {
  readonly onJob: (job: ActivatedJob) => void;
  /** Whether it is to begin paused; asked when it has been opened. */
  readonly isPaused: () => boolean;
  /** It is over; whoever still wants jobs opens another. */
  readonly onEnd: (error: Error | undefined) => void;
}
