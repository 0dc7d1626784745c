import type { ElementInstance } from '../state/process-instance.ts';

/** Elements whose job waits to be handed out, first in first out. */
export interface JobQueue {
  push(element: ElementInstance): void;
  /** The next whose job is still to be had. */
  take(): ElementInstance | undefined;
}

/** Dead entries in front of the queue before it is cut. */
const cutAt = 1024;

/** Taking moves a head instead of all that follow; jobs that are gone are skipped when their turn comes. */
export function createJobQueue(): JobQueue {
  let elements: (ElementInstance | undefined)[] = [];
  let head = 0;
  return {
    push: (element) => {
      if (element.job === undefined || element.job.queued) return;
      element.job.queued = true;
      elements.push(element);
    },
    take: () => {
      while (head < elements.length) {
        const element = elements[head];
        elements[head] = undefined;
        head += 1;
        if (head >= cutAt && head * 2 > elements.length) {
          elements = elements.slice(head);
          head = 0;
        }
        if (element?.job?.queued !== true) continue;
        element.job.queued = false;
        if (!element.gone && element.incident === undefined) return element;
      }
      return undefined;
    },
  };
}
