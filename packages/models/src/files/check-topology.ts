import { quote } from '@diffusion/tracks/messages';
import { ModelError } from '../errors.ts';

/** No network of this field has as many layers; tfjs' time to put them together grows with their square. */
const MOST_LAYERS = 10_000;

type Layer = Readonly<Record<string, unknown>>;

/**
 * Throws {@link ModelError} for a topology that tfjs would never be done with: it waits for the inputs of every layer,
 * also for those that no layer gives, or that the layer itself would have to give first.
 *
 * @param topology `modelTopology` of a `model.json`, nested less deep than the stack.
 */
export function checkTopology(topology: unknown, source: string): void {
  if (typeof topology !== 'object' || topology === null) return;
  const { layers } = topology as Layer;
  // A stack of layers names none of their inputs, and layers of one's own may have any list of this name.
  const graph = 'input_layers' in topology || 'inputLayers' in topology;
  if (graph && Array.isArray(layers)) {
    checkLayers(layers, source);
    for (const ends of ['input_layers', 'output_layers']) {
      checkEnds(ends, (topology as Layer)[ends], source);
    }
  }
  for (const part of Object.values(topology)) checkTopology(part, source);
}

/** An end that is named twice tfjs warns of, and goes on. */
function checkEnds(field: string, ends: unknown, source: string): void {
  if (!Array.isArray(ends)) return;
  const names = ends.map((end) => (Array.isArray(end) ? end.slice(0, 3).map(quote).join() : ''));
  const again = names.findIndex((name, k) => names.indexOf(name) < k);
  if (again >= 0) fail(source, `${field} names ${quote(ends[again]?.[0])} twice`);
}

function checkLayers(layers: readonly unknown[], source: string): void {
  if (layers.length > MOST_LAYERS) {
    fail(source, `there are ${layers.length} layers: expected at most ${MOST_LAYERS}`);
  }
  /** Calls of each layer that are known, by its name. */
  const known = new Map<string, number>();
  let waiting: { name: string; inputs: readonly (readonly [string, number])[] }[] = [];
  for (const layer of layers as Layer[]) {
    if (typeof layer !== 'object' || layer === null) fail(source, `a layer is ${quote(layer)}`);
    const { name, class_name: kind, config } = layer;
    if (typeof name !== 'string') fail(source, `the name of a layer is ${quote(name)}`);
    if (known.has(name)) fail(source, `two layers are called ${quote(name)}`);
    if ('inboundNodes' in layer) {
      fail(source, `layer ${quote(name)} has inboundNodes: expected inbound_nodes`);
    }
    const nested = Array.isArray((config as Layer | null)?.layers);
    known.set(name, kind === 'InputLayer' || nested ? 1 : 0);
    const calls = layer.inbound_nodes;
    if (!Array.isArray(calls)) fail(source, `layer ${quote(name)} has no list of inbound_nodes`);
    for (const call of calls) {
      if (!Array.isArray(call) || !call.every(Array.isArray)) {
        fail(source, `layer ${quote(name)} has inbound_nodes that are no lists`);
      }
      if (call.length > 0) waiting.push({ name, inputs: call as [string, number][] });
    }
  }
  while (waiting.length > 0) {
    const still = waiting.filter(({ name, inputs }) => {
      if (!inputs.every(([from, call]) => call < (known.get(from) ?? 0))) return true;
      known.set(name, known.get(name)! + 1);
      return false;
    });
    if (still.length === waiting.length) {
      const [{ name, inputs }] = still;
      const [from] = inputs.find(([from, call]) => !(call < (known.get(from) ?? 0)))!;
      fail(
        source,
        `layer ${quote(name)} waits for ${quote(from)}, which ${known.has(from) ? 'waits for it in turn' : 'is no layer'}`,
      );
    }
    waiting = still;
  }
}

function fail(source: string, message: string): never {
  throw new ModelError(`${source}: ${message}`);
}
