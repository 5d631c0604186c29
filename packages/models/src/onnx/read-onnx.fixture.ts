import { PbfReader } from 'pbf';

/** The fields of a message by their numbers: numbers as they are, all else as bytes. */
type Fields = Map<number, (number | Uint8Array)[]>;

function fieldsOf(bytes: Uint8Array): Fields {
  return new PbfReader(bytes).readFields<Fields>((field, found, pbf) => {
    const read = {
      0: () => pbf.readVarint(true),
      2: () => pbf.readBytes(),
      5: () => pbf.readFloat(),
    };
    const value = read[pbf.type as 0 | 2 | 5]();
    found.set(field, [...(found.get(field) ?? []), value]);
  }, new Map());
}

const textOf = (bytes: number | Uint8Array): string =>
  new TextDecoder().decode(bytes as Uint8Array);
const all = (fields: Fields, field: number) => fields.get(field) ?? [];
const messages = (fields: Fields, field: number) =>
  all(fields, field).map((bytes) => fieldsOf(bytes as Uint8Array));
const texts = (fields: Fields, field: number) => all(fields, field).map(textOf);
const numbers = (fields: Fields, field: number) => all(fields, field) as number[];

/** What an `.onnx` file says, as far as the tests ask; read by the fields of onnx.proto, not by what wrote it. */
export function readOnnx(bytes: Uint8Array) {
  const model = fieldsOf(bytes);
  const [graph] = messages(model, 7);
  return {
    irVersion: numbers(model, 1)[0],
    opset: numbers(messages(model, 8)[0], 2)[0],
    metadata: Object.fromEntries(
      messages(model, 14).map((pair) => [texts(pair, 1)[0], texts(pair, 2)[0]]),
    ),
    nodes: messages(graph, 1).map((node) => ({
      name: texts(node, 3)[0],
      type: texts(node, 4)[0],
      inputs: texts(node, 1),
      outputs: texts(node, 2),
      attributes: Object.fromEntries(
        messages(node, 5).map((each) => {
          // A float, an integer or a word; integers or words.
          const one = [...numbers(each, 2), ...numbers(each, 3), ...texts(each, 4)];
          return [texts(each, 1)[0], one[0] ?? [...numbers(each, 8), ...texts(each, 9)]];
        }),
      ),
    })),
    initializers: messages(graph, 5).map((tensor) => ({
      name: texts(tensor, 8)[0],
      shape: numbers(tensor, 1),
      type: numbers(tensor, 2)[0],
      bytes: all(tensor, 9)[0] as Uint8Array,
    })),
    inputs: messages(graph, 11).map(portOf),
    outputs: messages(graph, 12).map(portOf),
  };
}

export type ReadOnnx = ReturnType<typeof readOnnx>;

function portOf(port: Fields) {
  const [tensor] = messages(messages(port, 2)[0], 1);
  const sizes = messages(messages(tensor, 2)[0], 1);
  return {
    name: texts(port, 1)[0],
    shape: sizes.map((size) => numbers(size, 1)[0] ?? texts(size, 2)[0]),
  };
}

/** The numbers of a tensor. */
export const floatsOf = ({ bytes }: Pick<ReadOnnx['initializers'][number], 'bytes'>): number[] => [
  ...new Float32Array(bytes.slice().buffer),
];
