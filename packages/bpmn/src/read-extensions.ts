import type { CalledElement, EngineTask, IoMapping, TaskDefinition } from './flow-element.ts';
import {
  booleanOf,
  elementOf,
  elementsOf,
  localTypeOf,
  type ModdleElement,
  textOf,
} from './moddle/moddle-element.ts';
import type { ReadContext } from './read-context.ts';

/** The `zeebe:` extension elements of an element, by their local name (`taskDefinition`). */
export type Extensions = ReadonlyMap<string, ModdleElement>;

/** Of several extensions of one kind the first counts. */
export function readExtensions(element: ModdleElement): Extensions {
  const values = elementOf(element, 'extensionElements');
  const found = new Map<string, ModdleElement>();
  for (const value of values === undefined ? [] : elementsOf(values, 'values')) {
    if (!value.$type.startsWith('zeebe:')) continue;
    const type = localTypeOf(value);
    if (!found.has(type)) found.set(type, value);
  }
  return found;
}

/** Key-value pairs below an extension; of duplicate keys the first wins. Own keys only, whatever they are called. */
export function readPairs(
  owner: ModdleElement | undefined,
  list: string,
  key: string,
): Readonly<Record<string, string>> {
  const pairs = new Map<string, string>();
  for (const item of owner === undefined ? [] : elementsOf(owner, list)) {
    const name = textOf(item, key);
    if (name !== undefined && name !== '' && !pairs.has(name)) {
      pairs.set(name, textOf(item, 'value') ?? '');
    }
  }
  return Object.fromEntries(pairs);
}

/**
 * What modelers from Camunda 8.8 on write for a field that is left empty is an input mapping without source:
 * Zeebe gives it null.
 */
const absent = '=null';

/** Mappings below `zeebe:ioMapping`, in their order. */
export function readMappings(
  extensions: Extensions,
  list: 'inputParameters' | 'outputParameters',
  context: ReadContext,
): readonly IoMapping[] {
  const owner = extensions.get('ioMapping');
  const mappings: IoMapping[] = [];
  for (const item of owner === undefined ? [] : elementsOf(owner, list)) {
    const source = textOf(item, 'source');
    const target = textOf(item, 'target')?.trim();
    const kind = list === 'inputParameters' ? 'input' : 'output';
    if (target === undefined || target === '') {
      context.report(item, kind, 'a mapping has no target', 'Name the variable it writes');
    } else if (source === undefined && kind === 'output') {
      const property = `output ${target}`;
      context.report(item, property, 'the mapping has no source', 'Give a text or an expression');
    } else if (source === undefined) {
      mappings.push({ source: absent, target });
    } else {
      mappings.push({ source, target });
    }
  }
  return mappings;
}

/** `zeebe:taskDefinition`, with Zeebe's default of 3 retries. */
export function readTask(extensions: Extensions, context: ReadContext): TaskDefinition | undefined {
  const task = extensions.get('taskDefinition');
  if (task === undefined) return undefined;
  const type = textOf(task, 'type')?.trim() ?? '';
  if (type === '') {
    context.report(task, 'type', 'the task definition has no type', 'Give the type of its job');
    return undefined;
  }
  const retries = textOf(task, 'retries')?.trim() ?? '';
  return { type, retries: retries === '' ? '3' : retries };
}

/** `zeebe:script` or `zeebe:calledDecision`. */
export function readEngineTask(extensions: Extensions): EngineTask | undefined {
  const script = extensions.get('script');
  if (script !== undefined) return engineTask('script', textOf(script, 'expression'), script);
  const decision = extensions.get('calledDecision');
  if (decision === undefined) return undefined;
  return engineTask('decision', textOf(decision, 'decisionId'), decision);
}

function engineTask(
  kind: EngineTask['kind'],
  source: string | undefined,
  owner: ModdleElement,
): EngineTask {
  return { kind, source: source ?? '', resultVariable: textOf(owner, 'resultVariable') ?? '' };
}

/** `zeebe:calledElement`. */
export function readCalledElement(extensions: Extensions): CalledElement | undefined {
  const called = extensions.get('calledElement');
  if (called === undefined) return undefined;
  const versionTag = textOf(called, 'versionTag');
  return {
    processId: textOf(called, 'processId') ?? '',
    propagateAllChildVariables: booleanOf(called, 'propagateAllChildVariables', true),
    propagateAllParentVariables: booleanOf(called, 'propagateAllParentVariables', true),
    bindingType: textOf(called, 'bindingType') ?? 'latest',
    ...(versionTag === undefined ? {} : { versionTag }),
  };
}
