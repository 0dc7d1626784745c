import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InboundSnapshot, silentLogger, systemClock } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFolderSource } from '../src/folder/create-folder-source.ts';
import { createCamunda8 } from '../src/index.ts';
import { eventually } from './support/eventually.ts';

const modelOf = (processId: string, webhookId: string): string => `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
  <bpmn:process id="${processId}" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:extensionElements><zeebe:properties>
      <zeebe:property name="inbound.type" value="io.camunda:webhook:1" />
      <zeebe:property name="inbound.context" value="${webhookId}" />
    </zeebe:properties></bpmn:extensionElements></bpmn:startEvent>
  </bpmn:process>
</bpmn:definitions>`;

let folder = '';
let stop = new AbortController();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camunda8-folder-'));
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await rm(folder, { recursive: true, force: true });
});

const idsOf = ({ elements }: InboundSnapshot): readonly unknown[] =>
  elements.map(({ properties }) => properties['inbound.context']);

test('what is in the folder is told, and what changes there', async () => {
  await mkdir(join(folder, 'deeper'));
  await writeFile(join(folder, 'a.bpmn'), modelOf('a', 'one'));
  await writeFile(join(folder, 'deeper', 'b.bpmn'), modelOf('b', 'two'));
  await writeFile(join(folder, 'notes.txt'), 'no model');
  const source = createFolderSource({
    folder,
    clock: systemClock,
    logger: silentLogger,
    tenantId: 'mine',
    intervalMs: 20,
  });
  expect(source.health().status).toBe('down');
  const watching = source.watch(stop.signal);
  await source.loaded;
  expect(idsOf(source.snapshot())).toEqual(['one', 'two']);
  expect(source.snapshot().elements[0]).toMatchObject({ processId: 'a', tenantId: 'mine' });
  expect(source.health().status).toBe('up');

  const { revision } = source.snapshot();
  await writeFile(join(folder, 'a.bpmn'), modelOf('a', 'another'));
  await eventually(() => idsOf(source.snapshot()).includes('another'));
  expect(source.snapshot().revision).toBeGreaterThan(revision);

  await rm(join(folder, 'deeper'), { recursive: true });
  await eventually(() => idsOf(source.snapshot()).length === 1);
  stop.abort();
  await watching;
});

test('a folder as Kubernetes mounts it has each model once, and follows its updates', async () => {
  const mount = async (version: string, webhookId: string): Promise<void> => {
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, 'a.bpmn'), modelOf('a', webhookId));
    await symlink(version, join(folder, '..data_tmp'));
    await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  };
  await mount('..2026_01', 'one');
  await symlink(join('..data', 'a.bpmn'), join(folder, 'a.bpmn'));
  const options = { folder, clock: systemClock, logger: silentLogger, intervalMs: 20 };
  const source = createFolderSource(options);
  void source.watch(stop.signal);
  await source.loaded;
  expect(idsOf(source.snapshot())).toEqual(['one']);
  await mount('..2026_02', 'two');
  await eventually(() => idsOf(source.snapshot()).includes('two'));
  expect(idsOf(source.snapshot())).toEqual(['two']);
});

test('a file that cannot be read leaves what it held, and is named in the log once', async () => {
  await writeFile(join(folder, 'a.bpmn'), modelOf('a', 'one'));
  const errors: unknown[] = [];
  const logger = { ...silentLogger, error: (fields: object) => void errors.push(fields) };
  const source = createFolderSource({ folder, clock: systemClock, logger, intervalMs: 20 });
  void source.watch(stop.signal);
  await source.loaded;
  await writeFile(join(folder, 'a.bpmn'), '<bpmn:definitions>');
  await eventually(() => errors.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(errors).toMatchObject([{ model: join(folder, 'a.bpmn') }]);
  expect(idsOf(source.snapshot())).toEqual(['one']);
});

test('a folder that goes away leaves all as it was: degraded, until it is back', async () => {
  const inner = join(folder, 'models');
  await mkdir(inner);
  await writeFile(join(inner, 'a.bpmn'), modelOf('a', 'one'));
  const options = { folder: inner, clock: systemClock, logger: silentLogger, intervalMs: 20 };
  const source = createFolderSource(options);
  void source.watch(stop.signal);
  await source.loaded;
  await rm(inner, { recursive: true });
  await eventually(() => source.health().status === 'degraded');
  expect(idsOf(source.snapshot())).toEqual(['one']);
});

test('the process runtime tells the elements of its folder', async () => {
  await writeFile(join(folder, 'a.bpmn'), modelOf('a', 'one'));
  const camunda8 = createCamunda8({ elements: { folder } });
  const told: InboundSnapshot[] = [];
  await camunda8.watchInbound(async (snapshot) => {
    told.push(snapshot);
    stop.abort();
  }, stop.signal);
  await camunda8.close();
  expect(told.map(idsOf)).toEqual([['one']]);
});
