/** Results on stdout: one JSON document, or lines of text. Nothing else is ever written there. */
export function printJson(value: unknown): void {
  process.stdout.write(
    `${JSON.stringify(value, (_, v) => (typeof v === 'number' && !Number.isFinite(v) ? null : v), 2)}\n`,
  );
}

export function printLines(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Rows of cells in columns: those of numbers right-aligned, the others, and the first, left-aligned. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => [...row[k]].length)));
  const numeric = rows[0].map((_, k) => k > 0 && rows.slice(1).every((row) => isNumber(row[k])));
  return rows.map((row) =>
    row
      .map((cell, k) => {
        const padding = ' '.repeat(widths[k] - [...cell].length);
        return numeric[k] ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}

const isNumber = (cell: string): boolean => /^([-+]?[\d.,]+(e[-+]?\d+)?( %)?|–)$/.test(cell);
