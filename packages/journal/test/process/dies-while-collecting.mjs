import { writeSync } from 'node:fs';
import { openJournal } from '../../src/index.ts';

const journal = await openJournal(process.argv[2]);
const record = (key) => ({ namespace: 'record', key, value: '1' });
await journal.commit(() => [record('before')]);
writeSync(1, 'A before\n');
void journal.commit(() => [record('first')]).then(() => writeSync(1, 'A first\n'));
void journal.commit(() => process.kill(process.pid, 'SIGKILL'));
