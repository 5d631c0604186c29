import type { TextColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { quote, quoteAll } from '../quote-value.ts';
import { cutBranches } from './branches.ts';
import { type Stated, tracksOfColumns } from './columns-to-tracks.ts';
import { damaged } from './damaged.ts';
import { allowedBytes, checkDeclared } from './declared-size.ts';
import type { FormatResult } from './format-result.ts';
import { type GeffAxis, type GeffMetadata, geffMetadata } from './geff-metadata.ts';
import { NotTracksError } from './not-tracks-error.ts';
import { parseJson } from './parse-json.ts';
import { plainColumn } from './plain-column.ts';
import type { ReadOptions } from './read-options.ts';
import { TRACK_IDS } from './track-prefix.ts';
import { normalUnit } from './units.ts';
import { usePlainCodecs } from './zarr-codecs.ts';
import type { StoredFiles } from './zarr-files.ts';

/** The longest document of attributes that is looked at. */
const LONGEST_ATTRIBUTES = 1 << 22;

/** How many groups deep the graph may be in its store. */
const DEEPEST = 4;

/**
 * Reads GEFF, the Graph Exchange File Format (version 0.3 to 1): a Zarr group of version 2 or 3 with nodes, edges and
 * their properties. Where a track splits or merges it is cut into its tracklets ({@link cutBranches}). A node without an
 * edge is a track of one point where the graph says its tracklet, and is else a spot in no track.
 *
 * Positions are the space axes (x before y before z, with their scale and offset); frames are a time axis in frames, or
 * else come from its times. Further properties with one value per node can be kept.
 *
 * @param files of the group, or of a store that has one such group in it
 *
 * Source: live-image-tracking-tools, geff specification 1.3.
 */
export async function readGeff(
  files: StoredFiles,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const { root, metadata } = await findGraph(files, source);
  const store = await openStore(files, root, source, options.maxUnpacked);
  const ids = await store.array('nodes/ids', 1);
  if (!ids) {
    throw new ReadError('nodes/ids is missing: expected the ids of the nodes', { source });
  }
  const count = ids.shape[0];
  if (count === 0) {
    throw new ReadError('there are no nodes: expected at least one', { source });
  }
  const property = async (name: string): Promise<Property | undefined> => {
    const values = await store.array(`nodes/props/${name}/values`, 1);
    if (!values) return undefined;
    if (values.shape[0] !== count) {
      throw new ReadError(`has ${values.shape[0]} values: expected ${count}, as there are nodes`, {
        source,
        column: name,
      });
    }
    const column = plainColumn(values.data);
    if (!column) return undefined;
    const missing = await store.array(`nodes/props/${name}/missing`, 1);
    if (!missing) return { column, missing: () => false };
    const gone = missing.data;
    if (column instanceof Float64Array) {
      for (let i = 0; i < count; i++) if (gone[i]) column[i] = NaN;
    }
    return { column, missing: (i) => Boolean(gone[i]) };
  };
  const { space, time } = axesOf(metadata, store.properties, source);
  const table = { names: [] as string[], columns: [] as (Float64Array | TextColumn)[] };
  const numbers = async (axis: GeffAxis): Promise<Float64Array> => {
    const found = await property(axis.name);
    if (!found || !(found.column instanceof Float64Array)) {
      throw new ReadError(
        `is ${found ? 'text' : 'missing'}: expected numbers, as the axes of the graph say`,
        { source, column: axis.name },
      );
    }
    return found.column;
  };
  for (const [i, axis] of space.entries()) {
    table.names.push(['x', 'y', 'z'][i]);
    table.columns.push(scaled(await numbers(axis), axis));
  }
  const when = await numbers(time);
  const stated: Stated = { positionUnit: unitOf(space, source) };
  const inFrames = /^frames?$/i.test(time.unit ?? 'frame') && when.every(Number.isInteger);
  table.names.push(inFrames ? 'frame' : 't');
  table.columns.push(inFrames ? when : scaled(when, time));
  const unit = normalUnit((time.scale === undefined ? time.unit : time.scaledUnit) ?? '');
  if (inFrames && time.scale !== undefined && time.scale > 0) {
    Object.assign(stated, { dt: time.scale, timeUnit: unit });
  } else if (!inFrames) {
    stated.timeUnit = unit;
  }
  const own = table.names.length;
  const used = new Set([...space, time].map(({ name }) => name));
  used.add(TRACK_IDS);
  if (metadata.tracklet !== undefined) used.add(metadata.tracklet);
  await addFurther(table, store.properties, used, options, property);
  const edges = await linksOf(store, ids.data, count, source);
  const tracklet = await named(metadata.tracklet, property);
  const lineage = await named(metadata.lineage, property);
  const texts = await property(TRACK_IDS);
  const { from, to } = forwards(edges, when, source);
  const component = components(from, to, count);
  const single = singleNodes(from, to, count, tracklet);
  const branches = cutBranches(
    {
      from: concat(from, single),
      to: concat(to, single),
      track: concat(
        from.map((node) => component[node]),
        single.map((node) => component[node]),
      ),
    },
    count,
  );
  if (branches.track.length === 0) {
    throw new ReadError('there are no edges: expected at least one track', { source });
  }
  const { offsets, order } = branches.order;
  const text = (found: Property, node: number) =>
    found.column instanceof Float64Array
      ? String(found.column[node])
      : found.column.dictionary[found.column.codes[node]];
  const idOf = (i: number): string => {
    const first = order[offsets[i]];
    for (const found of [texts, tracklet, lineage]) {
      if (found && !found.missing(first)) return text(found, first);
    }
    return String(branches.track[i]);
  };
  stated.links = {
    order: branches.order,
    ids: branches.track.map((_, i) => idOf(i)),
  };
  // The axes say what is a place: of further properties no name does.
  const given = { ...options, columns: undefined };
  const read = tracksOfColumns({ ...table, own }, source, given, stated);
  return {
    tracks: read.tracks,
    found: { ...read.found, cuts: branches.cuts, spotsOutsideTracks: count - order.length },
  };
}

interface Property {
  column: Float64Array | TextColumn;
  missing(node: number): boolean;
}

const named = async (
  name: string | undefined,
  property: (name: string) => Promise<Property | undefined>,
): Promise<Property | undefined> => (name === undefined ? undefined : property(name));

/** The group whose attributes are those of a graph. */
async function findGraph(
  files: StoredFiles,
  source: string,
): Promise<{ root: string; metadata: GeffMetadata }> {
  const found: { root: string; metadata: GeffMetadata }[] = [];
  let groups = 0;
  for (const [path, file] of files) {
    const parts = path.split('/');
    const name = parts.pop();
    if ((name !== '.zattrs' && name !== 'zarr.json') || parts.length > DEEPEST) continue;
    groups++;
    if (file.size > LONGEST_ATTRIBUTES) continue;
    const text = new TextDecoder().decode(await file.read());
    // Attributes of arrays and of the groups within a graph say nothing of it.
    if (!text.includes('"geff"')) continue;
    const document = parseJson(text, source, 'attributes of a Zarr group');
    const metadata = geffMetadata(name === '.zattrs' ? document : attributesOf(document), source);
    if (metadata) found.push({ root: parts.join('/'), metadata });
  }
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const list = found.map(({ root }) => root || '.').sort();
    throw new ReadError(
      `there are several graphs, ${quoteAll(list)}: expected one; name its folder`,
      {
        source,
      },
    );
  }
  throw new NotTracksError(
    groups === 0
      ? 'there is no Zarr group: expected .zattrs or zarr.json'
      : 'no Zarr group has the attribute geff: expected a graph of tracks',
    { source },
  );
}

