import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Of a page of the journal. */
const bytes = new Uint8Array(4096);
const rounds = 5;

/**
 * Measures how long a small write takes to be on the disk, with a file that is removed again.
 * @returns milliseconds, the median of five.
 * @throws the system's error, where nothing can be written.
 */
export async function measureFsync(folder: string): Promise<number> {
  const path = join(folder, `.bpmn-connectors-${randomUUID()}`);
  const file = await open(path, 'wx', 0o600);
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await file.write(bytes);
      const begin = performance.now();
      await file.sync();
      times.push(performance.now() - begin);
    }
    return times.toSorted((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
