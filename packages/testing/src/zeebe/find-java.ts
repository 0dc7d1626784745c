import { execFile } from 'node:child_process';
import { readdir, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Zeebe 8.6 and later need. */
const oldestJava = 21;

async function versionOf(home: string): Promise<number> {
  try {
    const { stderr } = await run(join(home, 'bin', 'java'), ['-version']);
    return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function candidates(): Promise<readonly string[]> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map(async (folder) => {
    const java = await realpath(join(folder, 'java')).catch(() => undefined);
    return java === undefined ? [] : [dirname(dirname(java))];
  });
  const installed = await readdir('/usr/lib/jvm').catch(() => []);
  return [
    process.env['JAVA_HOME'] ?? '',
    ...(await Promise.all(onPath)).flat(),
    ...installed.map((name) => join('/usr/lib/jvm', name)),
  ].filter((home) => home !== '');
}

/** Finds the home of a Java that Zeebe runs on: in JAVA_HOME, on the PATH, among those installed. */
export async function findJava(): Promise<string> {
  for (const home of await candidates()) {
    if ((await versionOf(home)) >= oldestJava) return home;
  }
  throw new Error(`Java ${oldestJava} or later is needed: set JAVA_HOME to one`);
}
