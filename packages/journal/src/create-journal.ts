import { type Clock, ConnectorError, type JournalEntry } from '@bpmn-connectors/sdk';
import { createGroupCommit } from './group-commit.ts';
import type { LibsqlJournal } from './open-journal.ts';
import { createReadBatch } from './read-batch.ts';
import type { DatabaseThread } from './start-database-thread.ts';
import type { Found } from './thread-protocol.ts';

const defaultScanLimit = 1000;

/** The journal on a database that is open. */
export function createJournal(database: DatabaseThread, clock: Clock): LibsqlJournal {
  const reads = createReadBatch(database.read);
  const writes = createGroupCommit(database.write, clock);
  let closing: Promise<void> | undefined;

  const refuseIfClosed = (): void => {
    if (closing === undefined) return;
    throw new ConnectorError('JOURNAL_CLOSED', 'The journal is closed');
  };
  const close = async (): Promise<void> => {
    reads.flush();
    await writes.close();
    await database.close();
  };

  return {
    get: async (namespace, key) => {
      refuseIfClosed();
      const [value] = await reads.read([namespace, key]);
      return value;
    },
    scan: async (namespace, { after = '', limit = defaultScanLimit } = {}) => {
      refuseIfClosed();
      return entriesOf(await reads.read([namespace, after, limit]));
    },
    commit: writes.commit,
    note: writes.note,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function entriesOf(found: Found): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (let at = 0; at < found.length; at += 2) {
    const key = found[at];
    const value = found[at + 1];
    if (typeof key === 'string' && value !== undefined) entries.push({ key, value });
  }
  return entries;
}
