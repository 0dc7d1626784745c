import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type ElementTemplate, writeTemplate } from '@bpmn-connectors/element-templates';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { main } from '../src/main.ts';
import { baseModel } from './modeling/base-model.ts';
import { rootTemplates } from './modeling/root-templates.ts';

const sample = fileURLToPath(new URL('data/definitions.js', import.meta.url));

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-templates-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function call(...argv: readonly string[]) {
  const out = { stdout: '', stderr: '' };
  const write = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      out[name] += text;
    },
  });
  const code = await main(['templates', ...argv], {
    env: { XDG_CONFIG_HOME: join(folder, 'config'), APPDATA: join(folder, 'config') },
    cwd: folder,
    signal: new AbortController().signal,
    stdin: Readable.from([]),
    stdout: write('stdout'),
    stderr: write('stderr'),
  });
  return { code, ...out };
}

const put = async (name: string, content: string | ElementTemplate): Promise<void> => {
  const text = typeof content === 'string' ? content : writeTemplate(content);
  await writeFile(join(folder, name), text);
};
const textOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const names = rootTemplates.map(([name]) => `${name}.json`);
const [, outbound] = rootTemplates.find(([name]) => name === 'aws-eventbridge-outbound') ?? [];
if (outbound === undefined) throw new Error('the outbound template is missing');

describe('templates install', () => {
  test('puts ours beside the diagrams of the working folder, as they are checked in', async () => {
    expect((await call('install')).code).toBe(0);
    const place = join('.camunda', 'element-templates');
    expect((await readdir(join(folder, place))).sort()).toEqual(names);
    expect(await textOf(join(place, 'aws-eventbridge-outbound.json'))).toBe(
      writeTemplate(outbound),
    );
  });

  test('puts those that stand in for Camunda’s where it is told to', async () => {
    expect((await call('install', '--to', 'there', '--ids', 'camunda')).code).toBe(0);
    const text = await textOf(join('there', 'aws-eventbridge-outbound.json'));
    expect(JSON.parse(text)).toMatchObject({ id: 'io.camunda.connectors.AWSEventBridge.v1' });
  });

  test('never replaces a newer version', async () => {
    await put('newer.json', { ...outbound, version: 9 });
    await call('install', 'newer.json', '--to', 'there');
    const { code, stderr } = await call('install', '--to', 'there');
    expect(code).toBe(1);
    expect(stderr).toMatch(/AWSEventBridge\.v1: version 9 is there/);
    expect(await readdir(join(folder, 'there'))).toEqual(['newer.json']);
  });

  test('knows the modeler’s folder for all diagrams', async () => {
    const { code, stdout } = await call('install', '--global');
    expect(code).toBe(0);
    expect(stdout).toMatch(/camunda-modeler.resources.element-templates/);
  });
});

