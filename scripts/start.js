// The example, whole: npm start, or npm start -- --once
import './setup.js';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './run-step.js';

const example = spawn(
  process.execPath,
  [join(root, 'examples/order-shipping/dist/index.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
// Ctrl-C reaches the example by itself; this process only waits for it to close what it has open.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => signal === 'SIGTERM' && example.kill(signal));
}
example.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 0);
});
