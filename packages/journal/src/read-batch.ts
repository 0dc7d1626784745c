import type { Found, Read } from './thread-protocol.ts';

/** Joins the reads of a turn of the event loop into one request. */
export interface ReadBatch {
  readonly read: (read: Read) => Promise<Found>;
  /** Asks now for what waits for the end of the turn. */
  readonly flush: () => void;
}

interface Reader {
  readonly read: Read;
  readonly resolve: (found: Found) => void;
  readonly reject: (error: unknown) => void;
}

/** @param readAll answers each of them, by an error where one failed. */
export function createReadBatch(
  readAll: (reads: readonly Read[]) => Promise<readonly (Found | Error)[]>,
): ReadBatch {
  let readers: Reader[] = [];

  const flush = (): void => {
    const batch = readers;
    readers = [];
    if (batch.length > 0) void answer(batch);
  };

  const answer = async (batch: readonly Reader[]): Promise<void> => {
    try {
      const found = await readAll(batch.map(({ read }) => read));
      batch.forEach(({ resolve, reject }, index) => {
        const one = found[index] ?? [];
        if (one instanceof Error) reject(one);
        else resolve(one);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  return {
    read: (read) =>
      new Promise((resolve, reject) => {
        if (readers.push({ read, resolve, reject }) === 1) setImmediate(flush);
      }),
    flush,
  };
}
