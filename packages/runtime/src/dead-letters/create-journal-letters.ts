import type { Journal, JsonObject } from '@bpmn-connectors/sdk';
import type { DeadLetter } from './dead-letter.ts';
import type { LetterStorage } from './letter-storage.ts';

const letterNamespace = 'deadletter';
const bodyNamespace = 'deadletter-body';

interface LetterRecord extends DeadLetter {
  readonly envelope: JsonObject;
}

/** Keeps dead letters in the journal: what is known of one in a record, its body's raw bytes in another. */
export function createJournalLetters(journal: Journal): LetterStorage {
  return {
    load: async () => {
      const letters: DeadLetter[] = [];
      for (let after = ''; ; ) {
        const entries = await journal.scan(letterNamespace, { after });
        for (const { value } of entries) {
          const { envelope: _, ...letter } = recordOf(String(value));
          letters.push(letter);
        }
        const last = entries.at(-1);
        if (last === undefined) return letters;
        after = last.key;
      }
    },
    put: (letter, { envelope, body }) =>
      journal.commit(() => [
        {
          namespace: letterNamespace,
          key: letter.id,
          value: JSON.stringify({ ...letter, envelope }),
        },
        { namespace: bodyNamespace, key: letter.id, value: body },
      ]),
    read: async (id) => {
      const record = await journal.get(letterNamespace, id);
      const body = await journal.get(bodyNamespace, id);
      if (typeof record !== 'string' || !(body instanceof Uint8Array)) return undefined;
      return { envelope: recordOf(record).envelope, body };
    },
    remove: (id) => {
      journal.note({ namespace: letterNamespace, key: id, value: null });
      journal.note({ namespace: bodyNamespace, key: id, value: null });
    },
    settled: () => journal.commit(() => []),
  };
}

function recordOf(text: string): LetterRecord {
  const record: LetterRecord = JSON.parse(text);
  return record;
}
