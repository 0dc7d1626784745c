import type { WorkerOptions } from '@bpmn-connectors/sdk';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { JobStream } from '../gateway/job-stream.ts';
import type { ActivatedJob } from '../gateway/messages.ts';
import { backoff } from './backoff.ts';
import { requestOf } from './request-of.ts';
import type { WorkerContext } from './worker-context.ts';

/** Where pushed jobs go. */
export interface StreamedJobs {
  readonly take: (job: ActivatedJob) => void;
  /** A stream was opened or lost: jobs that came up in between have to be asked for. */
  readonly onGap: () => void;
}

/** A stream that is opened again whenever it ends. */
export interface HeldStream {
  pause(): void;
  resume(): void;
}

/** Keeps a stream of jobs open until `signal` aborts. A gateway that knows no streams is left alone. */
export function holdStream(
  context: WorkerContext,
  options: WorkerOptions,
  { take, onGap }: StreamedJobs,
  signal: AbortSignal,
): HeldStream {
  const { gateway, clock, logger } = context;
  let stream: JobStream | undefined;
  let paused = false;
  let failures = 0;

  const ended = (error: Error | undefined): void => {
    if (signal.aborted) return;
    if (error instanceof GatewayError && error.status === 'UNIMPLEMENTED') {
      logger.info({ type: options.type }, 'The cluster pushes no jobs: they are asked for');
      return;
    }
    failures += 1;
    onGap();
    clock.schedule(backoff(failures, 200, 10_000), open);
  };
  const open = (): void => {
    if (signal.aborted) return;
    stream = gateway.streamJobs(requestOf(context, options), {
      onJob: (job) => {
        failures = 0;
        take(job);
      },
      onEnd: ended,
      isPaused: () => paused,
    });
    onGap();
  };
  signal.addEventListener('abort', () => stream?.cancel(), { once: true });
  open();
  return {
    pause: () => {
      paused = true;
      stream?.pause();
    },
    resume: () => {
      paused = false;
      stream?.resume();
    },
  };
}
