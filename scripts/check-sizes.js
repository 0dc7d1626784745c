// Source files stay small: none over 350 lines, median under 100; test files under 800.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-step.js';

const sources = [];
const problems = [];

for (const parent of ['packages', 'examples']) {
  for (const name of readdirSync(join(root, parent))) {
    for (const file of readdirSync(join(root, parent, name), {
      recursive: true,
      encoding: 'utf8',
    })) {
      if (!file.endsWith('.ts') || !/^(src|test)\//.test(file)) continue;
      const path = join(parent, name, file);
      const lines = readFileSync(join(root, path), 'utf8').split('\n').length - 1;
      const source = file.startsWith('src/');
      if (source && !file.endsWith('index.ts')) sources.push(lines);
      if (lines > (source ? 350 : 800))
        problems.push(`${path} has ${lines} lines: which two things does it hold?`);
    }
  }
}

sources.sort((a, b) => a - b);
const median = sources[Math.floor(sources.length / 2)] ?? 0;
if (median > 100) problems.push(`the median source file has ${median} lines, more than 100`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(
  `sizes: ${sources.length} source files, median ${median} lines, longest ${sources.at(-1) ?? 0}`,
);
