import type { z } from 'zod';

/** What a model may say of an event. */
export interface EventFields {
  readonly source?: string | undefined;
  readonly detailType?: string | undefined;
  readonly eventBusName?: string | undefined;
  readonly detail?: unknown;
  readonly resources?: readonly string[] | undefined;
  readonly time?: string | undefined;
  readonly traceHeader?: string | undefined;
}

/** An event that has all it must have. */
export interface CompleteEvent extends EventFields {
  /** Where the model has it: `input`, or `input.entries.2`. */
  readonly where: string;
  readonly source: string;
  readonly detailType: string;
  readonly eventBusName: string;
}

const required = ['source', 'detailType', 'eventBusName', 'detail'] as const;

/**
 * The events of an input: its `entries`, each completed by the input's own fields, else the one that the
 * input itself is. Tells the context what is missing and where.
 */
export function completeEvents(
  { entries, ...shared }: EventFields & { readonly entries?: readonly EventFields[] | undefined },
  context: z.core.$RefinementCtx,
): readonly CompleteEvent[] {
  const paths = entries?.map((_, index) => ['entries', index]) ?? [[]];
  return (entries ?? [{}]).map((entry, index) => {
    const event = { ...shared, ...entry };
    const path = paths[index] ?? [];
    for (const name of required) {
      if (event[name] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [...path, name], message: 'is missing' });
    }
    const { source = '', detailType = '', eventBusName = '' } = event;
    return { ...event, where: ['input', ...path].join('.'), source, detailType, eventBusName };
  });
}
