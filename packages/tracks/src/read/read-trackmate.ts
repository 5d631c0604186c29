import { ReadError } from '../errors.ts';
import { shorten } from '../quote-value.ts';
import { assembleTracks } from './assemble-tracks.ts';
import type { FormatResult } from './format-result.ts';
import { NotTracksError } from './not-tracks-error.ts';
import { type PointTable, pointTable } from './point-table.ts';
import type { ReadOptions } from './read-options.ts';
import { SpotReader, stateInterval } from './spot-reader.ts';
import type { TrackmateDocument } from './trackmate-document.ts';
import { TrackmateSession } from './trackmate-session.ts';
import { normalUnit } from './units.ts';
import { xmlElements } from './xml-elements.ts';

/**
 * Reads TrackMate's XML: a simple track export (`<Tracks>`) or a whole session (`<TrackMate>`, see
 * {@link TrackmateSession}).
 */
export async function readTrackmate(
  text: AsyncIterable<string>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  let document: TrackmateDocument | undefined;
  await xmlElements(text, source, {
    open(name, attributes, line) {
      if (document) {
        document.open(name, attributes, line);
      } else if (name === 'Tracks') {
        document = new TrackmateExport(source, options, attributes);
      } else if (name === 'TrackMate') {
        document = new TrackmateSession(source, options);
      } else {
        throw new NotTracksError(
          `the root is <${shorten(name)}>: expected TrackMate's <Tracks> or <TrackMate>`,
          {
            source,
            line,
          },
        );
      }
    },
  });
  return document!.finish();
}

/** `<Tracks>` with a `<particle>` per track and a `<detection t x y z/>` per point, t being the frame. */
class TrackmateExport implements TrackmateDocument {
  readonly #options: ReadOptions;
  readonly #table: PointTable;
  readonly #spot: SpotReader;

  constructor(source: string, options: ReadOptions, root: Readonly<Record<string, string>>) {
    this.#options = options;
    this.#table = pointTable(source, 3);
    this.#spot = new SpotReader(this.#table, options, ['t', 'x', 'y', 'z']);
    this.#table.positionUnit = normalUnit(root.spaceUnits ?? '');
    stateInterval(this.#table, root.frameInterval, root.timeUnits ?? '');
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void {
    if (name === 'particle') {
      this.#table.ids.push(String(this.#table.ids.length));
    } else if (name === 'detection') {
      if (this.#table.ids.length === 0) {
        throw new ReadError('a <detection> outside of a <particle>: expected it inside', {
          source: this.#table.source,
          line,
        });
      }
      this.#spot.read(attributes, line);
      this.#table.track.push(this.#table.ids.length - 1);
    }
  }

  finish(): FormatResult {
    return finishTable(this.#table, this.#options, this.#spot);
  }
}

function finishTable(table: PointTable, options: ReadOptions, spot: SpotReader): FormatResult {
  if (table.line.length === 0) {
    throw new ReadError(
      'there are no tracks: expected at least one <particle> with a <detection>',
      {
        source: table.source,
      },
    );
  }
  spot.checkKept();
  const { dt, duplicates, perTrack } = options;
  const assembled = assembleTracks(table, { dt, duplicates, perTrack: new Set(perTrack) });
  return { tracks: assembled.tracks, found: { duplicates: assembled.duplicates } };
}