describe('templates apply', () => {
  test('puts a template of ours on an element', async () => {
    await put('model.bpmn', baseModel('bpmn:ServiceTask', false));
    const { code, stdout } = await call(
      'apply',
      outbound.id,
      'model.bpmn',
      'Task',
      '-o',
      'out.bpmn',
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Task is ${outbound.name} (${outbound.id} ${outbound.version})\n`,
    });
    const model = await textOf('out.bpmn');
    expect(model).toContain('<zeebe:taskDefinition type="io.camunda:aws-eventbridge:1"');
    expect(model).toContain(`zeebe:modelerTemplate="${outbound.id}"`);
    expect(await textOf('model.bpmn')).not.toContain('modelerTemplate=');
  });

  test.each([
    [
      'a template that is not there',
      ['io.example.None', 'model.bpmn', 'Task'],
      /io\.example\.None.*there is no such template/,
    ],
    [
      'a model that is not there',
      [outbound.id, 'gone.bpmn', 'Task'],
      /gone\.bpmn: there is no such file/,
    ],
    [
      'an element that is not there',
      [outbound.id, 'model.bpmn', 'Tusk'],
      /model\.bpmn: it has no element Tusk/,
    ],
  ])('tells of %s', async (_name, argv, complaint) => {
    await put('model.bpmn', baseModel('bpmn:ServiceTask', false));
    const { code, stderr } = await call('apply', ...argv);
    expect(code).toBe(1);
    expect(stderr).toMatch(complaint);
  });
});

describe('templates generate', () => {
  test('makes templates of what a built module exports, and checks them later', async () => {
    expect(await call('generate', sample, '-o', 'made')).toEqual({
      code: 0,
      stdout: 'post-card.json  io.example.PostCard.v1 1\n',
      stderr: '',
    });
    expect((await call('generate', sample, '-o', 'made', '--check')).code).toBe(0);
    await put(join('made', 'post-card.json'), '{}');
    const { code, stderr } = await call('generate', sample, '-o', 'made', '--check');
    expect(code).toBe(1);
    expect(stderr).toMatch(/post-card\.json is not what the definition gives/);
  });

  test('keeps the older version, and refuses a change without a new one', async () => {
    await call('generate', sample, '-o', 'made');
    const text = await textOf(join('made', 'post-card.json'));
    const { version, properties, ...rest } = JSON.parse(text);
    const fewer = { ...rest, properties: properties.slice(0, -1) };
    await put(join('made', 'post-card.json'), JSON.stringify({ ...fewer, version }));
    const refused = await call('generate', sample, '-o', 'made');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/PostCard\.v1: it writes otherwise .*jobTimeout \(added\)/);
    await put(join('made', 'post-card.json'), JSON.stringify({ ...fewer, version: 0 }));
    expect((await call('generate', sample, '-o', 'made')).code).toBe(0);
    expect(await readdir(join(folder, 'made', 'versioned'))).toEqual(['post-card-0.json']);
  });

  test.each([
    ['a TypeScript file', 'connector.ts', /it is TypeScript.*Build it/],
    ['a module that is not there', './gone.js', /gone\.js: it cannot be loaded/],
    [
      'a module without definitions',
      fileURLToPath(new URL('data/own-engine.js', import.meta.url)),
      /exports no definition/,
    ],
  ])('tells of %s', async (_name, module, complaint) => {
    const { code, stderr } = await call('generate', module, '-o', 'made');
    expect(code).toBe(1);
    expect(stderr).toMatch(complaint);
  });
});

describe('templates lint, diff and index', () => {
  test('lint is content with ours, and names what is wrong with others', async () => {
    await call('install', '--to', 'ours');
    expect(await call('lint', 'ours')).toMatchObject({
      code: 0,
      stdout: `${names.length} templates are good\n`,
    });
    await put('broken.json', { ...outbound, groups: outbound.groups.slice(1) });
    const { code, stderr } = await call('lint', 'broken.json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/property authentication\.type: its group authentication is not there/);
  });

  test('lint of what is no template says so', async () => {
    await put('other.json', '{"a": 1}');
    const { code, stderr } = await call('lint', 'other.json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/other\.json: It is no element template: id/);
  });

  test('diff tells changes, and fails where the version did not go up', async () => {
    await put('old.json', { ...outbound, properties: outbound.properties.slice(1) });
    await put('new.json', outbound);
    expect(await call('diff', 'old.json', 'new.json')).toMatchObject({
      code: 1,
      stdout: 'added     zeebe:taskDefinition type\n',
      stderr: `The version has to go up: ${outbound.version + 1}\n`,
    });
    expect(await call('diff', 'new.json', 'new.json')).toMatchObject({ code: 0 });
  });

  test('index is what a modeler reads over HTTP', async () => {
    await put('one.json', outbound);
    const { stdout } = await call('index', 'one.json', '--base-url', 'https://example.com/t/');
    expect(JSON.parse(stdout)).toEqual({
      [outbound.id]: [
        {
          version: outbound.version,
          ref: 'https://example.com/t/one.json',
          engine: outbound.engines,
        },
      ],
    });
  });

  test.each([
    [[], 'nothing to do given: install, apply, generate, lint, diff, index'],
    [['instal'], 'unknown action instal; did you mean install?'],
    [['lint'], 'no file or folder given'],
    [['diff', 'one.json'], 'diff takes two files: the older, the newer'],
    [['install', '--too', 'x'], 'unknown flag --too; did you mean --to?'],
    [['install', '--ids', 'mine'], '--ids must be own or camunda'],
    [['generate', 'x.js'], '--output is missing: --output element-templates'],
  ])('called wrongly (%j) the command says how it is called', async (argv, problem) => {
    expect(await call(...argv)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(problem),
    });
  });
});
