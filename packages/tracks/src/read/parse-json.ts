import { ReadError } from '../errors.ts';
import { tooDeep } from './nesting.ts';

/** Arrays and objects of the documents here are nested less than this. */
const DEEPEST = 100;

/**
 * A JSON document that somebody else wrote, parsed.
 *
 * @param what the document is, for messages.
 * @throws {@link ReadError} with the line where the text is no JSON, ends early or is nested deeper than any document
 *   that is meant
 *
 * @example
 * parseJson('{"format": "diffusion-model"}', 'card.json', 'a model card');
 */
export function parseJson(text: string, source: string, what: string): unknown {
  const deep = tooDeep(text, DEEPEST);
  if (deep >= 0) {
    throw new ReadError(`the JSON is nested more than ${DEEPEST} deep: expected ${what}`, {
      source,
      line: lineOf(text, deep),
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message;
    const position = /at position (\d+)/.exec(message)?.[1];
    const early = Number(position) >= text.length || /end of|unterminated|EOF/i.test(message);
    throw new ReadError(`${early ? 'the JSON ends early' : 'no valid JSON'}: expected ${what}`, {
      source,
      line: lineOf(text, position === undefined ? text.length : Number(position)),
    });
  }
}

function lineOf(text: string, position: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