const attributesOf = (document: unknown): unknown =>
  typeof document === 'object' && document !== null
    ? (document as { attributes?: unknown }).attributes
    : undefined;

interface Store {
  /** Names of the properties of nodes that there are. */
  properties: string[];
  /** An array with its first axis along the nodes or edges; undefined where there is none, or it has more axes. */
  array(
    path: string,
    axes: number,
  ): Promise<{ shape: number[]; data: ArrayLike<unknown> } | undefined>;
}

async function openStore(
  files: StoredFiles,
  root: string,
  source: string,
  most: number | undefined,
): Promise<Store> {
  const zarr = await import('zarrita');
  await usePlainCodecs(zarr.registry);
  const prefix = root === '' ? '' : `${root}/`;
  let bytes = 0;
  for (const { size } of files.values()) bytes += size;
  const allowed = allowedBytes(bytes, most);
  const store = {
    async get(key: string): Promise<Uint8Array | undefined> {
      const found = await files.get(prefix + key.slice(1))?.read();
      return found && key.endsWith('/zarr.json') ? withTextType(found) : found;
    },
  };
  const properties = new Set<string>();
  const within = `${prefix}nodes/props/`;
  for (const path of files.keys()) {
    if (!path.startsWith(within)) continue;
    const [name, ...rest] = path.slice(within.length).split('/');
    if (rest.length > 0) properties.add(name);
  }
  return {
    properties: [...properties].sort(),
    async array(path, axes) {
      const metadata = [`${path}/.zarray`, `${path}/zarr.json`];
      if (!metadata.some((name) => files.has(prefix + name))) return undefined;
      try {
        const array = await zarr.open(zarr.root(store).resolve(path), { kind: 'array' });
        if (array.shape.length !== axes) return undefined;
        const size = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 8);
        checkDeclared(size(array.shape), allowed, 'an array', source, path);
        checkDeclared(size(array.chunks), allowed, 'a chunk', source, path);
        if (array.shape.includes(0)) return { shape: array.shape, data: [] };
        const chunks = array.shape.map((n, k) => Math.ceil(n / array.chunks[k]));
        const pieces = chunks.reduce((product, n) => product * n, 1);
        if (!(pieces <= 1e6)) {
          throw new ReadError(`is in ${pieces} chunks: expected at most 1000000`, {
            source,
            column: path,
          });
        }
        const getChunk = array.getChunk.bind(array);
        array.getChunk = async (...asked) => wholeChunk(await getChunk(...asked), source, path);
        const { data } = await zarr.get(array);
        return {
          shape: array.shape,
          data:
            Array.isArray(data) || ArrayBuffer.isView(data)
              ? (data as unknown as ArrayLike<unknown>)
              : Array.from(data as unknown as Iterable<unknown>),
        };
      } catch (error) {
        throw damaged(error, 'the data of the Zarr array', source, path);
      }
    },
  };
}

