// FEEL's score on the DMN TCK: npm run tck. Apart from npm test, since its cases come with cargo, which a
// machine that runs the tests need not have.
import './setup.js';
import { runTool } from './run-step.js';

runTool(
  'jest/bin/jest.js',
  ['--testMatch', '**/packages/feel/test/dmn-tck/*.score.ts'],
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
);
