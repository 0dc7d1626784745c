import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateTemplates } from '@bpmn-connectors/element-templates';
import { eventBridgeDefinition, eventBridgeInboundDefinition } from '@bpmn-connectors/eventbridge';
import { webhookDefinition } from '@bpmn-connectors/webhook';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';
import type { Page } from 'playwright-core';
import { baseModel, templateElements } from '../modeling/base-model.ts';
import { driveModel } from '../modeling/drive-model.ts';
import { isOutbound, valueFor } from '../modeling/field-values.ts';
import { rootTemplates } from '../modeling/root-templates.ts';
import { driveModeler, type ModelerDriver } from './modeler-driver.ts';
import { type ModelerPage, startModelerPage } from './start-modeler-page.ts';

jest.setTimeout(180_000);

const screenshots = fileURLToPath(
  new URL('../../../../node_modules/.cache/modeler-screenshots/', import.meta.url),
);
const templates = rootTemplates.map(([, template]) => template);

let modelerPage: ModelerPage;
let page: Page;
let modeler: ModelerDriver;

beforeAll(async () => {
  modelerPage = await startModelerPage();
  mkdirSync(screenshots, { recursive: true });
  process.stdout.write(`modeler test: screenshots of the panels are in ${screenshots}\n`);
});
afterAll(() => modelerPage.close());

beforeEach(async () => {
  page = await modelerPage.browser.newPage({ viewport: { width: 1280, height: 1000 } });
  modeler = driveModeler(page);
  await page.goto(modelerPage.url);
});
afterEach(() => page.close());

const elementOf = (elementType: string): string =>
  Object.entries(templateElements).find(([type]) => type === elementType)?.[1] ?? '';

describe("in Camunda's modeler", () => {
  test.each(rootTemplates)(
    '%s is chosen, filled in, and its process runs to its end',
    async (name, template) => {
      const isInSubProcess = name.endsWith('event-sub-process');
      const { value: elementType } = template.elementType;
      await modeler.open(baseModel(elementType, isInSubProcess), templates);
      await modeler.choose(elementOf(elementType), template);
      await modeler.fillIn(template, (property) => valueFor(template, property, name));
      await modeler.screenshot(`${screenshots}${name}.png`);
      const model = await modeler.export();
      expect(modeler.complaints).toEqual([]);
      const { instance, sent } = await driveModel(model, {
        startsByHand: elementType !== 'bpmn:StartEvent' || isInSubProcess,
        webhookId: isOutbound(template) ? undefined : name,
      });
      expect(instance.state).toBe('completed');
      expect(sent).toEqual(isOutbound(template) ? [{ orderId: 'A1' }] : []);
    },
  );
});

const definitions = [eventBridgeDefinition, eventBridgeInboundDefinition, webhookDefinition];
const standIns = definitions.flatMap((definition) =>
  generateTemplates(definition, { ids: 'camunda' }),
);

/** What an element says, by name: properties, headers, mappings and the job type. */
function saidIn(model: string): ReadonlyMap<string, string> {
  const pattern =
    /<zeebe:(?:property name|header key)="([^"]*)" value="([^"]*)"|<zeebe:input source="([^"]*)" target="([^"]*)"|<zeebe:taskDefinition type="([^"]*)"/g;
  return new Map(
    [...model.matchAll(pattern)].map(([, name, value, source, target, type]) => [
      name ?? target ?? 'type',
      value ?? source ?? type ?? '',
    ]),
  );
}

describe("a model made with Camunda's template", () => {
  test.each([
    ['aws-eventbridge-outbound', 'bpmn:ServiceTask'],
    ['aws-eventbridge-intermediate', 'bpmn:IntermediateCatchEvent'],
    ['webhook-message-start', 'bpmn:StartEvent'],
  ])('keeps what it says when it is switched to %s, and back', async (name, elementType) => {
    const standIn = standIns.find((one) => one.name === name)?.template;
    const [, own] = rootTemplates.find(([file]) => file === name) ?? [];
    if (standIn === undefined || own === undefined) throw new Error(`there is no ${name}`);
    const element = elementOf(elementType);
    await modeler.open(baseModel(elementType, false), [...templates, standIn]);
    await modeler.choose(element, standIn);
    await modeler.fillIn(standIn, (property) => valueFor(standIn, property, name));
    const before = await modeler.export();
    await modeler.change(element, own);
    const switched = await modeler.export();
    await modeler.change(element, standIn);
    const after = await modeler.export();
    expect(switched).toContain(`modelerTemplate="${own.id}"`);
    const ofTemplate = ['elementTemplateId', 'elementTemplateVersion'];
    const kept = (model: string) =>
      Object.fromEntries([...saidIn(model)].filter(([key]) => !ofTemplate.includes(key)));
    expect(kept(switched)).toEqual(kept(before));
    expect(saidIn(after)).toEqual(saidIn(before));
    expect(modeler.complaints).toEqual([]);
  });
});
