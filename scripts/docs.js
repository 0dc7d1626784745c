// Writes the API documentation of all packages to docs/api.
import './setup.js';
import { join } from 'node:path';
import { runStep } from './run-step.js';

runStep(process.execPath, [join('scripts', 'api-docs', 'build.js'), '--write']);
