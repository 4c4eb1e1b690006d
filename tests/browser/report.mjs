// Steps that pass, fail or are skipped, and the last line that ./dev reads.
import assert from 'node:assert/strict';

const counts = { passed: 0, failed: 0, skipped: 0 };

export async function step(name, work) {
  const start = performance.now();
  try {
    await work();
    counts.passed += 1;
    console.log(`  ok      ${name} (${Math.round(performance.now() - start)} ms)`);
  } catch (cause) {
    counts.failed += 1;
    console.log(`  FAILED  ${name}: ${cause instanceof assert.AssertionError ? cause.message : (cause.stack ?? cause)}`);
  }
}

export function finish() {
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
