import type { ElementTemplate, TemplateProperty } from '@bpmn-connectors/element-templates';
import type { Locator, Page } from 'playwright-core';
import { type FieldState, shownProperties } from './shown-properties.ts';

/** A person at the modeler. */
export interface ModelerDriver {
  /** Errors of the page and complaints of the modeler about templates. */
  readonly complaints: readonly string[];
  /** Opens a diagram with these templates to choose from. */
  open(xml: string, templates: readonly ElementTemplate[]): Promise<void>;
  /** Chooses a template for an element; one that is deprecated is not offered, and put there by the program. */
  choose(elementId: string, template: ElementTemplate): Promise<void>;
  /** Fills all fields in, and visits every choice of every dropdown on the way. */
  fillIn(
    template: ElementTemplate,
    valueFor: (property: TemplateProperty) => string | undefined,
  ): Promise<void>;
  /** Puts another template on an element, as an upgrade does. */
  change(elementId: string, template: ElementTemplate): Promise<void>;
  /** The diagram. */
  export(): Promise<string>;
  screenshot(path: string): Promise<void>;
}

/** As much of the modeler as is touched from here; it is a global of the page. */
declare const modeler: {
  get(service: 'elementRegistry'): { get(id: string): unknown };
  get(service: 'selection'): { select(element: unknown): void };
  get(service: 'elementTemplates'): { applyTemplate(element: unknown, template: unknown): unknown };
  get(service: 'elementTemplatesLoader'): { setTemplates(templates: unknown): void };
  on(event: string, callback: (event: Record<string, Error[]>) => void): void;
  importXML(xml: string): Promise<unknown>;
  saveXML(options: object): Promise<{ xml: string }>;
};
declare const requestAnimationFrame: (callback: (value: unknown) => void) => void;
declare const BpmnModeler: new (options: object) => typeof modeler;

const customGroup = 'group-ElementTemplates__CustomProperties';

/** @param page with the modeler's scripts loaded. */
export function driveModeler(page: Page): ModelerDriver {
  const complaints: string[] = [];
  page.setDefaultTimeout(10_000);
  page.on('pageerror', ({ message }) => complaints.push(message));

  const select = (elementId: string): Promise<void> =>
    page.evaluate((id) => {
      const element = modeler.get('elementRegistry').get(id);
      modeler.get('selection').select(element);
    }, elementId);
  const apply = (elementId: string, template: ElementTemplate): Promise<void> =>
    page.evaluate(
      ([id, one]) => {
        const element = modeler.get('elementRegistry').get(id);
        modeler.get('elementTemplates').applyTemplate(element, one);
      },
      [elementId, template] as const,
    );
  const showFields = async (elementId: string): Promise<void> => {
    await select(elementId);
    const headers = page.locator(
      `[data-group-id^="${customGroup}"] .bio-properties-panel-group-header`,
    );
    await headers.first().waitFor();
    for (const header of await headers.all()) {
      const isOpen = await header.evaluate((one) => one.classList.contains('open'));
      if (!isOpen) await header.click();
    }
  };

  return {
    complaints,
    open: async (xml, templates) => {
      const told = await page.evaluate(
        async ([diagram, list]) => {
          const events: string[] = [];
          const options = {
            container: '#canvas',
            propertiesPanel: { parent: '#panel', debounceInput: false },
          };
          const made = new BpmnModeler(options);
          Object.assign(globalThis, { modeler: made });
          for (const kind of ['errors', 'warnings']) {
            made.on(`elementTemplates.${kind}`, (event) => {
              for (const { message } of event[kind] ?? []) events.push(message);
            });
          }
          made.get('elementTemplatesLoader').setTemplates(list);
          await made.importXML(diagram);
          return events;
        },
        [xml, templates] as const,
      );
      complaints.push(...told);
      // The panel is drawn later, and does not hear of what was selected before.
      await page.locator('#panel [data-group-id]').first().waitFor();
    },
    choose: async (elementId, template) => {
      await select(elementId);
      if (template.deprecated === undefined) {
        await page.locator('[data-group-id="group-ElementTemplates__Template"] button').click();
        await page.locator(`.djs-popup .entry[data-id="apply-template-${template.id}"]`).click();
      } else {
        await apply(elementId, template);
      }
      await showFields(elementId);
    },
    fillIn: (template, valueFor) => fillIn(page, template, valueFor),
    change: apply,
    export: () =>
      page.evaluate(async () => {
        // What was typed last reaches the diagram with the next frame.
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        return (await modeler.saveXML({ format: true })).xml;
      }),
    screenshot: async (path) => {
      // High enough for all fields of a panel.
      await page.setViewportSize({ width: 1100, height: 2200 });
      await page.screenshot({ path });
      await page.setViewportSize({ width: 1280, height: 1000 });
    },
  };
}

async function fillIn(
  page: Page,
  { id, properties }: ElementTemplate,
  valueFor: (property: TemplateProperty) => string | undefined,
): Promise<void> {
  const state = new Map<string, string | boolean | undefined>();
  for (const { id: field, value, type } of properties) {
    if (field !== undefined && type !== 'Hidden') state.set(field, toState(value));
  }
  for (const property of properties) {
    const entry = entryOf(page, id, properties, property, state);
    if (entry === undefined) continue;
    await entry.scrollIntoViewIfNeeded();
    const chosen = await fillInOne(page, entry, property, valueFor(property));
    if (chosen !== undefined) state.set(property.id ?? '', chosen);
  }
}

/** @returns what was chosen, where there is a choice. */
async function fillInOne(
  page: Page,
  entry: Locator,
  property: TemplateProperty,
  value: string | undefined,
): Promise<string | undefined> {
  if (property.type === 'Dropdown') return visitChoices(entry, property, value);
  if (property.type === 'Boolean') {
    // There and back again.
    const box = entry.locator('input[type=checkbox]');
    for (let turn = 0; turn < 2; turn++) await box.click({ force: true });
  } else if (value !== undefined) {
    await enter(page, entry, property, value);
  }
  return undefined;
}

const toState = (value: TemplateProperty['value']): string | boolean | undefined =>
  typeof value === 'number' ? String(value) : value;

/** The panel's entry of a field: known by its group and its place among the fields that are shown there. */
function entryOf(
  page: Page,
  templateId: string,
  properties: readonly TemplateProperty[],
  property: TemplateProperty,
  state: FieldState,
): Locator | undefined {
  const inGroup = shownProperties(properties, state).filter(
    ({ group }) => group === property.group,
  );
  const index = inGroup.indexOf(property);
  if (index < 0) return undefined;
  return page.locator(`[data-entry-id="custom-entry-${templateId}-${property.group}-${index}"]`);
}

async function visitChoices(
  entry: Locator,
  { choices = [], value }: TemplateProperty,
  wanted: string | undefined,
): Promise<string> {
  const box = entry.locator('select');
  for (const choice of choices) await box.selectOption(choice.value);
  const last = wanted ?? String(value);
  await box.selectOption(last);
  return last;
}

/** Text goes into an input, FEEL into an editor, which a leading `=` opens where both are allowed. */
async function enter(
  page: Page,
  entry: Locator,
  { feel, type }: TemplateProperty,
  value: string,
): Promise<void> {
  const isFeel = value.startsWith('=');
  if (isFeel && feel === 'optional') {
    await entry.locator('input, textarea').first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('=');
  }
  if (isFeel) {
    const editor = entry.locator('.cm-content');
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(value.slice(1));
    await editor.blur();
    return;
  }
  const field = entry.locator(type === 'Text' ? 'textarea' : 'input').first();
  await field.fill(value);
  await field.blur();
}
