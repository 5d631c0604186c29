/** What JSON can say: what a card is made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON; what is undefined is left out. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
