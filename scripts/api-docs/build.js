// Reads the doc comments of everything that packages export, and fails where there is none. With --write
// the pages are written to docs/api. A package of its own, since typedoc needs the API of TypeScript 6.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = '@bpmn-connectors/source';

/** Entry points by folder, and the names under which they are imported: `@bpmn-connectors/webhook/node`. */
function findEntryPoints() {
  const entryPoints = new Map();
  for (const folder of readdirSync(join(root, 'packages'))) {
    const manifest = JSON.parse(
      readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'),
    );
    if (manifest.private) continue;
    for (const [path, target] of Object.entries(manifest.exports)) {
      if (!target[source]) continue;
      entryPoints.set(posix.join(folder, target[source]), posix.join(manifest.name, path));
    }
  }
  return entryPoints;
}

/** @param {string} name */
const packageOf = (name) => name.split('/').slice(0, 2).join('/');

const names = findEntryPoints();
const app = await Application.bootstrap({
  name: 'BPMN Connectors',
  entryPoints: [...names.keys()].map((file) => join(root, 'packages', file)),
  tsconfig: join(root, 'scripts/api-docs/tsconfig.json'),
  // The check's own compiler has found all errors; this one is older.
  skipErrorChecking: true,
  excludeExternals: true,
  excludeInternal: true,
  readme: 'none',
  disableSources: true,
  sort: ['source-order'],
  validation: { notDocumented: true, invalidLink: true, notExported: false },
  requiredToBeDocumented: ['Class', 'Function', 'Interface', 'TypeAlias', 'Variable'],
  // By default it is the package of the root alone, in which nothing is.
  packagesRequiringDocumentation: [...new Set([...names.values()].map(packageOf))],
  // Methods of its roles, which document them; a mapped type loses the comments.
  intentionallyNotDocumented: [
    'send',
    'work',
    'deploy',
    'watchInbound',
    'instances',
    'instance',
    'incidents',
    'resolveIncident',
  ].map((method) => `@bpmn-connectors/sdk.ProcessRuntime.${method}`),
  logLevel: 'Warn',
});
const project = await app.convert();
if (project === undefined) process.exit(1);
for (const module of project.children ?? []) {
  module.name = names.get(`${module.name}/index.ts`) ?? module.name;
}
app.validate(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
if (process.argv.includes('--write')) await app.generateDocs(project, join(root, 'docs/api'));
console.log(`api: all that ${names.size} entry points export is documented`);
