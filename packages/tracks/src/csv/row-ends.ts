/** Where the text before stands: outside of quotes, inside, right after a quote inside, or after the closing one. */
type Place = 'outside' | 'inside' | 'quote' | 'closed';

/**
 * Finds the ends of rows whose fields may be quoted, in a text that comes in pieces. Each character is looked at once,
 * however the text is cut and however long its fields are.
 */
export class RowEnds {
  readonly #delimiters: string;
  readonly #end: string;
  #place: Place = 'outside';
  #before = '\n';

  /**
   * @param delimiters characters that part fields.
   * @param end the last character of a line end.
   */
  constructor(delimiters: string, end: '\n' | '\r') {
    this.#delimiters = delimiters;
    this.#end = end;
  }

  /** Whether a quoted field is open. */
  get open(): boolean {
    return this.#place === 'inside';
  }

  /**
   * Goes through the next piece. The caller gives no piece that ends between the \r and the \n of a line end.
   *
   * @returns the place after the last row that ends in the piece, 0 where none does; whether a field ends or goes on
   *   in quotes there; and whether a field goes on after its closing quote, after which nothing more can be told.
   */
  next(piece: string): { end: number; quoted: boolean; broken: boolean } {
    const quoted = this.#place !== 'outside' || piece.includes('"');
    if (!quoted) {
      this.#before = piece[piece.length - 1];
      return { end: piece.lastIndexOf(this.#end) + 1, quoted, broken: false };
    }
    let end = 0;
    let lineEnd = -1;
    for (let at = 0; at < piece.length; ) {
      if (this.#place === 'outside') {
        const quote = piece.indexOf('"', at);
        const stop = quote < 0 ? piece.length : quote;
        if (lineEnd < at) lineEnd = this.#lineEnd(piece, at);
        while (lineEnd < stop) {
          end = lineEnd + 1;
          lineEnd = this.#lineEnd(piece, end);
        }
        at = stop + 1;
        if (quote >= 0 && this.#opens(quote === 0 ? this.#before : piece[quote - 1])) {
          this.#place = 'inside';
        }
      } else if (this.#place === 'inside') {
        const quote = piece.indexOf('"', at);
        if (quote < 0) break;
        this.#place = 'quote';
        at = quote + 1;
      } else if (this.#place === 'quote' && piece[at] === '"') {
        this.#place = 'inside';
        at++;
      } else {
        this.#place = 'closed';
        const c = piece[at];
        if (this.#delimiters.includes(c) || c === '\n' || c === '\r') this.#place = 'outside';
        else if (c.trim() === '') at++;
        else return { end, quoted, broken: true };
      }
    }
    this.#before = piece[piece.length - 1];
    return { end, quoted, broken: false };
  }

  #lineEnd(piece: string, from: number): number {
    const at = piece.indexOf(this.#end, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }

  /** A quote opens a field where it is the first character of it; elsewhere it is a character like any other. */
  #opens(before: string): boolean {
    return before === '\n' || before === '\r' || this.#delimiters.includes(before);
  }
}
