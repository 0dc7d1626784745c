import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the workspace. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program in the root with its output shown, and ends this one with the same code when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 */
export function runStep(command, args, env = {}) {
  const { status, error, signal } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error) {
    console.error(`${command} cannot be started: ${error.message}`);
    process.exit(1);
  }
  if (status !== 0) {
    if (signal === null) console.error(`\nfailed: ${command} ${args.join(' ')}`);
    process.exit(status ?? 1);
  }
}

/**
 * Runs a tool of node_modules.
 * @param {string} script path below node_modules
 * @param {readonly string[]} args
 * @param {readonly string[]} [nodeOptions]
 */
export function runTool(script, args, nodeOptions = []) {
  runStep(process.execPath, [...nodeOptions, `node_modules/${script}`, ...args]);
}
