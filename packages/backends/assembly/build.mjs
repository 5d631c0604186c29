import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/**
 * Compiles the kernels, once for an engine with SIMD and once with relaxed SIMD, each for a memory of its own and for a
 * shared one, and once in the wide shape, for an engine with relaxed SIMD that makes one vector of 256 bits out of two of
 * 128, to src/kernels/binaries/*.ts: base64 in a module needs no configuration of any bundler.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const target = fileURLToPath(new URL('../src/kernels/binaries/', import.meta.url));
const shared = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
const relaxed = ['--enable', 'relaxed-simd'];
const narrow = ['--use', 'WIDE=0'];
const variants = {
  simd: narrow,
  relaxed: [...relaxed, ...narrow],
  'simd-shared': [...shared, ...narrow],
  'relaxed-shared': [...relaxed, ...shared, ...narrow],
  'relaxed-wide': [...relaxed, '--use', 'WIDE=1'],
};

const sources = readdirSync(here).sort();
const hash = createHash('sha256');
for (const name of sources) hash.update(name).update(readFileSync(here + name));
const stamp = `// ${hash.digest('hex')}`;

mkdirSync(target, { recursive: true });
for (const [name, flags] of Object.entries(variants)) {
  const file = `${target}${name}.ts`;
  if (existsSync(file) && readFileSync(file, 'utf8').startsWith(stamp)) continue;
  let binary;
  const options = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--importMemory'];
  options.push('--enable', 'simd', ...flags, '--outFile', 'kernels.wasm');
  const { error, stderr } = await asc.main(['index.ts', '--baseDir', here, ...options], {
    writeFile(_, contents) {
      binary = contents;
    },
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  check(binary);
  const base64 = Buffer.from(binary).toString('base64');
  writeFileSync(file, `${stamp}\nexport default '${base64}';\n`);
}

/** The memory belongs to tfjs: a data segment would overwrite what is there, a start function could too. */
function check(binary) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < binary.length) {
    const section = binary[at++];
    const size = number();
    if (section === 8 || section === 11) throw new Error(`the kernels have a section ${section}`);
    at += size;
  }
}
