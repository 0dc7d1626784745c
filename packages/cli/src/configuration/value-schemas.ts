import { isIP } from 'node:net';
import { parseDuration } from '@bpmn-connectors/sdk';
import { z } from 'zod';

const textOr = <Schema extends z.ZodType>(schema: Schema, pattern: RegExp, message: string) =>
  z.union([schema, z.string().regex(pattern, message)], { error: message });

/** A TCP port; 0 takes a free one. */
export const portSchema = textOr(
  z.int(),
  /^[0-9]{1,5}$/,
  'must be a port: a whole number from 0 to 65535',
)
  .transform(Number)
  .refine((port) => port >= 0 && port <= 65_535, 'must be a port: a whole number from 0 to 65535');

const numberOr = (pattern: RegExp, message: string, isValid: (value: number) => boolean) =>
  textOr(z.number(), pattern, message).transform(Number).refine(isValid, message);

/** How many, at least one. */
export const countSchema = numberOr(
  /^[0-9]{1,6}$/,
  'must be a whole number from 1 on',
  (count) => Number.isInteger(count) && count >= 1,
);

/** How many a second, more than none. */
export const rateSchema = numberOr(
  /^[0-9]{1,9}(\.[0-9]{1,9})?$/,
  'must be a number above 0',
  (rate) => rate > 0,
);

/** Milliseconds up to a second. */
export const windowSchema = numberOr(
  /^[0-9]{1,4}$/,
  'must be a whole number from 0 to 1000',
  (ms) => Number.isInteger(ms) && ms >= 0 && ms <= 1000,
);

/** A duration of ISO 8601 that is longer than nothing. */
export const durationSchema = z
  .string()
  .refine((text) => (parseDuration(text) ?? 0) > 0, 'must be a duration of ISO 8601: PT5M');

/** A switch: given as a flag without value, elsewhere `true` or `false`. */
export const switchSchema = textOr(
  z.boolean(),
  /^(true|false)$/,
  'must be true or false',
).transform((value) => value === true || value === 'true');

/** Address or name to listen on. */
export const hostSchema = z
  .string()
  .refine(
    (host) => isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host),
    'must be a host name or an address, without port: 127.0.0.1',
  );

/** An http or https URL without query, its trailing slash taken off. */
export const urlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((url) => !/[?#]/.test(url), 'must have no query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));

/** Names in a list, or one text with commas between them. */
export const namesSchema = z
  .union([z.array(z.string().min(1)), z.string()])
  .transform((names) =>
    (Array.isArray(names) ? names : names.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

/** The path of a file or folder. */
export const pathSchema = z.string().min(1, 'must not be empty');
