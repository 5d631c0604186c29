import { ReadError } from '../errors.ts';
import { quote } from '../quote-value.ts';

/** One axis of a graph: the property of its nodes that it is, and its scale. */
export interface GeffAxis {
  name: string;
  type?: string;
  unit?: string;
  scale?: number;
  scaledUnit?: string;
  offset?: number;
}

/** What the attributes of a graph say that the reader uses. */
export interface GeffMetadata {
  axes: GeffAxis[];
  tracklet: string | undefined;
  lineage: string | undefined;
}

/** Above this nothing is known. */
const NEWEST = 1;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The metadata of a graph from the attributes of its group; undefined where they are of something else.
 *
 * @throws {@link ReadError} for a version or an axis that is not as the specification says
 */
export function geffMetadata(attributes: unknown, source: string): GeffMetadata | undefined {
  const geff = isFields(attributes) ? attributes.geff : undefined;
  if (!isFields(geff)) return undefined;
  const version = geff.geff_version;
  const major = /^(\d+)\.\d+/.exec(typeof version === 'string' ? version : '')?.[1];
  if (major === undefined || Number(major) > NEWEST) {
    throw new ReadError(`geff_version is ${quote(version)}: expected 0.3 to ${NEWEST}`, { source });
  }
  const list = geff.axes ?? [];
  if (!Array.isArray(list)) {
    throw new ReadError(`axes is ${quote(list)}: expected an array`, { source });
  }
  const tracks = isFields(geff.track_node_props) ? geff.track_node_props : {};
  return {
    axes: list.map((axis) => axisOf(axis, source)),
    tracklet: text(tracks.tracklet),
    lineage: text(tracks.lineage),
  };
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function axisOf(axis: unknown, source: string): GeffAxis {
  if (!isFields(axis) || typeof axis.name !== 'string') {
    throw new ReadError(`an axis is ${quote(axis)}: expected one with a name`, { source });
  }
  const number = (key: string): number | undefined => {
    const value = axis[key];
    if (value === null || value === undefined) return undefined;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new ReadError(`${key} is ${quote(value)}: expected a number`, {
      source,
      column: axis.name as string,
    });
  };
  return {
    name: axis.name,
    type: text(axis.type),
    unit: text(axis.unit),
    scale: number('scale'),
    scaledUnit: text(axis.scaled_unit),
    offset: number('offset'),
  };
}
