import type { FieldMetadata } from '@bpmn-connectors/sdk';
import type { z } from 'zod';
import type { TemplateCondition } from '../template/element-template.ts';

/** A field of a connector's schema, as a template needs it. */
export interface TemplateField {
  /** Names on the way to it, dots between: `input.detailType`. */
  readonly path: string;
  /** What is left when optional, default and transforms are taken off. */
  readonly schema: z.core.$ZodType;
  readonly metadata: FieldMetadata;
  readonly group: string;
  /** Without a value an input is refused. */
  readonly isRequired: boolean;
  /** The schema's default. */
  readonly initial: unknown;
  /** Under which the field is there, outermost first. */
  readonly conditions: readonly SimpleCondition[];
}

/** One condition on one other property. */
export type SimpleCondition = Exclude<TemplateCondition, { readonly allMatch: unknown }>;
