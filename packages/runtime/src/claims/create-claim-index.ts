/** Pairs of a claim key's hash and the number of its record. */
export interface ClaimIndex {
  /** Numbers of the records whose key has this hash: usually none or one. */
  find(hash: number): readonly number[];
  /** A pair that is there already stays there once. */
  add(hash: number, sequence: number): void;
  remove(hash: number, sequence: number): void;
}

const smallest = 1024;
const highestLoad = 0.7;

/** What a slot without a pair has for a number. */
const free = 0;

interface Slots {
  readonly hashes: Float64Array;
  readonly sequences: Float64Array;
  readonly mask: number;
}

/**
 * A hash table in two flat arrays, 16 bytes a slot: a million claims take 32 MB, where a map of keys takes
 * hundreds. Pairs lie in the slot of their hash's low bits or the next free one behind it; it grows by
 * doubling.
 */
export function createClaimIndex(): ClaimIndex {
  let slots = emptySlots(smallest);
  let size = 0;
  return {
    find: (hash) => findAll(slots, hash),
    add: (hash, sequence) => {
      if (!put(slots, hash, sequence)) return;
      size += 1;
      if (size > slots.sequences.length * highestLoad) slots = doubled(slots);
    },
    remove: (hash, sequence) => {
      const at = slotOf(slots, hash, sequence);
      if (slots.sequences[at] === free) return;
      size -= 1;
      vacate(slots, at);
    },
  };
}

/** @param count a power of two. */
const emptySlots = (count: number): Slots => ({
  hashes: new Float64Array(count),
  sequences: new Float64Array(count),
  mask: count - 1,
});

function findAll({ hashes, sequences, mask }: Slots, hash: number): readonly number[] {
  const found: number[] = [];
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const sequence = sequences[at] ?? free;
    if (sequence === free) return found;
    if (hashes[at] === hash) found.push(sequence);
  }
}

/** The slot of a pair, or the free one where it belongs. */
function slotOf({ hashes, sequences, mask }: Slots, hash: number, sequence: number): number {
  let at = hash & mask;
  while (sequences[at] !== free && (sequences[at] !== sequence || hashes[at] !== hash)) {
    at = (at + 1) & mask;
  }
  return at;
}

/** @returns whether it was not there. */
function put(slots: Slots, hash: number, sequence: number): boolean {
  const at = slotOf(slots, hash, sequence);
  if (slots.sequences[at] !== free) return false;
  slots.hashes[at] = hash;
  slots.sequences[at] = sequence;
  return true;
}

function doubled({ hashes, sequences }: Slots): Slots {
  const slots = emptySlots(sequences.length * 2);
  sequences.forEach((sequence, at) => {
    if (sequence !== free) put(slots, hashes[at] ?? 0, sequence);
  });
  return slots;
}

/**
 * Empties a slot. A search ends at a free slot, so that pairs behind it move up, except where that would
 * put one before its hash's own slot.
 */
function vacate({ hashes, sequences, mask }: Slots, slot: number): void {
  let hole = slot;
  for (let at = (hole + 1) & mask; sequences[at] !== free; at = (at + 1) & mask) {
    const hash = hashes[at] ?? 0;
    const fromHome = (at - hash) & mask;
    if (fromHome < ((at - hole) & mask)) continue;
    hashes[hole] = hash;
    sequences[hole] = sequences[at] ?? free;
    hole = at;
  }
  sequences[hole] = free;
}
