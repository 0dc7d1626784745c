import { cpus } from 'node:os';
import { startZeebe, type Zeebe } from '@bpmn-connectors/testing/zeebe';
import { commandLines, connections } from './command-lines.ts';
import { compareFirstCalls } from './compare-first-calls.ts';
import { compareLines } from './compare-lines.ts';
import { installSdk } from './install-sdk.ts';
import { jobLines } from './job-lines.ts';
import { maxActive, plan } from './measure-worker.ts';

interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: () => Promise<readonly string[]>;
}

function sectionsOf(zeebe: Zeebe, sdkFolder: string, rounds: number): readonly Section[] {
  const { grpcAddress } = zeebe;
  return [
    {
      title: `commands: ${connections} connections, 3 s`,
      columns: ['what', 'per s', 'CPU ms a request', 'RSS MB'],
      rows: () => compareLines(commandLines(zeebe, sdkFolder), rounds),
    },
    {
      title: `jobs: ${plan.measured} that wait, after ${plan.warmUp} to warm up, ${maxActive} at work`,
      columns: ['what', 'per s', 'CPU ms a job', 'RSS MB'],
      rows: () => compareLines(jobLines(zeebe), rounds),
    },
    {
      title: 'cold starts of the clients',
      columns: ['what', 'ms to import it', 'ms to the first answer', 'RSS MB after it'],
      rows: () => compareFirstCalls({ grpcAddress, sdkFolder }, rounds * 3),
    },
  ];
}

const print = (...lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Prints rates, CPU and memory of our process at a real broker, beside clients alone. */
export async function benchCamunda8(rounds: number): Promise<void> {
  const sdkFolder = await installSdk();
  const zeebe = await startZeebe({ kind: 'broker' });
  try {
    print(
      `a Zeebe broker 8.6.0, ${rounds} rounds, Node ${process.versions.node}, ${cpus().length} cores, broker and load generator included`,
    );
    for (const { title, columns, rows } of sectionsOf(zeebe, sdkFolder, rounds)) {
      print(
        title,
        `| ${columns.join(' | ')} |`,
        `| ${columns.map((_, index) => (index === 0 ? '---' : '--:')).join(' | ')} |`,
      );
      print(...(await rows()));
    }
  } finally {
    await zeebe.stop();
  }
}
