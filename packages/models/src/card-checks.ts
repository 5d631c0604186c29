import { quote } from '@diffusion/tracks/messages';
import { ModelError } from './errors.ts';

/** Checks of the fields of a card, each of which names the field, what it is and what was expected. */
export class CardChecks {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  fail(field: string, value: unknown, expected: string): never {
    throw new ModelError(
      `${this.#source}: field "${field}" is ${quote(value)}: expected ${expected}`,
    );
  }

  record(field: string, value: unknown): Readonly<Record<string, unknown>> {
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : this.fail(field, value, 'an object');
  }

  text(field: string, value: unknown): string {
    return typeof value === 'string' && value !== '' ? value : this.fail(field, value, 'a text');
  }

  number(field: string, value: unknown): number {
    return typeof value === 'number' ? value : this.fail(field, value, 'a number');
  }

  /** A list of texts, each there once. */
  names(field: string, value: unknown, least = 0): readonly string[] {
    const expected = `a list of ${least > 0 ? `${least} or more ` : ''}different texts`;
    if (!Array.isArray(value) || value.length < least) return this.fail(field, value, expected);
    const texts = value.every((item) => typeof item === 'string' && item !== '');
    if (!texts || new Set(value).size !== value.length) this.fail(field, value, expected);
    return value;
  }

  /** Numbers by name. */
  numbers(field: string, value: unknown): Readonly<Record<string, number>> {
    const record = this.record(field, value);
    for (const [name, number] of Object.entries(record)) this.number(`${field}.${name}`, number);
    return record as Record<string, number>;
  }
}
