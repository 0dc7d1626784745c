import { isModdleElement } from './moddle/moddle-element.ts';
import type { ReadContext } from './read-context.ts';

/** Makes problems of what bpmn-moddle could not place: nothing of a model is dropped in silence. */
export function reportWarnings(warnings: readonly unknown[], context: ReadContext): void {
  for (const warning of warnings) {
    if (typeof warning === 'object' && warning !== null) report(fieldsOf(warning), context);
  }
}

function report({ message, element, property, value }: WarningFields, context: ReadContext): void {
  const fix = 'Remove it or correct its spelling';
  if (!isModdleElement(element)) {
    const line = /\tline: (\d+)/.exec(message)?.[1];
    const nested = /nested error: ([^\n]*)/.exec(message)?.[1];
    const reason = nested === undefined ? firstLine(message) : `${firstLine(message)}: ${nested}`;
    context.reportAt(line === undefined ? {} : { line: Number(line) + 1 }, reason, fix);
    return;
  }
  const place = property?.slice(property.indexOf(':') + 1);
  if (message.startsWith('unresolved reference')) {
    const reason = `it refers to ${value ?? 'something'}, which is not in the file`;
    context.report(element, place, reason, 'Point it at an existing element or remove it');
  } else {
    context.report(element, place, firstLine(message), fix);
  }
}

interface WarningFields {
  readonly message: string;
  readonly element?: unknown;
  readonly property?: string;
  readonly value?: string;
}

function fieldsOf(warning: object): WarningFields {
  const fields = new Map<string, unknown>(Object.entries(warning));
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const property = text('property');
  const value = text('value');
  const message = text('message') ?? ('message' in warning ? String(warning.message) : 'unknown');
  return {
    message,
    element: fields.get('element'),
    ...(property === undefined ? {} : { property }),
    ...(value === undefined ? {} : { value }),
  };
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? text).slice(0, 200).trim();
