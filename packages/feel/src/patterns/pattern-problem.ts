/** A regular expression that is not taken; the message says why. Never leaves this package. */
export class PatternProblem extends Error {
  override readonly name = 'PatternProblem';
}