/** A chunk that has as many values as it must: zarrita has zeros for what is missing. */
function wholeChunk<
  Chunk extends { data: ArrayLike<unknown> | Iterable<unknown>; shape: number[] },
>(chunk: Chunk, source: string, path: string): Chunk {
  const { length } = chunk.data as ArrayLike<unknown>;
  const expected = chunk.shape.reduce((product, n) => product * n, 1);
  if (length === expected) return chunk;
  throw new ReadError(`has a chunk of ${length} values: expected ${expected}`, {
    source,
    column: path,
  });
}

/**
 * A document of an array of Zarr 3 whose texts are of one length, with the name that zarrita has for that type: it knows it
 * of arrays of version 2 alone.
 */
function withTextType(document: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(document);
  if (!text.includes('fixed_length_utf32')) return document;
  const { data_type: type, ...rest } = JSON.parse(text);
  const bytes = type?.configuration?.length_bytes;
  if (!(Number.isInteger(bytes / 4) && bytes > 0)) return document;
  return new TextEncoder().encode(JSON.stringify({ ...rest, data_type: `v2:U${bytes / 4}` }));
}

/** Which properties are the coordinates, x first, and which is the time. */
function axesOf(
  { axes }: GeffMetadata,
  properties: readonly string[],
  source: string,
): { space: GeffAxis[]; time: GeffAxis } {
  if (axes.length === 0) {
    const bare = (name: string): GeffAxis[] => (properties.includes(name) ? [{ name }] : []);
    const space = ['x', 'y', 'z'].flatMap(bare);
    if (space.length === 0 || space[0].name !== 'x') {
      throw new ReadError('the graph has no axes: expected those of space and time', { source });
    }
    const time = [...bare('frame'), ...bare('t'), ...bare('time')][0];
    return { space, time: time ?? noTime(source) };
  }
  const space = axes.filter(({ type }) => type === 'space');
  const times = axes.filter(({ type }) => type === 'time');
  const guessed =
    space.length > 0 ? space : axes.filter(({ name, type }) => !type && /^[xyz]$/i.test(name));
  if (guessed.length === 0 || guessed.length > 3 || times.length > 1) {
    throw new ReadError(
      `the graph has ${guessed.length} axes of space and ${times.length} of time: expected 1 to 3, and one`,
      { source },
    );
  }
  const letters = guessed.map(({ name }) => name.toLowerCase());
  const lettered = letters.every((name) => /^[xyz]$/.test(name));
  // Image axes are listed with the slowest first: z, y, x.
  const ordered = lettered
    ? [...guessed].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
    : [...guessed].reverse();
  const time = times[0] ?? axes.find(({ name, type }) => !type && /^(t|time|frame)$/i.test(name));
  return { space: ordered, time: time ?? noTime(source) };
}

function noTime(source: string): never {
  throw new ReadError('the graph has no axis of time: expected one', { source });
}

function scaled(values: Float64Array, { scale = 1, offset = 0 }: GeffAxis): Float64Array {
  return scale === 1 && offset === 0 ? values : values.map((value) => value * scale + offset);
}

