import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const find = (): string | undefined =>
  places.find((path) => path !== undefined && path !== '' && existsSync(path));

/**
 * Path of a Chromium. Where there is none, Debian's is installed, which root may do.
 * @throws {Error} there is none, and it cannot be installed.
 */
export function findChromium(): string {
  const found = find();
  if (found !== undefined) return found;
  try {
    const apt = (...argv: string[]) => execFileSync('apt-get', argv, { stdio: 'ignore' });
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  } catch (cause) {
    throw new Error('There is no Chromium: install it, or name one with CHROMIUM', { cause });
  }
  const installed = find();
  if (installed === undefined) throw new Error('Chromium was installed, but is not where it was');
  return installed;
}
