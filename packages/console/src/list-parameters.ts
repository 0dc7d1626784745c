import { z } from 'zod';

/** Query parameters of every list. */
export const listParameters = {
  cursor: z.string().min(1).max(1024).exactOptional(),
  limit: z
    .string()
    .regex(/^[0-9]{1,3}$/, 'must be a whole number from 1 to 500')
    .transform(Number)
    .pipe(z.int().min(1).max(500))
    .default(50),
};
