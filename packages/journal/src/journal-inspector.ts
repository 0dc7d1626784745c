import { inspectDatabase } from './inspect-database.ts';

// A process of its own: libsql gives up what reading locks only when its statements are collected, and the
// end of a process gives up everything.
const [, , folder = ''] = process.argv;
const refusal = inspectDatabase(folder);
process.stdout.write(JSON.stringify(refusal === undefined ? {} : { refusal }));
