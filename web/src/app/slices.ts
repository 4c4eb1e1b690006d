// Long work in slices, so that a slow phone goes on scrolling and answering while it is done. The work is a generator that
// yields wherever it may rest.
const SLICE_MS = 10;

// Lets the browser do what waits.
export const breath = () => new Promise<void>((done) => {
  const { port1, port2 } = new MessageChannel();   // unlike a timer it is never held back
  port1.onmessage = () => {
    port1.close();
    done();
  };
  port2.postMessage(undefined);
});

export function inOne<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

// Rejects with the signal's reason when it is given up.
export async function inSlices<T>(work: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const step = work.next();
      if (step.done) return step.value;
    }
    await breath();
    signal?.throwIfAborted();
  }
}
