/**
 * Calls `late` once after so many seconds; returns what stops it. It counts the seconds that this thread lived through: a
 * computer that slept, or a thread that was busy and has not read its messages, makes nobody late.
 */
export function countdown(seconds: number, late: () => void): () => void {
  if (seconds === Number.POSITIVE_INFINITY) return () => {};
  const tick = Math.min(1, seconds / 4);
  let lived = 0;
  const timer = setInterval(() => {
    lived += tick;
    if (lived < seconds) return;
    clearInterval(timer);
    late();
  }, tick * 1000);
  // In Node: the worker keeps the process, not the clock.
  (timer as { unref?(): void }).unref?.();
  return () => clearInterval(timer);
}
