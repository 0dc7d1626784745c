import { parseParameters } from '../parse-parameters.ts';

/** RFC 2046, section 5.1.1: 1 to 70 characters, a blank not at the end. */
const boundaryRule = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

/** The boundary between the parts, from a value of `Content-Type`; `undefined` without a good one. */
export function readBoundary(contentType: string): string | undefined {
  const semicolon = contentType.indexOf(';');
  if (semicolon < 0) return undefined;
  const boundary = parseParameters(contentType, semicolon)?.get('boundary');
  return boundary !== undefined && boundaryRule.test(boundary) ? boundary : undefined;
}
