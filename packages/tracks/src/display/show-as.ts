/** What a value looks like: computed when it is shown, and not before. */
export interface Views {
  /** At most twenty lines, for a terminal and wherever there is nothing better. */
  readonly text: string;
  /** For a notebook: colours are those of the page around it. */
  readonly html?: string;
  /** A picture as vega-lite JSON, which notebooks draw. */
  readonly vegaLite?: object;
}

/** What notebooks tell apart, each by its type, as Jupyter's messages have it. */
export type MimeBundle = Readonly<Record<string, string | object>>;

/** The method by which a value shows itself in Jupyter: the convention of Deno's kernel. */
const JUPYTER = Symbol.for('Jupyter.display');
/** … to `console.log` in Node and Bun, and in Deno. */
const INSPECT = [Symbol.for('nodejs.util.inspect.custom'), Symbol.for('Deno.customInspect')];

/**
 * Lets a value show itself in notebooks and to `console.log`, and gives it back. The methods are not enumerable: JSON,
 * copies, structured clones and comparisons are what they were before.
 *
 * @param viewsOf what it looks like; of a prototype, what each of its objects does.
 *
 * @example
 * const row = showAs({ alpha: [0.5, 1.2] }, ({ alpha }) => ({ text: `${alpha.length} exponents` }));
 * console.log(row); // 2 exponents
 */
export function showAs<Value extends object>(
  value: Value,
  viewsOf: (value: Value) => Views,
): Value {
  if (!Object.isExtensible(value)) return value;
  const method = (key: symbol, does: (this: Value, ...args: never[]) => unknown) =>
    Object.defineProperty(value, key, { value: does, configurable: true, writable: true });
  method(JUPYTER, function () {
    return bundleOf(viewsOf(this));
  });
  for (const key of INSPECT) {
    method(key, function () {
      return viewsOf(this).text;
    });
  }
  return value;
}

/**
 * The views of a value as a bundle of MIME types; undefined for one that has none.
 *
 * @example
 * bundleFor(tracks)['text/plain'] // '60 tracks, 1,234 points, 2D …'
 */
export function bundleFor(value: unknown): MimeBundle | undefined {
  const display = (value as Record<symbol, unknown> | null | undefined)?.[JUPYTER];
  return typeof display === 'function' ? display.call(value) : undefined;
}

const bundleOf = ({ text, html, vegaLite }: Views): MimeBundle => ({
  ...(vegaLite && { 'application/vnd.vegalite.v5+json': vegaLite }),
  ...(html !== undefined && { 'text/html': html }),
  'text/plain': text,
});
