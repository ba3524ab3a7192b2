// C2SP chunked-encryption@v1, Cobblestone-256 (clauses PAY-1 to PAY-4).
import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { Rejected, concat } from './fields.mjs';

const CHUNK = 16384;
const TAG = 16;
const SALT = 24;
const COMMITMENT = 32;
const LABEL = 'c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM';

const damaged = () => new Rejected('Damaged');

// HKDF-Expand by hand: the library's own refuses a key that is shorter than the hash.
function expand(key, info, length) {
  const first = hmac(sha512, key, concat(info, [1]));
  const second = hmac(sha512, key, concat(first, info, [2]));
  return concat(first, second).subarray(0, length);
}

function schedule(key, salt, context) {
  const okm = expand(key, concat(Buffer.from(LABEL), [0], salt, context), 76);
  return { key: okm.slice(0, 32), base: okm.slice(32, 44), commitment: okm.slice(44) };
}

function nonce(base, number) {
  const value = Buffer.from(base);
  for (let i = value.length - 1, rest = number; rest > 0; i--, rest = Math.floor(rest / 256)) {
    value[i] ^= rest % 256;
  }
  return value;
}

export function seal(key, context, plaintext, salt = randomBytes(SALT)) {
  const keys = schedule(key, salt, context);
  const parts = [salt, keys.commitment];
  for (let number = 0; number * CHUNK <= plaintext.length; number++) {
    const cipher = createCipheriv('aes-256-gcm', keys.key, nonce(keys.base, number));
    const chunk = plaintext.subarray(number * CHUNK, (number + 1) * CHUNK);
    parts.push(cipher.update(chunk), cipher.final(), cipher.getAuthTag());
  }
  return concat(...parts);
}

export function open(key, context, sealed) {
  const body = sealed.length - SALT - COMMITMENT;
  if (body < TAG || body % (CHUNK + TAG) < TAG) {
    throw damaged();
  }
  const keys = schedule(key, sealed.subarray(0, SALT), context);
  if (!timingSafeEqual(sealed.subarray(SALT, SALT + COMMITMENT), Buffer.from(keys.commitment))) {
    throw damaged();
  }
  const parts = [];
  let number = 0;
  for (let at = SALT + COMMITMENT; at < sealed.length; at += CHUNK + TAG, number++) {
    const chunk = sealed.subarray(at, at + CHUNK + TAG);
    const decipher = createDecipheriv('aes-256-gcm', keys.key, nonce(keys.base, number));
    decipher.setAuthTag(chunk.subarray(chunk.length - TAG));
    try {
      parts.push(decipher.update(chunk.subarray(0, chunk.length - TAG)), decipher.final());
    } catch {
      throw damaged();
    }
  }
  return concat(...parts);
}
