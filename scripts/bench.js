// Every figure of the README: npm run bench
import './setup.js';
import { runStep } from './run-step.js';

runStep(process.execPath, ['packages/benchmarks/dist/index.js', ...process.argv.slice(2)]);
