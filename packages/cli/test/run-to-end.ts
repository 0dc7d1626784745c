import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/bpmn-connectors.js', import.meta.url));

/** What a command that ends by itself came to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What it runs with; nothing of this process's environment but the path. */
export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
}

/** Runs `bpmn-connectors` and waits for its end, while this process can answer it. */
export function runToEnd(
  argv: readonly string[],
  { cwd, env = {}, input = '' }: Surroundings,
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  // A program that reads no input may be gone before all of it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...texts })));
}
