import { nameOfBinding } from '../lint/name-of-property.ts';
import type { ElementTemplate, TemplateProperty } from '../template/element-template.ts';

/** What a newer template writes otherwise than an older one. */
export interface TemplateChange {
  /** The property's id or binding. */
  readonly property: string;
  readonly change: 'added' | 'removed' | 'id' | 'default' | 'choices' | 'condition';
}

/**
 * Compares what two templates write into a model. Where there is a change the version has to go up: models
 * that were made with the older one are told by it that they are behind. Labels, hints and icons may change freely.
 */
export function findChanges(
  before: ElementTemplate,
  after: ElementTemplate,
): readonly TemplateChange[] {
  const [old, young] = [byBinding(before), byBinding(after)];
  return [
    ...[...old.keys()]
      .filter((key) => !young.has(key))
      .map((property) => ({ property, change: 'removed' }) as const),
    ...[...young].flatMap(([key, property]) => {
      const was = old.get(key);
      return was === undefined
        ? [{ property: key, change: 'added' } as const]
        : changesOf(was, property, key);
    }),
  ];
}

/** Told apart by what they write, and where two write the same, by when. */
const byBinding = ({ properties }: ElementTemplate): ReadonlyMap<string, TemplateProperty> =>
  new Map(
    properties.map((property) => {
      const name = nameOfBinding(property.binding);
      const isTwice = properties.some(
        (other) => other !== property && nameOfBinding(other.binding) === name,
      );
      return [isTwice ? `${name} as ${property.id ?? property.value}` : name, property];
    }),
  );

/** Tells of itself: it changes with every version. */
const ofItself = new Set(['zeebe:taskHeader elementTemplateVersion']);

function changesOf(
  was: TemplateProperty,
  is: TemplateProperty,
  property: string,
): readonly TemplateChange[] {
  if (ofItself.has(property)) return [];
  const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const values = ({ choices }: TemplateProperty) => choices?.map(({ value }) => value).sort();
  return [
    ...(was.id === is.id ? [] : [{ property, change: 'id' } as const]),
    ...(differs([was.value, was.generatedValue], [is.value, is.generatedValue])
      ? [{ property, change: 'default' } as const]
      : []),
    ...(differs(values(was), values(is)) ? [{ property, change: 'choices' } as const] : []),
    ...(differs(was.condition, is.condition) ? [{ property, change: 'condition' } as const] : []),
  ];
}
