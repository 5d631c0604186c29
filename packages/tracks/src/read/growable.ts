import type { NumericArray } from '../column.ts';

const LARGEST_BLOCK = 1 << 18;

/**
 * A typed array that grows: values go into blocks, so that nothing already there is moved, and are put together once,
 * when all of them are known.
 */
export class Growable<A extends NumericArray> {
  readonly #make: new (
    length: number,
  ) => A;
  readonly #full: A[] = [];
  #block: A;
  #used = 0;
  #before = 0;

  constructor(make: new (length: number) => A) {
    this.#make = make;
    this.#block = new make(64);
  }

  get length(): number {
    return this.#before + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#block.length) {
      this.#full.push(this.#block);
      this.#before += this.#used;
      this.#block = new this.#make(Math.min(LARGEST_BLOCK, this.#block.length * 4));
      this.#used = 0;
    }
    this.#block[this.#used++] = value;
  }

  /** All values in one array. The blocks are let go: call it once. */
  finish(): A {
    const whole = new this.#make(this.length);
    let at = 0;
    for (const block of this.#full) {
      whole.set(block, at);
      at += block.length;
    }
    whole.set(this.#block.subarray(0, this.#used), at);
    this.#full.length = 0;
    return whole;
  }
}
