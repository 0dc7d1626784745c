import type { Between } from '../servers/start-loop.ts';

/** How long the process runtime is there and not there, in turn; in milliseconds. */
export interface Bursts {
  readonly upMs: number;
  readonly downMs: number;
}

const goneMs = 1000;

/**
 * A process runtime that is unavailable in bursts. Of the commands that it then gets it takes every other one
 * all the same, and only its answer is lost: nobody but the process runtime can know.
 */
export function unavailableInBursts({ upMs, downMs }: Bursts): Between {
  const begin = performance.now();
  let asked = 0;
  return (send) => async (command) => {
    const isUp = (performance.now() - begin) % (upMs + downMs) < upMs;
    if (isUp) return send(command);
    asked += 1;
    if (asked % 2 === 0) await send(command);
    const message = 'A burst';
    return { status: 'unavailable', code: 'CONNECTION', message, retryAfterMs: goneMs };
  };
}
