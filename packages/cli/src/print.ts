/** Results on stdout: one JSON document, or lines of text. Nothing else is ever written there. */
export function printJson(value: unknown): void {
  process.stdout.write(
    `${JSON.stringify(value, (_, v) => (typeof v === 'number' && !Number.isFinite(v) ? null : v), 2)}\n`,
  );
}

/** Lines of text; at a terminal those that are too long for it go on in the next line, from a blank on. */
export function printLines(lines: readonly string[]): void {
  const width = terminalWidth();
  const fitting = width === undefined ? lines : lines.flatMap((line) => foldLine(line, width));
  process.stdout.write(`${fitting.join('\n')}\n`);
}

/** Columns of the terminal that results go to; undefined where they go to a file or another program, which get all. */
const terminalWidth = (): number | undefined =>
  process.stdout.isTTY && process.stdout.columns > 0 ? process.stdout.columns : undefined;

/** What stands between two columns of a table. */
const GAP = 2;

/** Columns of text are not cut to less. */
const NARROW = 8;

/**
 * Rows of cells in columns: those of numbers right-aligned, the others, and the first, left-aligned. Where they are too wide for the
 * terminal, long texts are cut, which … says; numbers and intervals are whole, and the first column as far as it tells rows apart:
 * columns that find no room stand below, behind the first one again.
 *
 * @param width columns that there are; those of the terminal if left out, and any number of them where there is none.
 */
export function table(
  rows: readonly (readonly string[])[],
  width: number | undefined = terminalWidth(),
): string[] {
  const columns = rows[0].map((_, k) => rows.map((row) => row[k]));
  const numeric = columns.map((cells, k) => k > 0 && cells.slice(1).every(isNumber));
  const wanted = columns.map(longest);
  const room = width ?? Number.POSITIVE_INFINITY;
  const least = columns.map((cells, k) => {
    if (k > 0) return cells.slice(1).every(isInterval) ? wanted[k] : Math.min(wanted[k], NARROW);
    return Math.min(
      wanted[k],
      Math.max(NARROW, Math.min(longest(cells.slice(1)), Math.floor(room / 3))),
    );
  });
  return blocks(least, room).flatMap((part, p) => {
    const widths = shrunk(part, wanted, least, room);
    return [
      ...(p > 0 ? [''] : []),
      ...rows.map((row) =>
        part
          .map((k, i) => {
            const cell = cut(row[k], widths[i]);
            const padding = ' '.repeat(widths[i] - lengthOf(cell));
            return numeric[k] ? padding + cell : cell + padding;
          })
          .join(' '.repeat(GAP))
          .trimEnd(),
      ),
    ];
  });
}

/**
 * What is known of one thing, a name and a text each: a text that is too long for the terminal goes on below itself, for there is
 * nothing that tells the rest.
 */
export function facts(
  rows: readonly (readonly [string, string])[],
  width: number | undefined = terminalWidth(),
): string[] {
  const name = Math.max(...rows.map(([each]) => lengthOf(each)));
  const room = (width ?? Number.POSITIVE_INFINITY) - name - GAP;
  return rows.flatMap(([each, text]) =>
    // Beside a long name there is no room: the text stands below.
    (room < 2 * NARROW ? [text] : foldLine(text, room).flatMap((line) => pieces(line, room))).map(
      (line, i) => `${(i === 0 ? each : '').padEnd(name)}${' '.repeat(GAP)}${line}`.trimEnd(),
    ),
  );
}

/** A number of things, one or several: `1 track`, `2 tracks`. */
export const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

/** A text with its end cut off, where it is longer than that. */
export const cut = (text: string, length: number): string =>
  lengthOf(text) <= length ? text : `${[...text].slice(0, Math.max(0, length - 1)).join('')}…`;

/** Widths of the columns that stand side by side: those that have room to give do so, the widest first. */
function shrunk(
  part: readonly number[],
  wanted: readonly number[],
  least: readonly number[],
  room: number,
): number[] {
  const widths = part.map((k) => wanted[k]);
  let over = widths.reduce((sum, each) => sum + each + GAP, -GAP) - room;
  while (over > 0) {
    const free = widths.map((each, i) => (each <= least[part[i]] ? 0 : each));
    const widest = Math.max(...free);
    if (widest === 0) break;
    widths[free.lastIndexOf(widest)]--;
    over--;
  }
  return widths.map((each) => Math.min(each, room));
}

/** Which columns stand side by side; the first stands in every block. */
function blocks(widths: readonly number[], width: number): number[][] {
  const found: number[][] = [[0]];
  let used = widths[0];
  for (let k = 1; k < widths.length; k++) {
    if (used + GAP + widths[k] > width && found[found.length - 1].length > 1) {
      found.push([0]);
      used = widths[0];
    }
    found[found.length - 1].push(k);
    used += GAP + widths[k];
  }
  return found;
}

/** A line in lines of a width, cut at blanks; what goes on is as far in as the line itself. */
export function foldLine(line: string, width: number): string[] {
  if (lengthOf(line) <= width) return [line];
  const [indent] = /^ */.exec(line) as RegExpExecArray;
  const lines: string[] = [];
  let last = '';
  // Two blanks and more stand between columns, and stay; so does a number with its %.
  for (const word of line.slice(indent.length).split(/(?<=\S) (?=[^\s%])/)) {
    const longer = last === '' ? indent + word : `${last} ${word}`;
    if (last !== '' && lengthOf(longer) > width) {
      lines.push(last);
      last = indent + word;
    } else last = longer;
  }
  return [...lines, last];
}

/** What has no blank to be cut at, such as JSON, is cut where the room ends. */
const pieces = (line: string, room: number): string[] =>
  lengthOf(line) <= room
    ? [line]
    : [[...line].slice(0, room).join(''), ...pieces([...line].slice(room).join(''), room)];

const longest = (cells: readonly string[]): number => Math.max(0, ...cells.map(lengthOf));

const lengthOf = (text: string): number => [...text].length;

const isNumber = (cell: string): boolean => /^([-+]?[\d.,]+(e[-+]?\d+)?( %)?|–)$/.test(cell);

/** A number, or two with "to" between them. */
const isInterval = (cell: string): boolean => cell.split(' to ').every(isNumber);
