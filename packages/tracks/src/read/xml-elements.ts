import { SaxesParser } from 'saxes';
import { ReadError } from '../errors.ts';
import { shorten } from '../quote-value.ts';
import { LONGEST_TOKEN } from './limits.ts';

/** Elements of TrackMate's documents are nested less than this. */
const DEEPEST = 1000;

/** What to do with the elements of a document, in their order. */
export interface ElementHandler {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
}

/**
 * Goes through the elements of an XML document without building it up.
 *
 * @throws {@link ReadError} where it is not well-formed, ends early, is nested deeper than any session, or has a tag, a
 *   comment or another part that is longer than any
 */
export async function xmlElements(
  text: AsyncIterable<string>,
  source: string,
  handler: ElementHandler,
): Promise<void> {
  const parser = new SaxesParser();
  let ended = false;
  parser.on('error', (error) => {
    const message = error.message.replace(/^(\d+:\d+: )?/, '').replace(/\.$/, '');
    const said = shorten(message, 200);
    throw new ReadError(
      ended ? `the XML ends early (${said})` : `the XML is not well-formed (${said})`,
      { source, line: parser.line },
    );
  });
  let depth = 0;
  /** Characters given to the parser, and how many of them when a part last ended. */
  let given = 0;
  let since = 0;
  for (const part of ['text', 'comment', 'cdata', 'doctype', 'processinginstruction'] as const) {
    parser.on(part, () => {
      since = given;
    });
  }
  parser.on('closetag', () => {
    since = given;
    depth--;
  });
  // The line of a tag's end is the one that is known; a spot's tag rarely takes more than one.
  parser.on('opentag', ({ name, attributes }) => {
    since = given;
    if (++depth > DEEPEST) {
      throw new ReadError(`the elements are nested more than ${DEEPEST} deep: expected a session`, {
        source,
        line: parser.line,
      });
    }
    handler.open(name, attributes, parser.line);
  });
  for await (const piece of text) {
    given += piece.length;
    parser.write(piece);
    if (given - since > LONGEST_TOKEN) {
      throw new ReadError(
        `a tag, a comment or a text goes on for ${given - since} characters: expected its end`,
        { source, line: parser.line },
      );
    }
  }
  ended = true;
  parser.close();
}
