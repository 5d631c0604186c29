import { quote } from '@diffusion/tracks/messages';
import type { BoostingJSON } from './boosting/boosting.ts';
import { scoresOf } from './boosting/class-loss.ts';
import type { GradientTree } from './boosting/gradient-tree.ts';
import { ClassicalError } from './classical.ts';
import type { ClassicalJSON } from './classical-json.ts';
import type { ForestJSON } from './forest.ts';
import type { LogisticJSON } from './logistic.ts';
import type { Scaling } from './scaling.ts';
import type { SvmJSON } from './svm.ts';
import type { Tree } from './tree.ts';

/**
 * Throws {@link ClassicalError} for a classifier, from a file, whose parts do not fit each other: numbers that are none,
 * nodes of a tree that do not lead to a leaf, support vectors that are not there.
 */
export function checkClassicalJSON(json: ClassicalJSON): void {
  whole('classes', json.classes, 1, 1e6);
  if (json.kind === 'forest') checkForest(json);
  else if (json.kind === 'boosting') checkBoosting(json);
  else if (json.kind === 'logistic') checkLogistic(json);
  else checkSvm(json);
}

function checkForest({ trees, columns, classes }: ForestJSON): void {
  whole('columns', columns, 1, 1e6);
  if (list('trees', trees).length === 0) fail('trees', trees, 'at least one tree');
  trees.forEach((tree, t) => {
    checkTree(tree, `trees[${t}]`, columns, classes);
  });
}

function checkTree(tree: Tree, where: string, columns: number, classes: number): void {
  const nodes = checkNodes(tree, where, columns);
  numbers(`${where}.shares`, tree.shares, nodes * classes);
}

function checkBoosting({ trees, columns, classes, present, initial }: BoostingJSON): void {
  whole('columns', columns, 1, 1e6);
  if (list('present', present).length === 0) fail('present', present, 'at least one class');
  present.forEach((code, c) => {
    whole(`present[${c}]`, code, c === 0 ? 0 : present[c - 1] + 1, classes - 1);
  });
  const scores = scoresOf(present.length);
  numbers('initial', initial, scores);
  const rounds = list('trees', trees).length / scores;
  if (trees.length > 0 && !Number.isInteger(rounds)) {
    throw new ClassicalError(
      `trees has ${trees.length} trees: expected a multiple of ${scores}, the scores of ${present.length} classes`,
    );
  }
  trees.forEach((tree, t) => {
    checkGradientTree(tree, `trees[${t}]`, columns);
  });
}

function checkGradientTree(tree: GradientTree, where: string, columns: number): void {
  const nodes = checkNodes(tree, where, columns);
  numbers(`${where}.value`, tree.value, nodes);
  numbers(`${where}.missing`, tree.missing, nodes);
  tree.missing.forEach((side, node) => {
    whole(`${where}.missing[${node}]`, side, 0, 1);
  });
}

/** The number of nodes of a tree of either kind. */
function checkNodes(
  tree: Pick<Tree, 'feature' | 'threshold' | 'left' | 'right'>,
  where: string,
  columns: number,
): number {
  if (typeof tree !== 'object' || tree === null) fail(where, tree, 'a tree');
  const { feature, threshold, left, right } = tree;
  const nodes = list(`${where}.feature`, feature).length;
  if (nodes === 0) fail(`${where}.feature`, feature, 'at least one node');
  numbers(`${where}.threshold`, threshold, nodes);
  numbers(`${where}.left`, left, nodes);
  numbers(`${where}.right`, right, nodes);
  for (let node = 0; node < nodes; node++) {
    whole(`${where}.feature[${node}]`, feature[node], -1, columns - 1);
    if (feature[node] < 0) continue;
    // Nodes are written before those below them, so that every way ends in a leaf.
    whole(`${where}.left[${node}]`, left[node], node + 1, nodes - 1);
    whole(`${where}.right[${node}]`, right[node], node + 1, nodes - 1);
  }
  return nodes;
}

function checkLogistic({ scaling, coefficients, classes }: LogisticJSON): void {
  numbers('coefficients', coefficients, classes * (checkScaling(scaling) + 1));
}

function checkSvm({ scaling, vectors, pairs, classes, kernel, gamma }: SvmJSON): void {
  const columns = checkScaling(scaling);
  if (kernel !== 'rbf' && kernel !== 'linear') fail('kernel', kernel, 'rbf or linear');
  numbers('gamma', [gamma], 1);
  const count = list('vectors', vectors).length / columns;
  if (!Number.isInteger(count)) fail('vectors', vectors, `rows of ${columns} numbers`);
  numbers('vectors', vectors, vectors.length);
  list('pairs', pairs).forEach((pair, i) => {
    if (typeof pair !== 'object' || pair === null) fail(`pairs[${i}]`, pair, 'a pair of classes');
    const { first, second, offset, support, coefficients, sigmoid } = pairs[i];
    whole(`pairs[${i}].first`, first, 0, classes - 1);
    whole(`pairs[${i}].second`, second, 0, classes - 1);
    numbers(`pairs[${i}].offset`, [offset], 1);
    numbers(`pairs[${i}].sigmoid`, sigmoid, 2);
    numbers(`pairs[${i}].coefficients`, coefficients, list(`pairs[${i}].support`, support).length);
    support.forEach((at, s) => {
      whole(`pairs[${i}].support[${s}]`, at, 0, count - 1);
    });
  });
}

/** The number of columns. */
function checkScaling(scaling: Scaling | undefined): number {
  const columns = list('scaling.mean', scaling?.mean).length;
  if (columns === 0) fail('scaling.mean', scaling?.mean, 'at least one number');
  numbers('scaling.mean', scaling?.mean, columns);
  numbers('scaling.deviation', scaling?.deviation, columns);
  return columns;
}

function list(where: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail(where, value, 'a list');
}

function numbers(where: string, value: unknown, count: number): void {
  const values = list(where, value);
  if (values.length !== count) {
    throw new ClassicalError(`${where} has ${values.length} numbers: expected ${count}`);
  }
  const bad = values.findIndex((item) => !Number.isFinite(item));
  if (bad >= 0) fail(`${where}[${bad}]`, values[bad], 'a finite number');
}

function whole(where: string, value: unknown, least: number, most: number): void {
  const fits = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  if (!fits) fail(where, value, `a whole number from ${least} to ${most}`);
}

function fail(where: string, value: unknown, expected: string): never {
  throw new ClassicalError(`${where} is ${quote(value)}: expected ${expected}`);
}
