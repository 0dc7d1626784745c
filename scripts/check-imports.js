// Holds the imports of every package's source against scripts/import-table.json.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-step.js';

const scope = '@bpmn-connectors/';
const table = JSON.parse(readFileSync(join(root, 'scripts/import-table.json'), 'utf8'));
const problems = [];

for (const name of readdirSync(join(root, 'packages'))) {
  const allowed = table[name];
  if (allowed === undefined) {
    problems.push(`packages/${name} is not in scripts/import-table.json: add a row for it`);
    continue;
  }
  const folder = join(root, 'packages', name, 'src');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(
      /(?:from|import)\s*\(?\s*'(@bpmn-connectors\/[^']+)'/g,
    )) {
      const target = specifier.slice(scope.length).split('/')[0];
      if (target !== name && !allowed.includes(target)) {
        problems.push(
          `packages/${name}/src/${file} imports ${specifier}: ${name} may import ${allowed.join(', ') || 'no package'}`,
        );
      }
    }
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('imports: as scripts/import-table.json allows');
