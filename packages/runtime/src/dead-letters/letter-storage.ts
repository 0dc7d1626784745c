import type { RawDelivery } from '@bpmn-connectors/sdk';
import type { DeadLetter } from './dead-letter.ts';

/** Where dead letters lie. */
export interface LetterStorage {
  /** All letters in the order of their ids. */
  load(): Promise<readonly DeadLetter[]>;
  /** Resolves when the letter is as durable as it gets here. */
  put(letter: DeadLetter, raw: RawDelivery): Promise<void>;
  read(id: string): Promise<RawDelivery | undefined>;
  remove(id: string): void;
  /** Resolves when all that was put and removed up to now is as durable as it gets here. */
  settled(): Promise<void>;
}
