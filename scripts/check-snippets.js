// Code in a README is cut from a program that is compiled and run: a block after
// <!-- snippet: examples/x/src/y.ts#name --> must be what stands there between `// #region name` and
// `// #endregion`, or the whole file where no name is given. With --write the blocks are brought up to date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-step.js';

const write = process.argv.includes('--write');
const block = /(<!-- snippet: ([^\s#]+)(?:#(\S+))? -->\n+```\w+\n)([\s\S]*?)(```)/g;
const problems = [];
let checked = 0;

function cutSnippet(file, region) {
  const text = readFileSync(join(root, file), 'utf8');
  if (region === undefined) return text;
  const match = new RegExp(`^( *)// #region ${region}\\n([\\s\\S]*?)^ *// #endregion`, 'm').exec(
    text,
  );
  if (match === null) throw new Error(`${file} has no region ${region}`);
  const [, indent = '', body = ''] = match;
  return body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}

function checkFile(readme) {
  const text = readFileSync(join(root, readme), 'utf8');
  const updated = text.replace(block, (_whole, head, file, region, body, tail) => {
    checked++;
    const wanted = cutSnippet(file, region);
    if (body !== wanted && !write)
      problems.push(
        `${readme}: the block from ${file}#${region ?? ''} differs: node scripts/check-snippets.js --write`,
      );
    return head + wanted + tail;
  });
  if (write && updated !== text) writeFileSync(join(root, readme), updated);
}

const readmes = ['packages', 'examples'].flatMap((parent) =>
  readdirSync(join(root, parent)).map((name) => join(parent, name, 'README.md')),
);
for (const readme of ['README.md', ...readmes]) {
  if (existsSync(join(root, readme))) checkFile(readme);
  else problems.push(`${readme} is missing`);
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`snippets: ${checked} in the READMEs are as in the sources`);
