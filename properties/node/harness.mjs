// A harness for `lockstep conformance --profile primitives -- node harness.mjs`: one request a line on
// standard input, one answer a line on standard output. The OPRF, the curve, Argon2id and HKDF are
// @noble's; AES-GCM is Node's. Nothing here was written with Lockstep's Java at hand but the spec.
import { webcrypto } from 'node:crypto';
import { createInterface } from 'node:readline';
import { capabilities, operations } from './operations.mjs';
import { Rejected } from './fields.mjs';

// Node 18 has it under this name only; @noble draws from it.
globalThis.crypto ??= webcrypto;

function answer(line) {
  let request;
  try {
    request = JSON.parse(line);
  } catch {
    return { error: 'bad JSON' };
  }
  const id = request.id === undefined ? {} : { id: request.id };
  if (request.op === 'capabilities') {
    return { ...id, result: capabilities() };
  }
  const operation = operations[request.op];
  if (operation === undefined) {
    return { ...id, error: 'unknown op' };
  }
  try {
    return { ...id, result: operation(request.input) };
  } catch (thrown) {
    return thrown instanceof Rejected
      ? { ...id, rejected: thrown.outcome, detail: thrown.detail }
      : { ...id, error: String(thrown) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(JSON.stringify(answer(line)) + '\n');
}
