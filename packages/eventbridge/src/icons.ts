const dataUri = (svg: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;

/** Something that goes onto a bus. */
export const sendIcon = dataUri(
  '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18"><rect width="18" height="18" rx="4" fill="#4338ca"/><g fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path d="M4.5 13.4h9M9 3.4v5.8M6.6 6.9 9 9.3l2.4-2.4"/></g><g fill="#fff"><circle cx="4.5" cy="13.4" r="1.6"/><circle cx="9" cy="13.4" r="1.6"/><circle cx="13.5" cy="13.4" r="1.6"/></g></svg>',
);

/** Something that comes from a bus. */
export const receiveIcon = dataUri(
  '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18"><rect width="18" height="18" rx="4" fill="#4338ca"/><g fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path d="M4.5 4.6h9M9 8.7v5.9M6.6 12.3 9 14.7l2.4-2.4"/></g><g fill="#fff"><circle cx="4.5" cy="4.6" r="1.6"/><circle cx="9" cy="4.6" r="1.6"/><circle cx="13.5" cy="4.6" r="1.6"/></g></svg>',
);
