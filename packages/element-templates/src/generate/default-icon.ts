const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18"><rect width="18" height="18" rx="4" fill="#475569"/><g fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round"><path d="M6.5 3.5v3.2M11.5 3.5v3.2M5 6.7h8v2a4 4 0 0 1-8 0zM9 12.7v1.8"/></g></svg>';

/** A plug, for connectors without an icon of their own. */
export const defaultIcon = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
