import type { z } from 'zod';
import type { TemplateMetadata } from '../template/template-metadata.ts';
import type { OutboundDefinition } from './outbound-connector.ts';

/** What an author writes down of an outbound connector. */
export interface OutboundDeclaration<Input extends z.ZodObject> {
  readonly type: string;
  readonly template: TemplateMetadata;
  readonly input: Input;
  /** Task headers that the connector reads itself: `job.customHeaders`. For its template. */
  readonly headers?: z.ZodObject;
}

/**
 * Declares an outbound connector: one definition gives types, validation and the element template.
 * @example
 * export const smsDefinition = defineOutbound({
 *   type: 'io.example:sms:1',
 *   template: { id: 'io.example.Sms.v1', version: 1, name: 'Send SMS' },
 *   input: z.object({ token: secret({ label: 'Token' }), to: field(z.string().min(1), { label: 'To' }) }),
 * });
 */
export function defineOutbound<Input extends z.ZodObject>(
  declaration: OutboundDeclaration<Input>,
): OutboundDefinition<Input> {
  return { kind: 'outbound', ...declaration, inputVariables: Object.keys(declaration.input.shape) };
}