function unitOf(space: readonly GeffAxis[], source: string): string {
  const units = space.map(({ scale, scaledUnit, unit }) =>
    normalUnit((scale === undefined ? unit : scaledUnit) ?? ''),
  );
  const other = units.findIndex((unit) => unit !== units[0]);
  if (other < 0) return units[0];
  throw new ReadError(`the unit is '${units[other]}': expected '${units[0]}', as that of x`, {
    source,
    column: space[other].name,
  });
}

/** Further properties: those that are asked for, or all where errors are, as they may be among them. */
async function addFurther(
  table: { names: string[]; columns: (Float64Array | TextColumn)[] },
  properties: readonly string[],
  used: ReadonlySet<string>,
  { keep = false, perTrack = [], errors = false }: ReadOptions,
  property: (name: string) => Promise<Property | undefined>,
): Promise<void> {
  const all = keep === true || errors;
  const wanted = new Set([...(typeof keep === 'object' ? keep : []), ...perTrack]);
  for (const name of properties) {
    if (used.has(name) || table.names.includes(name)) continue;
    if (!all && !wanted.has(name) && !wanted.has(name.replace(/^track:/, ''))) continue;
    // An axis of the graph may have one of these names as well.
    if (/^(frame|t|time|x|y|z|track|particle|trajectory)$/i.test(name)) continue;
    const found = await property(name);
    if (!found) continue;
    table.names.push(name);
    table.columns.push(found.column);
  }
}

/** The edges as pairs of the places of nodes. */
async function linksOf(
  store: Store,
  ids: ArrayLike<unknown>,
  count: number,
  source: string,
): Promise<{ from: Uint32Array; to: Uint32Array }> {
  const edges = await store.array('edges/ids', 2);
  if (!edges) return { from: new Uint32Array(0), to: new Uint32Array(0) };
  if (edges.shape[1] !== 2) {
    throw new ReadError(`edges/ids is ${edges.shape.join(' × ')}: expected pairs of nodes`, {
      source,
    });
  }
  const place = new Map<unknown, number>();
  for (let i = 0; i < count; i++) place.set(ids[i], i);
  if (place.size !== count) {
    throw new ReadError('two nodes have one id: expected an id for each', { source });
  }
  const total = edges.shape[0];
  const from = new Uint32Array(total);
  const to = new Uint32Array(total);
  // Ids of 64 bits and of less are different values of JavaScript.
  const big = typeof ids[0] === 'bigint';
  for (let i = 0; i < total; i++) {
    for (const [end, into] of [
      [0, from],
      [1, to],
    ] as const) {
      const id = edges.data[2 * i + end] as number | bigint;
      const node = place.get(big ? BigInt(id) : Number(id));
      if (node === undefined) {
        throw new ReadError(
          `edge ${i + 1} is of a node ${quote(String(id))}: expected one of nodes/ids`,
          {
            source,
          },
        );
      }
      into[i] = node;
    }
  }
  return { from, to };
}

/** The edges from the earlier node to the later one. */
function forwards(
  { from, to }: { from: Uint32Array; to: Uint32Array },
  when: Float64Array,
  source: string,
): { from: Uint32Array; to: Uint32Array } {
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [when[from[i]], when[to[i]]];
    if (a === b) {
      throw new ReadError(`edge ${i + 1} joins two nodes of time ${a}: expected different times`, {
        source,
      });
    }
    if (a > b) [from[i], to[i]] = [to[i], from[i]];
  }
  return { from, to };
}

/** The number of the connected part that each node is in, by its first node. */
function components(from: Uint32Array, to: Uint32Array, count: number): Uint32Array {
  const parent = new Uint32Array(count).map((_, i) => i);
  const top = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [top(from[i]), top(to[i])];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  const number = new Map<number, number>();
  const found = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const first = top(i);
    let code = number.get(first);
    if (code === undefined) {
      code = number.size;
      number.set(first, code);
    }
    found[i] = code;
  }
  return found;
}

/** Nodes without an edge that the graph says to be a tracklet. */
function singleNodes(
  from: Uint32Array,
  to: Uint32Array,
  count: number,
  tracklet: Property | undefined,
): Uint32Array {
  if (!tracklet) return new Uint32Array(0);
  const linked = new Uint8Array(count);
  for (let i = 0; i < from.length; i++) linked[from[i]] = linked[to[i]] = 1;
  const single: number[] = [];
  for (let i = 0; i < count; i++) if (!linked[i] && !tracklet.missing(i)) single.push(i);
  return Uint32Array.from(single);
}

function concat(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
