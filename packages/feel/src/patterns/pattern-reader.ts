import { PatternProblem } from './pattern-problem.ts';

/** Reads a pattern from left to right. */
export class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get ended(): boolean {
    return this.#at >= this.#pattern.length;
  }

  /** The next character, a whole code point; '' at the end. */
  peek(): string {
    const code = this.#pattern.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  next(): string {
    const character = this.peek();
    if (character === '') throw this.problem('ends too early');
    this.#at += character.length;
    return character;
  }

  /** Takes a text if it stands here. */
  take(text: string): boolean {
    if (!this.#pattern.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Takes what a sticky expression finds here. */
  match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#pattern);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  problem(reason: string): PatternProblem {
    return new PatternProblem(`The regular expression ${reason} (at character ${this.#at + 1})`);
  }
}
