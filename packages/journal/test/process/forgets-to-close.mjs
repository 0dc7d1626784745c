import { writeSync } from 'node:fs';
import { openJournal } from '../../src/index.ts';

// Nothing but the write itself holds the process.
const journal = await openJournal(process.argv[2]);
void journal
  .commit(() => [{ namespace: 'record', key: 'a', value: '1' }])
  .then(() => writeSync(1, 'A a\n'));
