// Lint, types, allowed imports, sizes, snippets, API documentation, unused code, packaging. --quick leaves packaging out and
// adds the tests that need no program but Node.
import './setup.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runStep, runTool } from './run-step.js';

const quick = process.argv.includes('--quick');

runTool('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']);
runTool('oxlint/bin/oxlint', ['--type-aware']);
runTool('typescript/bin/tsc', ['-p', 'tsconfig.check.json']);
for (const script of ['check-imports.js', 'check-sizes.js', 'check-snippets.js']) {
  runStep(process.execPath, [join('scripts', script)]);
}
runStep(process.execPath, [join('scripts', 'api-docs', 'build.js')]);
runTool('knip/bin/knip.js', ['--no-progress']);
if (quick) {
  runTool(
    'jest/bin/jest.js',
    ['--silent', '--testPathIgnorePatterns', 'ministack', 'test/modeler/', '\\.zeebe\\.test'],
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  );
} else {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const published = ['--filter', './packages/*', '--filter', '!@bpmn-connectors/benchmarks'];
  for (const tool of [
    ['publint', '--strict'],
    ['attw', '--pack', '.', '--profile', 'esm-only', '--quiet'],
  ]) {
    // pnpm itself, since both tools pack with it: workspace versions are only replaced there.
    runStep('npx', ['--yes', packageManager, '-r', ...published, 'exec', ...tool]);
  }
}
