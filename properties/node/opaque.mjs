// RFC 9497's OPRF by @noble/curves, and RFC 9807's OPAQUE-3DH (clauses OPR, OPQ) on top of it.
import { argon2id } from '@noble/hashes/argon2.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { p256, p256_oprf } from '@noble/curves/nist.js';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Rejected, bytes, concat, hex, malformed, orMalformed } from './fields.mjs';

const { oprf } = p256_oprf;
const { Fn } = p256.Point;
const utf8 = (text) => Buffer.from(text, 'utf8');
const u16 = (number) => Buffer.from([number >> 8, number & 255]);
const withLength = (value) => concat(u16(value.length), value);
const hash = (value) => Buffer.from(sha256(value));
const mac = (key, value) => Buffer.from(hmac(sha256, key, value));
const expanded = (key, info, length = 32) => Buffer.from(expand(sha256, key, info, length));

// The library takes longer encodings too; the spec does not.
function element(value) {
  if (value.length !== 33) {
    throw malformed();
  }
  orMalformed(() => p256.Point.fromBytes(value).assertValidity());
  return value;
}

function scalar(value) {
  return orMalformed(() => {
    if (Fn.is0(Fn.fromBytes(value))) {
      throw new Error('zero');
    }
    return value;
  });
}

// The library draws the blind from 48 bytes: one more than their value, modulo n - 1.
function blindWith(input, blind) {
  const drawn = Buffer.from((Fn.fromBytes(blind) - 1n).toString(16).padStart(96, '0'), 'hex');
  return Buffer.from(oprf.blind(input, () => drawn).blinded);
}

function password(input) {
  const prepared = utf8(bytes(input, 'password').toString('utf8').normalize('NFC'));
  if ([...prepared.toString('utf8')].length < 6) {
    throw new Rejected('TooShort');
  }
  if (prepared.length > 1024) {
    throw new Rejected('TooLong');
  }
  return prepared;
}

function oprfInput(input) {
  const value = bytes(input, 'input');
  if (value.length > 0xffff) {
    throw malformed();
  }
  return value;
}

/** A value that the request names, or a fresh one, told in the result. */
function drawn(input, result, name, fresh) {
  if (input[name] !== undefined) {
    return bytes(input, name, 32);
  }
  const value = fresh();
  result[name] = hex(value);
  return value;
}

const nonce = (input, result, name) => drawn(input, result, name, () => randomBytes(32));
const blindOf = (input, result) =>
  scalar(drawn(input, result, 'blind', () => Buffer.from(p256.utils.randomSecretKey())));

function stretch(input, output) {
  if (input.identityStretching === true) {
    return output;
  }
  const { memoryKib, passes, lanes, floor = true } = input.stretching;
  const low = memoryKib < 65536 || passes < 3 || lanes < 1;
  if ((floor && low) || memoryKib > 196608 || passes > 20 || lanes > 16) {
    throw new Rejected('VaultNotTrusted');
  }
  return argon2id(output, Buffer.alloc(16), { m: memoryKib, t: passes, p: lanes, dkLen: 32 });
}

function identities(input) {
  if (input.context !== undefined) {
    const names = ['context', 'clientIdentity', 'serverIdentity'];
    const [context, client, server] = names.map((name) => bytes(input, name));
    return { context, client, server };
  }
  const server = bytes(input, 'vaultId', 32);
  return { context: utf8('lockstep/v1'), client: utf8(input.account), server };
}

function credentialIdentifier(input) {
  if (input.credentialIdentifier !== undefined) {
    return bytes(input, 'credentialIdentifier');
  }
  const generation = Buffer.alloc(8);
  generation.writeBigUInt64BE(BigInt(input.generation));
  return concat(withLength(utf8(input.account)), generation);
}

const deriveKeyShare = (seed) => oprf.deriveKeyPair(seed, utf8('OPAQUE-DeriveDiffieHellmanKeyPair'));
const diffieHellman = (secret, point) =>
  Buffer.from(p256.Point.fromBytes(point).multiply(Fn.fromBytes(secret)).toBytes());

function randomizedPassword(input, secret, blind, evaluated) {
  const output = oprf.finalize(secret, blind, evaluated);
  return extract(sha256, concat(output, stretch(input, output)), Buffer.alloc(0));
}

