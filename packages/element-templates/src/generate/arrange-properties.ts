import type { TemplatePanelGroup, TemplateProperty } from '../template/element-template.ts';
import { wordsOf } from './words-of.ts';

/** Properties and groups in the order of the panel. */
export interface Arrangement {
  readonly groups: readonly TemplatePanelGroup[];
  readonly properties: readonly TemplateProperty[];
}

/** Groups in the order of the panel. */
export interface PanelGroups {
  /** Of the connector's own fields. */
  readonly own: readonly TemplatePanelGroup[];
  /** Of the fields that all connectors have: they come last. */
  readonly common: readonly TemplatePanelGroup[];
}

/**
 * Puts what is written without being shown first, then the groups in their order. Within a group fields with a
 * condition come last: the panel tells fields apart by their position, and must not find another kind of
 * field there when one appears. Groups without fields are left out, those without a label get one.
 */
export function arrangeProperties(
  properties: readonly TemplateProperty[],
  { own, common }: PanelGroups,
): Arrangement {
  const hidden = properties.filter(({ type }) => type === 'Hidden');
  const shown = properties.filter(({ type }) => type !== 'Hidden');
  const used = new Set(shown.flatMap(({ group }) => group ?? []));
  const known = new Set([...own, ...common].map(({ id }) => id));
  const unnamed = [...used].filter((id) => !known.has(id));
  const groups = [...own, ...unnamed.map((id) => ({ id, label: wordsOf(id) })), ...common].filter(
    ({ id }) => used.has(id),
  );
  // A hidden property may depend on one that is shown, and has to come behind it.
  return {
    groups,
    properties: [
      ...hidden.filter(({ condition }) => condition === undefined),
      ...groups.flatMap(({ id }) => conditionalLast(shown.filter(({ group }) => group === id))),
      ...hidden.filter(({ condition }) => condition !== undefined),
    ],
  };
}

const conditionalLast = (properties: readonly TemplateProperty[]): readonly TemplateProperty[] => [
  ...properties.filter(({ condition }) => condition === undefined),
  ...properties.filter(({ condition }) => condition !== undefined),
];
