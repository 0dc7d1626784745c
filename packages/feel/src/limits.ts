/** How much one evaluation, or one expression, may take. */
export interface Limits {
  /** Characters of the source. Longer: `FeelSyntaxError` from `compile`. @default 10,000 */
  readonly sourceLength: number;
  /** Elements visited, functions called, items and keys copied or compared. Over: `FEEL_LIMIT_STEPS`. @default 60,000 */
  readonly steps: number;
  /** Items that a range in `for`, `some`, `every` stands for. Over: `FEEL_LIMIT_LIST`. @default 10,000 */
  readonly rangeItems: number;
  /** Calls within calls of functions defined in the expression, and nesting of data. Over: `FEEL_LIMIT_DEPTH`. @default 200 */
  readonly depth: number;
  /** Characters of a text that the expression makes. Over: `FEEL_LIMIT_TEXT`. @default 4,000,000 */
  readonly textLength: number;
  /** Characters of a text that a regular expression is applied to. Over: `FEEL_LIMIT_TEXT`. @default 10,000 */
  readonly patternInput: number;
  /** Size of the result, about its length as JSON. Over: `FEEL_LIMIT_RESULT`. @default 5,000,000 */
  readonly resultSize: number;
}

/** What `compile` uses where `limits` says nothing. */
export const defaultLimits: Limits = Object.freeze({
  sourceLength: 10_000,
  steps: 60_000,
  rangeItems: 10_000,
  depth: 200,
  textLength: 4_000_000,
  patternInput: 10_000,
  resultSize: 5_000_000,
});

/** The limits given, with the default where one is missing, so that none can be switched off by accident. */
export const completeLimits = (given: Partial<Limits> = {}): Limits => ({
  sourceLength: given.sourceLength ?? defaultLimits.sourceLength,
  steps: given.steps ?? defaultLimits.steps,
  rangeItems: given.rangeItems ?? defaultLimits.rangeItems,
  depth: given.depth ?? defaultLimits.depth,
  textLength: given.textLength ?? defaultLimits.textLength,
  patternInput: given.patternInput ?? defaultLimits.patternInput,
  resultSize: given.resultSize ?? defaultLimits.resultSize,
});
