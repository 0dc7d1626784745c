/** `1 webhook`, `2 webhooks`. */
export const countOf = (count: number, name: string): string =>
  `${count} ${name}${count === 1 ? '' : 's'}`;
