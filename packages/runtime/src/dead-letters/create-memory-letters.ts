import type { RawDelivery } from '@bpmn-connectors/sdk';
import type { LetterStorage } from './letter-storage.ts';

/** Keeps dead letters as long as the process lives. */
export function createMemoryLetters(): LetterStorage {
  const raws = new Map<string, RawDelivery>();
  return {
    load: async () => [],
    put: async ({ id }, raw) => {
      raws.set(id, raw);
    },
    read: async (id) => raws.get(id),
    remove: (id) => {
      raws.delete(id);
    },
    settled: async () => {},
  };
}
