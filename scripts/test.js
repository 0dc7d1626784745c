// All tests, or those that the arguments name: npm test -- packages/feel
import './setup.js';
import { runTool } from './run-step.js';

runTool(
  'jest/bin/jest.js',
  ['--json', '--outputFile=node_modules/.cache/test-results.json', ...process.argv.slice(2)],
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
);
