import { writeSync } from 'node:fs';
import { openJournal } from '../../src/index.ts';

// Nothing but the journal itself holds the process: first for a write, then, if asked, for closing.
const [, , folder, ending] = process.argv;
const journal = await openJournal(folder);
await journal.commit(() => [{ namespace: 'record', key: 'a', value: '1' }]);
writeSync(1, 'A a\n');
if (ending === 'close') {
  await journal.close();
  writeSync(1, 'closed\n');
}
