// Reading a request's fields: what is no hex is an error, what has a wrong length or value is
// rejected by the spec's name for it.

export class Rejected extends Error {
  constructor(outcome, detail = {}) {
    super(outcome);
    this.outcome = outcome;
    this.detail = detail;
  }
}

export const malformed = () => new Rejected('Malformed');

export function bytes(input, name, length) {
  const text = input[name];
  if (typeof text !== 'string' || !/^([0-9a-f]{2})*$/.test(text)) {
    throw new Error(`field ${name} is not lower-case hex`);
  }
  const value = Buffer.from(text, 'hex');
  if (length !== undefined && value.length !== length) {
    throw malformed();
  }
  return value;
}

export const hex = (value) => Buffer.from(value).toString('hex');

export const concat = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** Runs a library call whose every complaint means that the input is no value of its field. */
export function orMalformed(call) {
  try {
    return call();
  } catch {
    throw malformed();
  }
}
