import type { Column } from '../column.ts';
import { ReadError } from '../errors.ts';
import { quote } from '../quote-value.ts';
import { Growable } from './growable.ts';
import { NumberReader } from './numbers.ts';

/** So many rows are looked at before a column is taken to hold numbers or text. */
const SAMPLE = 4096;

/** One further column while it is read: numbers in 8 bytes a row, text in 4 and a dictionary. */
export class ColumnBuilder {
  readonly name: string;
  readonly #source: string;
  readonly #number = new NumberReader();
  #sample: string[] | undefined = [];
  #numbers: Growable<Float64Array> | undefined;
  #codes: Growable<Uint32Array> | undefined;
  readonly #index = new Map<string, number>();

  constructor(name: string, source: string) {
    this.name = name;
    this.#source = source;
  }

  push(text: string, line: number): void {
    if (this.#numbers) {
      const value = this.#valueOf(text);
      if (value === undefined) {
        throw new ReadError(
          `is ${quote(text)} after ${this.#numbers.length} rows of numbers: expected a number`,
          { source: this.#source, line, column: this.name },
        );
      }
      this.#numbers.push(value);
    } else if (this.#codes) {
      this.#pushText(text);
    } else {
      this.#sample!.push(text);
      if (this.#sample!.length === SAMPLE) this.#settle();
    }
  }

  finish(): Column {
    this.#settle();
    if (this.#numbers) return this.#numbers.finish();
    return { codes: this.#codes!.finish(), dictionary: [...this.#index.keys()] };
  }

  /** Numbers, when every field of the sample is one or empty. */
  #settle(): void {
    const sample = this.#sample;
    if (!sample) return;
    const values = sample.map((text) => this.#valueOf(text));
    const numeric =
      !values.includes(undefined) &&
      (values.some((v) => !Number.isNaN(v)) || sample.every((t) => t === ''));
    if (numeric) {
      this.#numbers = new Growable(Float64Array);
      for (const value of values) this.#numbers.push(value!);
    } else {
      this.#codes = new Growable(Uint32Array);
      for (const text of sample) this.#pushText(text);
    }
    this.#sample = undefined;
  }

  #pushText(text: string): void {
    let code = this.#index.get(text);
    if (code === undefined) {
      code = this.#index.size;
      this.#index.set(ownString(text), code);
    }
    this.#codes!.push(code);
  }

  #valueOf(text: string): number | undefined {
    const value = this.#number.read(text);
    if (!Number.isNaN(value)) return value;
    if (text === '' || /^\s*$|^[-+]?nan$|^na$|^n\/a$|^null$|^none$/i.test(text)) return NaN;
    if (/^\+?inf(inity)?$/i.test(text)) return Infinity;
    return /^-inf(inity)?$/i.test(text) ? -Infinity : undefined;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A copy that does not keep the whole block of text alive that the string was cut from. */
export function ownString(text: string): string {
  return text.length < 13 ? text : decoder.decode(encoder.encode(text));
}
