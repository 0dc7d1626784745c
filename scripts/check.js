// Lint, types, allowed imports, sizes, snippets, unused code, packaging. --quick leaves packaging out and
// adds the tests that need no program but Node.
import './setup.js';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runStep, runTool } from './run-step.js';

const quick = process.argv.includes('--quick');

runTool('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']);
runTool('oxlint/bin/oxlint', ['--type-aware']);
runTool('typescript/bin/tsc', ['-p', 'tsconfig.check.json']);
for (const script of ['check-imports.js', 'check-sizes.js', 'check-snippets.js']) {
  runStep(process.execPath, [join('scripts', script)]);
}
runTool('knip/bin/knip.js', ['--no-progress']);
if (quick) {
  runTool(
    'jest/bin/jest.js',
    ['--silent', '--testPathIgnorePatterns', 'ministack'],
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  );
} else {
  for (const name of readdirSync(join(root, 'packages'))) {
    if (name === 'benchmarks') continue;
    const folder = join('packages', name);
    runTool('publint/src/cli.js', [folder, '--strict']);
    runTool('@arethetypeswrong/cli/dist/index.js', [
      '--pack',
      folder,
      '--profile',
      'esm-only',
      '--quiet',
    ]);
  }
}
