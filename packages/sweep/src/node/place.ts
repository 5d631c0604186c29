import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, so that another one on the same machine can tell whether it still runs. */
export interface Process {
  /** Machine, its start and its space of process ids: a number means something within these alone. */
  readonly place: string;
  readonly pid: number;
  /** When it began, as the system counts it, since numbers are given again; '' where that is not known. */
  readonly start: string;
}

const quietly = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

const place = [
  hostname(),
  quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  quietly(() => readlinkSync('/proc/self/ns/pid')),
].join(' ');

/** When a process of this machine began, as Linux counts it; undefined where there is none, or it has ended. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name of the program, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return fields[19] ?? '';
}

/** This process. */
export const thisProcess = (): Process => ({
  place,
  pid: process.pid,
  start: startOf(process.pid) ?? '',
});

/** Whether a process runs; undefined where it is of another machine. */
export function isRunning({ place: where, pid, start }: Process): boolean | undefined {
  return where === place ? startOf(pid) === start : undefined;
}

/** The variable by which a child is known to be of an attempt. */
export const ATTEMPT = 'DIFFUSION_SWEEP_ATTEMPT';

/** A name that no other attempt has. */
export const newId = (): string => randomUUID();

/** Ends what an attempt of this machine, whose owner was killed, has left running; where that cannot be known, nothing. */
export function endOrphan(pid: number, id: string): void {
  const variables = quietly(() => readFileSync(`/proc/${pid}/environ`, 'latin1')).split('\0');
  if (!variables.includes(`${ATTEMPT}=${id}`)) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
}
