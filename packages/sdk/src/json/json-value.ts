/** Plain JSON data. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object: process variables, payloads, results. */
export interface JsonObject {
  [key: string]: JsonValue;
}
