import { ReadError } from '../errors.ts';
import { assembleTracks } from './assemble-tracks.ts';
import { ownString } from './column-builder.ts';
import type { FormatResult } from './format-result.ts';
import { NotTracksError } from './not-tracks-error.ts';
import { pointTable } from './point-table.ts';
import type { ReadOptions } from './read-options.ts';
import { SpotReader } from './spot-reader.ts';
import { xmlElements } from './xml-elements.ts';

/** Icy's kind of detection for a point that the tracker supposed in a frame where it found nothing. */
const SUPPOSED = '2';

/**
 * Reads the tracks of Icy (`<root>` with `<trackfile>`, `<trackgroup>`s and `<track>`s of `<detection t x y z type>`) and
 * of the particle tracking challenge of 2012 (`<TrackContestISBI2012>` with `<particle>`s of them). Both count frames
 * from 0 and are in pixels. What Icy's tracker supposed where it found nothing (type 2) is left out, so that it is a gap,
 * and counted. Tracks that `<link>`s join, where one splits or merges, stay the branches that they are, and are counted.
 */
export async function readIcy(
  text: AsyncIterable<string>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const table = pointTable(source, 3);
  const spot = new SpotReader(table, options, ['t', 'x', 'y', 'z']);
  table.positionUnit = 'pixel';
  let root = false;
  let known = false;
  let supposed = 0;
  let cuts = 0;
  await xmlElements(text, source, {
    open(name, attributes, line) {
      if (!root) {
        if (name !== 'root') {
          throw new NotTracksError('the root is another element: expected <root>', {
            source,
            line,
          });
        }
        root = true;
      } else if (name === 'trackfile' || name === 'trackgroup' || name === 'TrackContestISBI2012') {
        known = true;
      } else if (name === 'track' || name === 'particle') {
        table.ids.push(ownString(attributes.id ?? String(table.ids.length)));
      } else if (name === 'link') {
        cuts++;
      } else if (name === 'detection') {
        if (table.ids.length === 0) {
          throw new ReadError('a <detection> outside of a <track>: expected it inside', {
            source,
            line,
          });
        }
        if (attributes.type === SUPPOSED) {
          supposed++;
          return;
        }
        spot.read(attributes.z === undefined ? { ...attributes, z: '0' } : attributes, line);
        table.track.push(table.ids.length - 1);
      }
    },
  });
  if (!known) {
    throw new NotTracksError(
      'the XML has no <trackfile>, <trackgroup> or <TrackContestISBI2012>: expected tracks of Icy',
      { source },
    );
  }
  if (table.line.length === 0) {
    throw new ReadError('there are no tracks: expected at least one <track> with a <detection>', {
      source,
    });
  }
  spot.checkKept();
  const { dt, duplicates, perTrack } = options;
  const assembled = assembleTracks(table, { dt, duplicates, perTrack: new Set(perTrack) });
  return {
    tracks: assembled.tracks,
    found: { duplicates: assembled.duplicates, supposed, cuts },
  };
}