/** RFC 9807 section 4.1: what an envelope's nonce and the randomized password give. */
function envelope(randomized, envelopeNonce, serverPublicKey, { client, server }) {
  const key = (label) => expanded(randomized, concat(envelopeNonce, utf8(label)));
  const cleartext = concat(serverPublicKey, withLength(server), withLength(client));
  const pair = deriveKeyShare(key('PrivateKey'));
  const tag = mac(key('AuthKey'), concat(envelopeNonce, cleartext));
  return { pair, bytes: concat(envelopeNonce, tag), exportKey: key('ExportKey') };
}

const maskingKey = (randomized) => expanded(randomized, utf8('MaskingKey'));
const xor = (a, b) => Buffer.from(a.map((byte, i) => byte ^ b[i]));
const pad = (key, maskingNonce) =>
  expanded(key, concat(maskingNonce, utf8('CredentialResponsePad')), 33 + 64);

/** RFC 9807 section 6.4: the keys of both sides, from the three shared secrets. */
function schedule(secrets, { context, client, server }, ke1, inner) {
  const label = utf8('OPAQUEv1-');
  const preamble = concat(
    label, withLength(context), withLength(client), ke1, withLength(server), inner);
  const derive = (secret, name, transcript) => {
    const full = utf8(`OPAQUE-${name}`);
    const info = concat(u16(32), [full.length], full, [transcript.length], transcript);
    return expanded(secret, info);
  };
  const prk = extract(sha256, concat(...secrets), Buffer.alloc(0));
  const handshake = derive(prk, 'HandshakeSecret', hash(preamble));
  const serverMac = mac(derive(handshake, 'ServerMAC', Buffer.alloc(0)), hash(preamble));
  const clientMac = mac(
    derive(handshake, 'ClientMAC', Buffer.alloc(0)), hash(concat(preamble, serverMac)));
  return { serverMac, clientMac, sessionKey: derive(prk, 'SessionKey', hash(preamble)) };
}

/** OPQ-8: the record's seed where the input names its secret, the vault's own where it does not. */
function recordSeed(input) {
  const vault = bytes(input, 'oprfSeed', 32);
  return 'recordSecret' in input ? extract(sha256, bytes(input, 'recordSecret', 32), vault) : vault;
}

function evaluateFor(input, blinded) {
  const info = concat(credentialIdentifier(input), utf8('OprfKey'));
  const seed = expanded(recordSeed(input), info);
  const { secretKey } = oprf.deriveKeyPair(seed, utf8('OPAQUE-DeriveKeyPair'));
  return Buffer.from(oprf.blindEvaluate(secretKey, blinded));
}

const serverKey = (input) => scalar(bytes(input, 'serverPrivateKey', 32));
const publicKey = (secret) => Buffer.from(p256.getPublicKey(secret, true));

function registrationRecord(input) {
  const response = bytes(input, 'registrationResponse', 66);
  const [evaluated, serverPublicKey] = [response.subarray(0, 33), response.subarray(33)];
  [evaluated, serverPublicKey].forEach(element);
  const blind = scalar(bytes(input, 'blind', 32));
  const result = {};
  const randomized = randomizedPassword(input, password(input), blind, evaluated);
  const stored = envelope(
    randomized, nonce(input, result, 'envelopeNonce'), serverPublicKey, identities(input));
  const record = concat(stored.pair.publicKey, maskingKey(randomized), stored.bytes);
  return { ...result, registrationRecord: hex(record), exportKey: hex(stored.exportKey) };
}

function ke1(input) {
  const result = {};
  const blinded = blindWith(password(input), blindOf(input, result));
  const clientNonce = nonce(input, result, 'clientNonce');
  const share = deriveKeyShare(nonce(input, result, 'clientKeyshareSeed'));
  return { ...result, ke1: hex(concat(blinded, clientNonce, share.publicKey)) };
}

function respond(input, result) {
  const first = bytes(input, 'ke1', 98);
  [first.subarray(0, 33), first.subarray(65)].forEach(element);
  const record = bytes(input, 'registrationRecord', 129);
  const clientPublicKey = element(record.subarray(0, 33));
  const secret = serverKey(input);
  const maskingNonce = nonce(input, result, 'maskingNonce');
  const serverNonce = nonce(input, result, 'serverNonce');
  const share = deriveKeyShare(nonce(input, result, 'serverKeyshareSeed'));
  const plain = concat(publicKey(secret), record.subarray(65));
  const masked = xor(plain, pad(record.subarray(33, 65), maskingNonce));
  const evaluated = evaluateFor(input, first.subarray(0, 33));
  const inner = concat(evaluated, maskingNonce, masked, serverNonce, share.publicKey);
  const secrets = [
    diffieHellman(share.secretKey, first.subarray(65)),
    diffieHellman(secret, first.subarray(65)),
    diffieHellman(share.secretKey, clientPublicKey),
  ];
  return { inner, keys: schedule(secrets, identities(input), first, inner) };
}

