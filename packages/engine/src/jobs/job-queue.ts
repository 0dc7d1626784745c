import type { ElementInstance } from '../state/process-instance.ts';

/** Elements whose job waits to be handed out, first in first out. */
export interface JobQueue {
  push(element: ElementInstance): void;
  /** The next whose job is still to be had. */
  take(): ElementInstance | undefined;
}

/** Entries before any are swept out. */
const fewest = 64;

/**
 * Taking moves a head instead of all that follow; jobs that are gone are skipped when their turn comes, or
 * swept out as the queue grows, since without a worker their turn never comes.
 */
export function createJobQueue(): JobQueue {
  let elements: (ElementInstance | undefined)[] = [];
  let head = 0;
  let sweepAt = fewest;
  const sweep = (): void => {
    elements = elements.filter((element) => element?.job?.queued === true);
    head = 0;
    sweepAt = Math.max(fewest, 2 * elements.length);
  };
  return {
    push: (element) => {
      if (element.job === undefined || element.job.queued) return;
      if (elements.length >= sweepAt) sweep();
      element.job.queued = true;
      elements.push(element);
    },
    take: () => {
      while (head < elements.length) {
        const element = elements[head];
        elements[head] = undefined;
        head += 1;
        if (head >= fewest && head * 2 > elements.length) {
          sweep();
        }
        if (element?.job?.queued !== true) continue;
        element.job.queued = false;
        if (!element.gone && element.incident === undefined) return element;
      }
      return undefined;
    },
  };
}
