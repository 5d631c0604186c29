import { type Column, type Columns, isTextColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { filterTracks } from '../filter-tracks.ts';
import { sliceFrames } from '../slice-frames.ts';
import { splitGaps } from '../split-gaps.ts';
import { Tracks } from '../tracks.ts';
import type { FormatResult } from './format-result.ts';
import {
  ERROR_COLUMNS,
  type FileReport,
  type ReadOptions,
  type TrackFormat,
} from './read-options.ts';
import { normalUnit } from './units.ts';

/** What a reader of one format made of a file, with the options that are the same for all of them, and a report of it. */
export async function finishRead(
  reading: Promise<FormatResult>,
  format: TrackFormat,
  name: string,
  options: ReadOptions,
): Promise<{ tracks: Tracks; report: FileReport }> {
  const read = await reading.catch((error) => {
    throw tooLarge(error, name);
  });
  const tracks = applyOptions(flatErrors(read.tracks), name, options);
  const report: FileReport = {
    file: name,
    format,
    tracks: tracks.count,
    points: tracks.pointCount,
    spotsOutsideTracks: 0,
    hiddenTracks: 0,
    supposed: 0,
    cuts: 0,
    duplicates: 0,
    ...read.found,
  };
  return { tracks, report };
}

/** Without errors along x and y of tracks that have a z with none: nothing could be made of them. */
function flatErrors(tracks: Tracks): Tracks {
  const { pointColumns, dim } = tracks;
  if (dim < 3 || !Object.hasOwn(pointColumns, 'x_err') || Object.hasOwn(pointColumns, 'z_err')) {
    return tracks;
  }
  const { x_err: _, y_err: __, ...rest } = pointColumns;
  return new Tracks({ ...tracks.data, pointColumns: rest });
}

/** What V8, SpiderMonkey and JavaScriptCore say of an array, a buffer, a string or a map that would be too large. */
const TOO_LARGE =
  /allocation failed|out of memory|invalid (typed )?array (buffer )?length|string length|map maximum size/i;

function tooLarge(error: unknown, name: string): unknown {
  if (!(error instanceof RangeError && TOO_LARGE.test(error.message))) return error;
  return new ReadError(
    'the file holds more points or tracks than fit in memory: expected less, in several files',
    { source: name },
    { cause: error },
  );
}

function applyOptions(read: Tracks, name: string, options: ReadOptions): Tracks {
  let tracks = read;
  if (options.dt !== undefined) {
    tracks = new Tracks({ ...tracks.data, dt: options.dt, timeUnit: 's' });
  }
  tracks = inUnits(tracks, name, options);
  if (options.frames) tracks = sliceFrames(tracks, options.frames);
  if (options.splitGaps !== undefined) tracks = splitGaps(tracks, options.splitGaps);
  const { minLength = 0 } = options;
  return minLength > 0 ? filterTracks(tracks, (track) => track.length >= minLength) : tracks;
}

function inUnits(tracks: Tracks, name: string, options: ReadOptions): Tracks {
  const chosen = options.positionUnit === undefined ? undefined : normalUnit(options.positionUnit);
  const { pixelSize } = options;
  if (pixelSize === undefined) {
    return chosen === undefined ? tracks : new Tracks({ ...tracks.data, positionUnit: chosen });
  }
  if (tracks.positionUnit !== '' && tracks.positionUnit !== 'pixel' && chosen !== 'pixel') {
    throw new ReadError(
      `positions are in ${tracks.positionUnit}, and pixelSize is for pixels: leave it out, or say that the unit is pixel`,
      { source: name },
    );
  }
  return new Tracks({
    ...tracks.data,
    positions: tracks.positions.map((x) => x * pixelSize),
    pointColumns: options.errors
      ? scaledErrors(tracks.pointColumns, pixelSize)
      : tracks.pointColumns,
    positionUnit: chosen === undefined || chosen === 'pixel' ? 'µm' : chosen,
  });
}

/** Columns of points with those of localisation errors in other units. */
function scaledErrors(columns: Columns, factor: number): Columns {
  const scaled: Record<string, Column> = { ...columns };
  for (const name of ERROR_COLUMNS) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column && !isTextColumn(column))
      scaled[name] = Float64Array.from(column, (e) => e * factor);
  }
  return scaled;
}
