import { z } from 'zod';

/** A page of a list; `cursor` is given back to get the next page and null at the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), cursor: z.string().nullable() });
