/** Names that a frame gives values to. One environment stands for one frame. */
export type Environment =
  /** One name; the frame holds its value. */
  | { readonly kind: 'local'; readonly name: string; readonly parent: Environment | undefined }
  /** Entries of a context that is being made; the frame holds the context. */
  | {
      readonly kind: 'entries';
      readonly names: ReadonlySet<string>;
      readonly parent: Environment | undefined;
    }
  /** Parameters of a function; the frame holds the arguments. */
  | {
      readonly kind: 'parameters';
      readonly names: readonly string[];
      readonly parent: Environment | undefined;
    }
  /** `item` and the keys that it has at run time; the frame holds the item. */
  | { readonly kind: 'item'; readonly parent: Environment | undefined };

/** Stands for the item where a filter is tried as an index, that is, without an item. */
export const noItem = Symbol('no item');
