const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18"><rect width="18" height="18" rx="4" fill="#0f766e"/><g fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path d="M9 3.6v7.2M6.2 8.2 9 11l2.8-2.8"/><path d="M4 11.4v1.4a1.6 1.6 0 0 0 1.6 1.6h6.8a1.6 1.6 0 0 0 1.6-1.6v-1.4"/></g></svg>';

/** Something that comes in. */
export const icon = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
