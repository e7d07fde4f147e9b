// Errors, the types that JSON lacks, and how values cross to the host.

const BATCH = 20;
const LINE = 90;
const TOLD_MAX = 500;

// An error of the server. It keeps the whole answer, and has the answer's fields itself too.
class MongoError extends Error {
  constructor(text, answer) {
    super(text);
    this.name = 'MongoError';
    this.errorResponse = answer;
    this.errorLabels = answer.errorLabels || [];
    for (const field of Object.keys(answer)) {
      if (!(field in this)) define(this, field, answer[field]);
    }
  }
  hasErrorLabel(label) { return this.errorLabels.includes(label); }
}

// ---- Types

const randomHex = digits => Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');
const fixedHex = (number, digits) => number.toString(16).padStart(digits, '0');
const PROCESS = randomHex(10);
let ids = Math.floor(Math.random() * 2 ** 24);

// The second, the process and a count, as drivers make them.
function newId() {
  ids = (ids + 1) % 2 ** 24;
  return fixedHex(Math.floor(Date.now() / 1000), 8) + PROCESS + fixedHex(ids, 6);
}

class ObjectId {
  constructor(hex = newId()) {
    if (!/^[0-9a-fA-F]{24}$/.test(hex)) throw new Error('ObjectId takes 24 hexadecimal digits');
    this.hex = hex.toLowerCase();
  }
  toHexString() { return this.hex; }
  toString() { return this.hex; }
  equals(other) { return other instanceof ObjectId && other.hex === this.hex; }
  getTimestamp() { return new Date(parseInt(this.hex.slice(0, 8), 16) * 1000); }
}

class Long {
  constructor(value) { this.value = BigInt(value); }
  toNumber() { return Number(this.value); }
  valueOf() { return Number(this.value); }
  toString() { return this.value.toString(); }
}

class Decimal {
  constructor(text) { this.text = String(text); }
  valueOf() { return Number(this.text); }
  toString() { return this.text; }
}

class Double {
  constructor(value) { this.value = Number(value); }
  valueOf() { return this.value; }
  toString() { return String(this.value); }
}

class Timestamp {
  constructor(t = 0, i = 0) { Object.assign(this, typeof t === 'object' ? t : { t, i }); }
}

class Binary {
  constructor(subType, base64) { this.subType = subType; this.base64 = base64; }
}

// A type of old BSON: shown and sent back as it came.
class Wrapped {
  constructor(wrapper) { this.wrapper = wrapper; }
}

// Values that can be written as calls too.
function MinKey() { return MinKey; }
function MaxKey() { return MaxKey; }

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const bitsOf = (digits, width, valueOf) => [...digits].map(digit => valueOf(digit).toString(2).padStart(width, '0')).join('');
const digitsOf = (bits, width, digitOf) =>
  (bits.match(new RegExp(`.{1,${width}}`, 'g')) || []).map(part => digitOf(parseInt(part.padEnd(width, '0'), 2))).join('');

function base64Of(hex) {
  const text = digitsOf(bitsOf(hex, 4, digit => parseInt(digit, 16)), 6, value => BASE64[value]);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function hexOf(base64) {
  const bits = bitsOf(base64.replace(/=/g, ''), 6, letter => BASE64.indexOf(letter));
  return digitsOf(bits.slice(0, bits.length - bits.length % 8), 4, value => value.toString(16));
}

const UUID_TYPE = '04';

function uuid(text) {
  const hex = text === undefined
    ? randomHex(12) + '4' + randomHex(3) + '89ab'[Math.floor(Math.random() * 4)] + randomHex(15)
    : String(text).replace(/-/g, '');
  if (!/^[0-9a-fA-F]{32}$/.test(hex)) throw new Error('UUID takes 32 hexadecimal digits');
  return new Binary(UUID_TYPE, base64Of(hex));
}

const uuidText = binary => hexOf(binary.base64).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

function callable(type, make) {
  return new Proxy(type, { apply: (target, self, args) => make(...args) });
}

const REGEX_FLAGS = { i: 'i', m: 'm', s: 's', u: 'u' };

// ---- Between scripts and Extended JSON

const READERS = {
  $oid: v => new ObjectId(v.$oid),
  $numberInt: v => Number(v.$numberInt),
  $numberDouble: v => Number(v.$numberDouble.replace('Infinity', 'Infinity')),
  $numberLong: v => new Long(v.$numberLong),
  $numberDecimal: v => new Decimal(v.$numberDecimal),
  $date: v => new Date(Number(v.$date.$numberLong)),
  $timestamp: v => new Timestamp(v.$timestamp.t, v.$timestamp.i),
  $binary: v => new Binary(v.$binary.subType, v.$binary.base64),
  $minKey: () => MinKey,
  $maxKey: () => MaxKey,
  $undefined: () => undefined,
  $regularExpression: readRegex,
  $symbol: v => new Wrapped(v),
  $code: v => new Wrapped(v),
  $dbPointer: v => new Wrapped(v),
};

function readRegex(v) {
  const { pattern, options } = v.$regularExpression;
  try {
    return new RegExp(pattern, [...options].map(o => REGEX_FLAGS[o] || '').join(''));
  } catch (e) {
    return new Wrapped(v); // another dialect: kept, though JavaScript cannot run it
  }
}

function fromJson(value) {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value === null || typeof value !== 'object') return value;
  const first = Object.keys(value)[0];
  if (first !== undefined && Object.hasOwn(READERS, first)) return READERS[first](value);
  const result = {};
  for (const key of Object.keys(value)) define(result, key, fromJson(value[key]));
  return result;
}

