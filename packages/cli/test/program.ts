import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/bpmn-connectors.js', import.meta.url));

/** The command as a process of its own, over what was built. */
export interface Program {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when it prints this; rejects when it ends before. */
  printed(text: string): Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Address of the webhooks' port and of the management API, once it is ready. */
  addresses(): Promise<{ readonly webhooks: string; readonly management: string }>;
}

const wanted = (text: string, pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`${pattern} is not in:\n${text}`);
  return found;
};

/** Starts `bpmn-connectors` with nothing of this process's environment but the path. */
export function startProgram(
  argv: readonly string[],
  { env = {}, cwd = process.cwd() }: { env?: Record<string, string>; cwd?: string } = {},
): Program {
  const child = spawn(process.execPath, [bin, ...argv], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const watch of watchers) watch();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const printed = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const watch = (): void => {
        if (!stdout.includes(text)) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
      void ended.then((code) => reject(new Error(`ended with ${code}:\n${stdout}${stderr}`)));
    });
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    printed,
    ended,
    addresses: async () => {
      await printed('Ready');
      return {
        webhooks: wanted(stdout, /^Listening +(\S+)$/m),
        management: wanted(stdout, /^Management +(\S+)\/api\/endpoints$/m),
      };
    },
  };
}
