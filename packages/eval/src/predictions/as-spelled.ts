const ALIASES: Readonly<Record<string, string>> = { lw: 'levy-walk', 'levy-walk': 'lw' };

/**
 * The class that a label of a reference means, spelled as in the predictions: the same text, else the same but for
 * upper and lower case (`ATTM`, `attm`), else the other name of the Lévy walk (`LW`, `levy-walk`). The label itself
 * where it is none of the classes.
 *
 * @example
 * asSpelled('LW', ['fbm', 'levy-walk']) // 'levy-walk'
 */
export function asSpelled(label: string, classes: readonly string[]): string {
  if (classes.includes(label)) return label;
  const plain = label.toLowerCase();
  return (
    classes.find((name) => name.toLowerCase() === plain) ??
    classes.find((name) => name.toLowerCase() === ALIASES[plain]) ??
    label
  );
}
