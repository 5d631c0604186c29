/** How a table is written. */
export interface Dialect {
  delimiter: string;
  /** The last character of its line ends. */
  end: '\n' | '\r';
}

/**
 * Tells the dialect of a table by its first line, which comes in pieces: the delimiter is the comma, the semicolon or
 * the tab, whichever the line has most of outside of quotes. Each character is looked at once.
 */
export class FirstLine {
  readonly #counts: Record<string, number> = { ',': 0, ';': 0, '\t': 0 };
  #quoted = false;
  #before = '';

  /** The dialect where the line ends in this piece; undefined where it goes on. */
  next(piece: string): Dialect | undefined {
    for (let i = 0; i < piece.length; i++) {
      const c = piece[i];
      if (c === '"') {
        const opens = this.#before === '' || this.#before in this.#counts;
        this.#quoted = !this.#quoted && (opens || this.#before === '"');
      } else if (!this.#quoted) {
        if (c in this.#counts) this.#counts[c]++;
        else if (c === '\n') return this.dialect('\n');
        else if (c === '\r') return this.dialect(piece[i + 1] === '\n' ? '\n' : '\r');
      }
      this.#before = c;
    }
    return undefined;
  }

  /** The dialect as far as the line was seen. */
  dialect(end: Dialect['end']): Dialect {
    const [delimiter] = Object.entries(this.#counts).reduce((a, b) => (b[1] > a[1] ? b : a));
    return { delimiter, end };
  }
}
