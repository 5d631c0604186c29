import { allowWide } from './wide.ts';

const { arch, versions, getBuiltinModule } = process;
let told: string[] = [];
const setFlagsFromString = (flag: string) => void told.push(flag);

/** What `allowWide` answers in another engine. */
function allowed(changed: Record<string, string | undefined>, on = 'x64') {
  told = [];
  Object.defineProperties(process, {
    arch: { value: on, configurable: true },
    versions: { value: { ...versions, ...changed }, configurable: true },
    getBuiltinModule: { value: () => ({ setFlagsFromString }), configurable: true },
  });
  const answer = allowWide();
  expect(told).toEqual(answer ? ['--experimental-wasm-revectorize'] : []);
  return answer;
}

afterAll(() => {
  Object.defineProperties(process, {
    arch: { value: arch },
    versions: { value: versions },
    getBuiltinModule: { value: getBuiltinModule },
  });
});

it('tells V8 in Node from 24 on, on x86, and no other engine', () => {
  expect(allowed({ node: '24.0.0' })).toBe(true);
  expect(allowed({ node: '22.12.0' })).toBe(false);
  expect(allowed({ node: '24.0.0' }, 'arm64')).toBe(false);
  expect(allowed({ node: '24.3.0', bun: '1.3.0' })).toBe(false);
});