function ke3(input) {
  const secret = password(input);
  const ids = identities(input);
  const blind = scalar(bytes(input, 'blind', 32));
  const share = deriveKeyShare(bytes(input, 'clientKeyshareSeed', 32));
  const first = concat(
    blindWith(secret, blind), bytes(input, 'clientNonce', 32), share.publicKey);
  const second = bytes(input, 'ke2');
  try {
    return finishLogin(input, { secret, ids, blind, share, first, second });
  } catch (failure) {
    throw failure.outcome === 'VaultNotTrusted' ? failure : new Rejected('LoginFailed');
  }
}

// OPQ-6: whatever does not fit is one and the same failure.
function finishLogin(input, { secret, ids, blind, share, first, second }) {
  if (second.length !== 259) {
    throw malformed();
  }
  const part = (from, to) => second.subarray(from, to);
  const randomized = randomizedPassword(input, secret, blind, element(part(0, 33)));
  const plain = xor(part(65, 162), pad(maskingKey(randomized), part(33, 65)));
  const serverPublicKey = element(plain.subarray(0, 33));
  const opened = envelope(randomized, plain.subarray(33, 65), serverPublicKey, ids);
  const serverShare = element(part(194, 227));
  const secrets = [
    diffieHellman(share.secretKey, serverShare),
    diffieHellman(share.secretKey, serverPublicKey),
    diffieHellman(opened.pair.secretKey, serverShare),
  ];
  const keys = schedule(secrets, ids, first, part(0, 227));
  if (!timingSafeEqual(opened.bytes, plain.subarray(33))
      || !timingSafeEqual(keys.serverMac, part(227))) {
    throw malformed();
  }
  return {
    ke3: hex(keys.clientMac),
    sessionKey: hex(keys.sessionKey),
    exportKey: hex(opened.exportKey),
  };
}

function finish(input) {
  const third = bytes(input, 'ke3', 32);
  const { keys } = respond(input, {});
  if (!timingSafeEqual(third, keys.clientMac)) {
    throw new Rejected('WrongProof');
  }
  return { sessionKey: hex(keys.sessionKey) };
}

export const operations = {
  argon2id: (input) => ({ tag: hex(stretch(input, bytes(input, 'oprfOutput', 32))) }),
  'oprf.blind': (input) => {
    const result = {};
    const text = oprfInput(input);
    const blinded = blindWith(text, blindOf(input, result));
    return { ...result, blindedElement: hex(blinded) };
  },
  'oprf.evaluate': (input) => {
    const blinded = element(bytes(input, 'blindedElement'));
    const key = scalar(bytes(input, 'privateKey'));
    return { evaluatedElement: hex(oprf.blindEvaluate(key, blinded)) };
  },
  'oprf.finalize': (input) => {
    const text = oprfInput(input);
    const evaluated = element(bytes(input, 'evaluatedElement'));
    return { output: hex(oprf.finalize(text, scalar(bytes(input, 'blind')), evaluated)) };
  },
  'oprf.deriveKey': (input) => {
    const { secretKey, publicKey: point } = oprf.deriveKeyPair(
      bytes(input, 'seed', 32), utf8(input.info));
    return { privateKey: hex(secretKey), publicKey: hex(point) };
  },
  'opaque.serverPublicKey': (input) => {
    bytes(input, 'oprfSeed', 32);
    return { serverPublicKey: hex(publicKey(serverKey(input))) };
  },
  'opaque.registrationRequest': (input) => {
    const result = {};
    const blinded = blindWith(password(input), blindOf(input, result));
    return { ...result, registrationRequest: hex(blinded) };
  },
  'opaque.registrationResponse': (input) => {
    const request = element(bytes(input, 'registrationRequest'));
    const key = publicKey(serverKey(input));
    return { registrationResponse: hex(concat(evaluateFor(input, request), key)) };
  },
  'opaque.registrationRecord': registrationRecord,
  'opaque.ke1': ke1,
  'opaque.ke2': (input) => {
    const result = {};
    const { inner, keys } = respond(input, result);
    return { ...result, ke2: hex(concat(inner, keys.serverMac)) };
  },
  'opaque.ke3': ke3,
  'opaque.finish': finish,
};
