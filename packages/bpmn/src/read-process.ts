import type { FlowElement, SequenceFlow } from './flow-element.ts';
import { elementsOf, type ModdleElement, textOf } from './moddle/moddle-element.ts';
import type { ProcessDefinition } from './process-definition.ts';
import type { ReadContext } from './read-context.ts';
import { readExtensions } from './read-extensions.ts';
import { readFlowElement, readSequenceFlow } from './read-flow-element.ts';

/** Sub-processes in sub-processes; far beyond what anybody draws. */
const deepestScope = 50;

/** Drawn, but without meaning for execution. */
const withoutMeaning = new Set([
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
]);

interface Found {
  readonly elements: FlowElement[];
  readonly flows: SequenceFlow[];
}

/** Reads an executable process with everything in it. */
export function readProcess(
  process: ModdleElement,
  id: string,
  context: ReadContext,
): ProcessDefinition {
  const found: Found = { elements: [], flows: [] };
  readScope(process, id, 1, found, context);
  const name = textOf(process, 'name');
  const extensions = readExtensions(process);
  const tag = extensions.get('versionTag');
  const versionTag = tag === undefined ? undefined : textOf(tag, 'value');
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(versionTag === undefined ? {} : { versionTag }),
    elements: connect(found),
    flows: found.flows,
    extensions: [...extensions.keys()],
  };
}

function readScope(
  scope: ModdleElement,
  scopeId: string,
  depth: number,
  found: Found,
  context: ReadContext,
): void {
  if (depth > deepestScope) {
    const fix = 'Use call activities';
    context.report(scope, undefined, `is nested deeper than ${deepestScope} scopes`, fix);
    return;
  }
  for (const element of elementsOf(scope, 'flowElements')) {
    const id = textOf(element, 'id') ?? '';
    if (withoutMeaning.has(element.$type)) continue;
    if (id === '') {
      context.report(element, 'id', `a ${element.$type} has no id`, 'Give it a unique id');
      continue;
    }
    readOne(element, id, scopeId, found, context);
    if (Array.isArray(element.get('flowElements'))) {
      readScope(element, id, depth + 1, found, context);
    }
  }
}

function readOne(
  element: ModdleElement,
  id: string,
  scopeId: string,
  found: Found,
  context: ReadContext,
): void {
  if (element.$type !== 'bpmn:SequenceFlow') {
    found.elements.push(readFlowElement(element, id, scopeId, context));
    return;
  }
  const flow = readSequenceFlow(element, id, scopeId, context);
  if (flow !== undefined) found.flows.push(flow);
}

/** The flows decide: files written by hand often lack the `bpmn:incoming` and `bpmn:outgoing` of their elements. */
function connect({ elements, flows }: Found): readonly FlowElement[] {
  const ends = { incoming: new Map<string, string[]>(), outgoing: new Map<string, string[]>() };
  const add = (map: Map<string, string[]>, element: string, flow: string): void => {
    const list = map.get(element);
    if (list === undefined) map.set(element, [flow]);
    else list.push(flow);
  };
  for (const { id, source, target } of flows) {
    add(ends.outgoing, source, id);
    add(ends.incoming, target, id);
  }
  return elements.map((element) => ({
    ...element,
    incoming: ends.incoming.get(element.id) ?? [],
    outgoing: ends.outgoing.get(element.id) ?? [],
  }));
}
