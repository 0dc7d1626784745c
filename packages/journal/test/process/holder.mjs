import { writeSync } from 'node:fs';
import { openJournal } from '../../src/index.ts';

// Opens the journal, says so, and holds it until it is killed; or says why it could not.
try {
  await openJournal(process.argv[2]);
  writeSync(1, 'open\n');
  setInterval(() => {}, 1000);
} catch (error) {
  writeSync(1, `${error.code} ${error.message}\n`);
}
