const pattern = /\{([A-Za-z_][\w-]*)\}/g;

/** The names in braces in a text. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(pattern)].map(([, name]) => name);

/** A text with what is known of its placeholders in their place; others stay as they are. */
export const filled = (
  text: string,
  values: Readonly<Record<string, string | number | boolean>>,
): string =>
  text.replace(pattern, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
