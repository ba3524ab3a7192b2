// The operations that this harness offers, by the oracle's names.
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import * as chunked from './chunked.mjs';
import * as opaque from './opaque.mjs';
import { Rejected, bytes, concat, hex, malformed } from './fields.mjs';
import { readFileSync } from 'node:fs';

const LABELS = [
  'data', 'manifest', 'head', 'object-name', 'set-name', 'key-check', 'restore-note', 'command-signature',
  'root-key-wrap', 'release', 'session-command', 'record-sealing',
].map((purpose) => `lockstep/v1/${purpose}`);

function derive(input) {
  const parent = bytes(input, 'parent', 32);
  if (!LABELS.includes(input.label)) {
    throw malformed();
  }
  const info = concat([input.label.length], Buffer.from(input.label));
  return { key: hex(hkdf(sha256, parent, Buffer.alloc(0), info, 32)) };
}

function expandAll(input) {
  const { length } = input;
  if (!Number.isInteger(length)) {
    throw new Error('field length is not a whole number');
  }
  if (length < 1 || length > 255 * 32) {
    throw malformed();
  }
  const [ikm, salt, info] = ['ikm', 'salt', 'info'].map((name) => bytes(input, name));
  return { okm: hex(hkdf(sha256, ikm, salt, info, length)) };
}

// RKY-3: case and separators are ignored, the first other character is named, in code points.
const SEPARATORS = readFileSync(new URL('../../spec/unicode/unicode-16.0.0.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('separator '))
  .map((line) => line.slice('separator '.length).split('..').map((digits) => parseInt(digits, 16)));

function isSeparator(character) {
  const point = character.codePointAt(0);
  return SEPARATORS.some(([first, last = first]) => first <= point && point <= last);
}

function parseRecoveryKey({ text }) {
  const characters = [...text];
  const bad = characters.findIndex((each) => !/[0-9a-fA-F]/.test(each) && !isSeparator(each));
  if (bad >= 0) {
    throw new Rejected('BadCharacter', { position: bad + 1 });
  }
  const digits = characters.filter((each) => !isSeparator(each)).join('').toLowerCase();
  if (digits.length !== 64) {
    throw new Rejected('WrongLength', { digits: digits.length });
  }
  return { rootKey: digits };
}

function formatRecoveryKey(input) {
  const groups = hex(bytes(input, 'rootKey', 32)).match(/.{4}/g);
  const lines = [0, 4, 8, 12].map((from) => groups.slice(from, from + 4).join(' '));
  return { text: lines.join('\n') };
}

// PAD-1, with exact integers, since a length may exceed what a double can hold.
function padme({ length }) {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw malformed();
  }
  const exact = BigInt(Math.max(length, 256));
  const exponent = BigInt(exact.toString(2).length - 1);
  const step = 1n << (exponent - BigInt(exponent.toString(2).length));
  return { paddedLength: Number(((exact + step - 1n) / step) * step) };
}

export const operations = {
  hkdf: expandAll,
  'keys.derive': derive,
  padme,
  'recoverykey.parse': parseRecoveryKey,
  'recoverykey.format': formatRecoveryKey,
  'chunked.seal': (input) => {
    const salt = input.salt === undefined ? undefined : bytes(input, 'salt', 24);
    const [key, context] = [bytes(input, 'key', 32), bytes(input, 'context')];
    return { ciphertext: hex(chunked.seal(key, context, bytes(input, 'plaintext'), salt)) };
  },
  'chunked.open': (input) => {
    const [key, context] = [bytes(input, 'key', 32), bytes(input, 'context')];
    return { plaintext: hex(chunked.open(key, context, bytes(input, 'ciphertext'))) };
  },
  ...opaque.operations,
};

export function capabilities() {
  const { name, dependencies } = JSON.parse(
    readFileSync(new URL('./package.json', import.meta.url), 'utf8'),
  );
  return {
    implementation: name,
    version: `@noble/curves ${dependencies['@noble/curves']}`,
    profiles: ['primitives'],
    ops: Object.keys(operations),
  };
}