function define(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function number(value) {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0)) {
    return { $numberInt: String(value) };
  }
  return { $numberDouble: Object.is(value, -0) ? '-0.0' : String(value) };
}

function toJson(value) {
  if (value === MinKey) return { $minKey: 1 };
  if (value === MaxKey) return { $maxKey: 1 };
  switch (typeof value) {
    case 'number': return number(value);
    case 'bigint': return { $numberLong: value.toString() };
    case 'string': case 'boolean': return value;
    case 'undefined': return null;
    case 'function': case 'symbol': throw new Error('a ' + typeof value + ' cannot be stored');
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof ObjectId) return { $oid: value.hex };
  if (value instanceof Long) return { $numberLong: value.toString() };
  if (value instanceof Double) return { $numberDouble: String(value.value) };
  if (value instanceof Decimal) return { $numberDecimal: value.text };
  if (value instanceof Date) return date(value);
  if (value instanceof RegExp) return regex(value);
  if (value instanceof Timestamp) return { $timestamp: { t: value.t, i: value.i } };
  if (value instanceof Binary) return { $binary: { base64: value.base64, subType: value.subType } };
  if (value instanceof Wrapped) return value.wrapper;
  const result = {};
  for (const key of Object.keys(value)) define(result, key, toJson(value[key]));
  return result;
}

function date(value) {
  if (Number.isNaN(value.getTime())) throw new Error('this Date is not a date');
  return { $date: { $numberLong: String(value.getTime()) } };
}

function regex(value) {
  const options = [...value.flags].filter(flag => 'imsux'.includes(flag)).sort().join('');
  return { $regularExpression: { pattern: value.source, options } };
}

function call(name, ...args) {
  const answer = host[name](...args.map(String));
  const told = fromJson(JSON.parse(answer.slice(1)));
  if (answer.startsWith('!')) throw new MongoError(told.text, told.answer);
  return told;
}

const json = value => JSON.stringify(toJson(value));

// Options may stand in the place of what is left out before them.
function stringify(value, ...others) {
  const isOptions = other => other !== null && typeof other === 'object' && !Array.isArray(other);
  const [replacer, space] = others.filter(other => !isOptions(other));
  if (others.find(isOptions)?.relaxed) throw new TypeError('Extended JSON is canonical here, which keeps every type');
  return JSON.stringify(toJson(value), replacer, space);
}

// One of MongoDB's commands: {ping: 1}, or just its name. An answer that is not ok is thrown.
function runCommand(database, command, session) {
  const document = typeof command === 'string' ? { [command]: 1 } : command;
  const answer = call('command', database, json(document), transactionOf(session));
  if (plain(answer.ok) === 1) return answer;
  throw new MongoError(failureText(answer), answer);
}

// An error in one line. Fields of its own kind, such as violations, are told as far as a line goes.
function failureText({ ok, errmsg, code, codeName, pointer, hint, errorLabels, ...others }) {
  const more = Object.keys(others).length === 0 ? '' : ' ' + oneLine(others);
  const told = more.length <= TOLD_MAX ? more : more.slice(0, TOLD_MAX) + ' ... (errorResponse has all of it)';
  return `${codeName} (${code}): ${errmsg}${told}${pointer ? ' at ' + pointer : ''}${hint ? '; ' + hint : ''}`;
}
