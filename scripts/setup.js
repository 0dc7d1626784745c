// Installs and builds. Needs Node and npm only; does nothing that is done already.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runStep, runTool } from './run-step.js';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node ${manifest.engines.node} is needed, this is ${process.versions.node}.`);
  process.exit(1);
}

function hashDependencies() {
  const hash = createHash('sha256');
  const folders = ['packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  const files = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...['.', ...folders].map((folder) => join(folder, 'package.json')),
  ];
  for (const file of files.filter((name) => existsSync(join(root, name)))) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function installDependencies() {
  const stamp = join(root, 'node_modules/.cache/installed');
  const wanted = hashDependencies();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  runStep('npx', [
    '--yes',
    manifest.packageManager,
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
  ]);
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  writeFileSync(stamp, wanted);
}

refuseOldNode();
installDependencies();
runTool('typescript/bin/tsc', ['-b']);
