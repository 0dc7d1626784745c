import type { Journal, JournalOp, JournalValue } from '@bpmn-connectors/sdk';

/** A journal in memory: one transaction for all that is asked for in a turn of the event loop. */
export function createMemoryJournal(): Journal {
  const namespaces = new Map<string, Map<string, JournalValue>>();
  const notes: JournalOp[] = [];
  let collectors: (() => readonly JournalOp[])[] = [];
  let flushed: Promise<void> | undefined;

  const recordsOf = (namespace: string): Map<string, JournalValue> => {
    const records = namespaces.get(namespace) ?? new Map<string, JournalValue>();
    namespaces.set(namespace, records);
    return records;
  };
  const flush = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    const collecting = collectors;
    collectors = [];
    flushed = undefined;
    const ops = [...notes.splice(0), ...collecting.flatMap((collect) => collect())];
    for (const { namespace, key, value } of ops) {
      if (value === null) recordsOf(namespace).delete(key);
      else recordsOf(namespace).set(key, value);
    }
  };
  return {
    get: async (namespace, key) => recordsOf(namespace).get(key),
    scan: async (namespace, { after = '', limit = 1000 } = {}) =>
      [...recordsOf(namespace)]
        .map(([key, value]) => ({ key, value }))
        .filter(({ key }) => key > after)
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, limit),
    commit: (collect) => {
      collectors.push(collect);
      flushed ??= flush();
      return flushed;
    },
    note: (op) => {
      notes.push(op);
      flushed ??= flush();
    },
  };
}
