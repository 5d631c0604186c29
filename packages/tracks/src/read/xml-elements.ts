import { SaxesParser } from 'saxes';
import { ReadError } from '../errors.ts';

/** What to do with the elements of a document, in their order. */
export interface ElementHandler {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
}

/**
 * Goes through the elements of an XML document without building it up.
 *
 * @throws {@link ReadError} where it is not well-formed, or ends early
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
    throw new ReadError(
      ended ? `the XML ends early (${message})` : `the XML is not well-formed (${message})`,
      { source, line: parser.line },
    );
  });
  // The line of a tag's end is the one that is known; a spot's tag rarely takes more than one.
  parser.on('opentag', ({ name, attributes }) => handler.open(name, attributes, parser.line));
  for await (const piece of text) parser.write(piece);
  ended = true;
  parser.close();
}
