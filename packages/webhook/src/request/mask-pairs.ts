import { decodePart } from './parse-pairs.ts';

/** Masks the values of `a=1&b=2` as they read when decoded. A pair without a secret stays as it came. */
export const maskPairs = (text: string, mask: (text: string) => string): string =>
  text
    .split('&')
    .map((part) => maskPair(part, mask))
    .join('&');

function maskPair(part: string, mask: (text: string) => string): string {
  const start = part.indexOf('=') + 1;
  const value = decodePart(part.slice(start)) ?? '';
  const masked = mask(value);
  return masked === value ? part : part.slice(0, start) + encodeURIComponent(masked);
}
