import { writeSync } from 'node:fs';
import { openJournal } from '../../src/index.ts';

// Sixteen writers, each a chain of records, until the process is killed or the disk is full. A line per
// acknowledged record.
const journal = await openJournal(process.argv[2]);
const round = process.argv[3];

async function write(writer) {
  for (let n = 0; ; n += 1) {
    const key = `${round}-${writer}-${n}`;
    await journal.commit(() => [
      { namespace: 'record', key, value: 'x'.repeat(200) },
      { namespace: 'newest', key: `${round}-${writer}`, value: String(n) },
    ]);
    writeSync(1, `A ${key}\n`);
  }
}

const results = await Promise.allSettled(Array.from({ length: 16 }, (_, writer) => write(writer)));
const codes = new Set(results.map(({ reason }) => reason?.code));
writeSync(1, `F ${[...codes].join(',')}\n`);
const later = await journal
  .commit(() => [{ namespace: 'record', key: 'later', value: '' }])
  .catch(({ code }) => code);
writeSync(1, `L ${later}\n`);
