import { ReadError } from '../errors.ts';
import { quote } from '../quote-value.ts';
import { assembleTracks } from './assemble-tracks.ts';
import { cutBranches } from './branches.ts';
import { ownString } from './column-builder.ts';
import type { FormatResult } from './format-result.ts';
import { Growable } from './growable.ts';
import { NumberReader } from './numbers.ts';
import { type PointTable, pointTable } from './point-table.ts';
import type { ReadOptions } from './read-options.ts';
import { SpotReader, stateInterval } from './spot-reader.ts';
import type { TrackmateDocument } from './trackmate-document.ts';
import { normalUnit } from './units.ts';

type Attributes = Readonly<Record<string, string>>;

/**
 * A TrackMate session: spots in `<AllSpots>`, tracks as links between them in `<AllTracks>`. Where the session has
 * `<FilteredTracks>`, the tracks that it does not list are hidden in TrackMate and left out here, and counted. Tracks
 * that split or merge are cut into their branches ({@link cutBranches}), each with the id of its track. The interval
 * between frames is the image's, or else what POSITION_T tells.
 */
export class TrackmateSession implements TrackmateDocument {
  readonly #source: string;
  readonly #options: ReadOptions;
  readonly #table: PointTable;
  readonly #spot: SpotReader;
  readonly #number = new NumberReader();
  readonly #spotIndex = new Map<number, number>();
  readonly #frames = new Growable(Int32Array);
  readonly #from = new Growable(Uint32Array);
  readonly #to = new Growable(Uint32Array);
  readonly #track = new Growable(Uint32Array);
  readonly #edgeLine = new Growable(Uint32Array);
  readonly #ids: string[] = [];
  #shown: Set<string> | undefined;
  #timeUnit = '';

  constructor(source: string, options: ReadOptions) {
    this.#source = source;
    this.#options = options;
    this.#table = pointTable(source, 3);
    this.#spot = new SpotReader(this.#table, options, [
      'FRAME',
      'POSITION_X',
      'POSITION_Y',
      'POSITION_Z',
    ]);
  }

  open(name: string, attributes: Attributes, line: number): void {
    if (name === 'Spot') this.#addSpot(attributes, line);
    else if (name === 'Edge') this.#addEdge(attributes, line);
    else if (name === 'Track') this.#ids.push(ownString(this.#get(attributes, 'TRACK_ID', line)));
    else if (name === 'FilteredTracks') this.#shown = new Set();
    else if (name === 'TrackID') this.#shown?.add(this.#get(attributes, 'TRACK_ID', line));
    else if (name === 'Model') {
      this.#table.positionUnit = normalUnit(attributes.spatialunits ?? '');
      this.#timeUnit = normalUnit(attributes.timeunits ?? '');
    } else if (name === 'ImageData') {
      stateInterval(this.#table, attributes.timeinterval, this.#timeUnit);
    }
  }

  finish(): FormatResult {
    const table = this.#table;
    const spots = table.line.length;
    const frames = this.#frames.finish();
    const lines = this.#edgeLine.finish();
    const [from, to, track] = [this.#from.finish(), this.#to.finish(), this.#track.finish()];
    const shown = this.#ids.map((id) => this.#shown?.has(id) ?? true);
    const kept = {
      from: new Growable(Uint32Array),
      to: new Growable(Uint32Array),
      track: new Growable(Uint32Array),
    };
    const inTrack = new Uint8Array(spots);
    for (let i = 0; i < from.length; i++) {
      inTrack[from[i]] = inTrack[to[i]] = 1;
      if (frames[from[i]] === frames[to[i]]) {
        throw new ReadError(
          `the link joins two spots of frame ${frames[from[i]]}: expected different frames`,
          { source: this.#source, line: lines[i], column: 'Edge' },
        );
      }
      if (!shown[track[i]]) continue;
      // TrackMate's links go forwards in time, but the format does not promise it.
      const forwards = frames[from[i]] < frames[to[i]];
      kept.from.push(forwards ? from[i] : to[i]);
      kept.to.push(forwards ? to[i] : from[i]);
      kept.track.push(track[i]);
    }
    if (kept.from.length === 0) {
      const what = from.length === 0 ? 'no tracks' : 'only tracks that its filters hide';
      throw new ReadError(`the session has ${what}: expected at least one <Track> of <Edge>s`, {
        source: this.#source,
      });
    }
    const links = {
      from: kept.from.finish(),
      to: kept.to.finish(),
      track: kept.track.finish(),
    };
    const branches = cutBranches(links, spots);
    this.#spot.checkKept();
    table.ids = branches.track.map((i) => this.#ids[i]);
    if (table.dt !== undefined) table.time = undefined;
    else table.timeUnit = this.#timeUnit;
    const { dt, perTrack } = this.#options;
    const { tracks } = assembleTracks(table, {
      dt,
      perTrack: new Set(perTrack),
      order: branches.order,
    });
    const found = {
      spotsOutsideTracks: spots - inTrack.reduce((n, used) => n + used, 0),
      hiddenTracks: shown.filter((visible) => !visible).length,
      cuts: branches.cuts,
    };
    return { tracks, found };
  }

  #addSpot(attributes: Attributes, line: number): void {
    if (this.#table.line.length === 0 && this.#options.dt === undefined) {
      if (attributes.POSITION_T !== undefined) this.#table.time = new Growable(Float64Array);
    }
    const id = this.#id(attributes, 'ID', line);
    if (this.#spotIndex.has(id)) {
      throw new ReadError(`spot ${id} is there twice: expected one`, {
        source: this.#source,
        line,
        column: 'ID',
      });
    }
    this.#spotIndex.set(id, this.#spotIndex.size);
    this.#spot.read(attributes, line);
    this.#frames.push(this.#number.read(attributes.FRAME));
  }

  #addEdge(attributes: Attributes, line: number): void {
    if (this.#ids.length === 0) {
      throw new ReadError('an <Edge> outside of a <Track>: expected it inside', {
        source: this.#source,
        line,
      });
    }
    for (const [name, into] of [
      ['SPOT_SOURCE_ID', this.#from],
      ['SPOT_TARGET_ID', this.#to],
    ] as const) {
      const id = this.#id(attributes, name, line);
      const spot = this.#spotIndex.get(id);
      if (spot === undefined) {
        throw new ReadError(`there is no spot ${id} in <AllSpots>: expected the ID of a spot`, {
          source: this.#source,
          line,
          column: name,
        });
      }
      into.push(spot);
    }
    this.#track.push(this.#ids.length - 1);
    this.#edgeLine.push(line);
  }

  #id(attributes: Attributes, name: string, line: number): number {
    const text = this.#get(attributes, name, line);
    const id = this.#number.read(text);
    if (Number.isInteger(id)) return id;
    throw new ReadError(`is ${quote(text)}: expected the ID of a spot`, {
      source: this.#source,
      line,
      column: name,
    });
  }

  #get(attributes: Attributes, name: string, line: number): string {
    const value = attributes[name];
    if (value !== undefined) return value;
    throw new ReadError('is missing: expected a value', {
      source: this.#source,
      line,
      column: name,
    });
  }
}
