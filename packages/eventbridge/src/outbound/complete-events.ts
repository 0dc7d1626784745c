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

function completeEvent(
  event: EventFields,
  path: readonly PropertyKey[],
  context: z.core.$RefinementCtx,
): CompleteEvent {
  for (const name of required) {
    if (event[name] !== undefined) continue;
    context.addIssue({ code: 'custom', path: [...path, name], message: 'is missing' });
  }
  const { source = '', detailType = '', eventBusName = '' } = event;
  return { ...event, where: ['input', ...path].join('.'), source, detailType, eventBusName };
}

/**
 * The events of an input: its `entries`, each completed by the input's own fields, else the one that the
 * input itself is. Tells the context what is missing and where.
 */
export function completeEvents(
  { entries, ...shared }: EventFields & { readonly entries?: readonly EventFields[] | undefined },
  context: z.core.$RefinementCtx,
): readonly CompleteEvent[] {
  if (entries === undefined) return [completeEvent(shared, [], context)];
  return entries.map((entry, index) =>
    completeEvent({ ...shared, ...entry }, ['entries', index], context),
  );
}
