import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Editors write in several steps, or another file that they rename. */
const settleMs = 100;

/** Calls back when a file has changed, until the signal aborts. One call at a time. */
export function watchFile(file: string, onChange: () => Promise<void>, signal: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      turn = turn.then(onChange).catch(() => {});
    }, settleMs);
  };
  const watcher = watch(dirname(file), { persistent: false, signal }, (_event, name) => {
    if (name === null || name === basename(file)) changed();
  });
  // A folder that goes away ends the watching; what is served stays.
  watcher.on('error', () => watcher.close());
  signal.addEventListener('abort', () => clearTimeout(timer));
}
