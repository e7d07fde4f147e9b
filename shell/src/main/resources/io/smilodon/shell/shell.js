// The objects of the shell: db, collections, cursors, and the types that JSON lacks.
// Evaluates to a function that takes the host's functions and returns what the host calls back.
// Values cross as canonical Extended JSON; the host answers "=" and JSON, or "!" and an error.
(function (host) {
  'use strict';

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

  function stringify(value, replacer, space, { relaxed = false } = {}) {
    if (relaxed) throw new TypeError('Extended JSON is canonical here, which keeps every type');
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

  // ---- Showing values

  const NAME = /^[A-Za-z_$][\w$]*$/;

  function leaf(value) {
    if (value === MinKey) return 'MinKey()';
    if (value === MaxKey) return 'MaxKey()';
    switch (typeof value) {
      case 'string': return JSON.stringify(value);
      case 'bigint': return `Long("${value}")`;
      case 'function': return `[Function: ${value.name || 'anonymous'}]`;
      case 'object': break;
      default: return Object.is(value, -0) ? '-0' : String(value);
    }
    if (value === null) return 'null';
    if (value instanceof ObjectId) return `ObjectId("${value.hex}")`;
    if (value instanceof Long) return `Long("${value}")`;
    if (value instanceof Double) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value);
    if (value instanceof Decimal) return `Decimal128("${value.text}")`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : `ISODate("${value.toISOString()}")`;
    if (value instanceof RegExp) return String(value);
    if (value instanceof Timestamp) return `Timestamp({ t: ${value.t}, i: ${value.i} })`;
    if (value instanceof Binary && value.subType === UUID_TYPE && value.base64.length === 24) return `UUID("${uuidText(value)}")`;
    if (value instanceof Binary) return `Binary("${value.base64}", "${value.subType}")`;
    if (value instanceof Wrapped) return JSON.stringify(value.wrapper);
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    return undefined;
  }

  function parts(value, indent, seen) {
    if (Array.isArray(value)) return value.map(item => show(item, indent, seen));
    return Object.keys(value).map(key =>
      (NAME.test(key) ? key : JSON.stringify(key)) + ': ' + show(value[key], indent, seen));
  }

  function show(value, indent = '', seen = []) {
    const text = leaf(value);
    if (text !== undefined) return text;
    if (seen.includes(value)) return '[Circular]';
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    const inner = parts(value, indent + '  ', [...seen, value]);
    if (inner.length === 0) return open + close;
    const line = `${open} ${inner.join(', ')} ${close}`;
    if (!line.includes('\n') && indent.length + line.length <= LINE) return line;
    return open + '\n' + inner.map(part => indent + '  ' + part).join(',\n') + '\n' + indent + close;
  }

  // ---- Cursors

  let current = null; // what `it` goes on with

  // What the commands know of a read and the actions do not.
  const OF_COMMANDS = ['$readPreference', 'allowPartialResults', 'awaitData', 'oplogReplay', 'readConcern', 'tailable'];
  const FLAGS = { 2: 'tailable', 8: 'oplogReplay', 16: 'noCursorTimeout', 32: 'awaitData', 128: 'allowPartialResults' };
  const BATCH_DEFAULT = 100;

  class Cursor {
    constructor(collection, action, body) {
      Object.assign(this, { collection, action, body, buffer: null, id: null, mapping: document => document });
    }

    with(name, value) {
      if (this.buffer !== null) throw new Error('the cursor has been read from already');
      this.body[name] = value;
      return this;
    }
    // A pipeline has a stage for what is an option of a find.
    shape(name, stage, value) {
      if (this.action === 'find') return this.with(name, value);
      return this.with('pipeline', [...this.body.pipeline, { [stage]: value }]);
    }
    sort(order) { return this.shape('sort', '$sort', order); }
    limit(count) { return this.shape('limit', '$limit', Math.abs(count)); }
    skip(count) { return this.shape('skip', '$skip', count); }
    projection(fields) { return this.shape('projection', '$project', fields); }
    project(fields) { return this.projection(fields); }
    hint(index) { return this.with('hint', index); }
    batchSize(count) { return this.with('batchSize', count); }
    maxTimeMS(millis) { return this.with('maxTimeMS', millis); }
    min(key) { return this.with('min', key); }
    max(key) { return this.with('max', key); }
    comment(text) { return this.with('comment', text); }
    collation(collation) { return this.with('collation', collation); }
    allowDiskUse(isAllowed = true) { return this.with('allowDiskUse', isAllowed); }
    returnKey(isAsked = true) { return this.with('returnKey', isAsked); }
    showRecordId(isAsked = true) { return this.with('showRecordId', isAsked); }
    noCursorTimeout() { return this.with('noCursorTimeout', true); }
    allowPartialResults() { return this.with('allowPartialResults', true); }
    oplogReplay() { return this.with('oplogReplay', true); }
    readConcern(level) { return this.with('readConcern', { level }); }
    readPref(mode, tags, hedge) {
      return this.with('$readPreference', { mode, ...(tags ? { tags } : {}), ...(hedge ? { hedge } : {}) });
    }
    tailable({ awaitData = false } = {}) {
      return awaitData ? this.with('tailable', true).with('awaitData', true) : this.with('tailable', true);
    }
    // How long the server waits for more, where awaitData asks for that.
    maxAwaitTimeMS(millis) { this.maxAwaitMillis = millis; return this; }
    addOption(flag) {
      if (!Object.hasOwn(FLAGS, flag)) throw new Error(`no cursor has the flag ${flag}: they are ${Object.keys(FLAGS).join(', ')}`);
      return this.with(FLAGS[flag], true);
    }
    pretty() { return this; }

    explain(verbosity = 'queryPlanner') {
      const explain = verbosityOf(verbosity);
      return this.isByCommand()
        ? this.collection.command({ explain: this.asCommand(), verbosity: explain })
        : this.collection.run(this.action, { ...this.body, explain });
    }

    isByCommand() { return typeof this.collection.name !== 'string' || OF_COMMANDS.some(name => name in this.body); }
    asCommand() {
      if (this.action === 'find') return { find: this.collection.name, ...this.body };
      const { batchSize, ...body } = this.body;
      return { aggregate: this.collection.name, cursor: batchSize === undefined ? {} : { batchSize }, ...body };
    }
    start() {
      this.accept(this.isByCommand()
        ? this.collection.command(this.asCommand()).cursor
        : this.collection.run(this.action, this.body));
    }
    goOn() {
      const batchSize = this.body.batchSize || BATCH_DEFAULT;
      if (typeof this.id === 'string') this.accept(call('next', this.id, batchSize));
      else {
        const waiting = this.maxAwaitMillis === undefined ? {} : { maxTimeMS: this.maxAwaitMillis };
        this.accept(this.collection.command({ getMore: this.id, collection: this.name, batchSize, ...waiting }).cursor);
      }
    }
    // An action answers documents, and a cursor that is text; a command answers a batch, and a number.
    accept(answer) {
      this.buffer = answer.documents || answer.firstBatch || answer.nextBatch;
      if (answer.documents) this.id = answer.cursor ? answer.cursor.id : null;
      else {
        this.id = plain(answer.id) === 0 ? null : answer.id;
        this.name = answer.ns.slice(answer.ns.indexOf('.') + 1);
      }
    }
    // The end of a capped collection may be asked again later: it is asked once each time.
    hasNext() {
      if (this.buffer === null) this.start();
      while (this.buffer.length === 0 && this.id !== null) {
        this.goOn();
        if (this.body.tailable) break;
      }
      return this.buffer.length > 0;
    }
    next() {
      if (!this.hasNext()) throw new Error('the cursor is exhausted');
      return this.mapping(this.buffer.shift());
    }
    tryNext() { return this.hasNext() ? this.next() : null; }
    *[Symbol.iterator]() { while (this.hasNext()) yield this.next(); }
    toArray() { return [...this]; }
    forEach(action) {
      for (const document of this) if (action(document) === false) return;
    }
    map(mapping) {
      const before = this.mapping;
      this.mapping = document => mapping(before(document));
      return this;
    }
    isClosed() { return this.buffer !== null && this.id === null && this.buffer.length === 0; }
    isExhausted() { return !this.hasNext(); }
    objsLeftInBatch() { return this.buffer === null ? 0 : this.buffer.length; }
    itcount() { let n = 0; while (this.hasNext()) { this.next(); n++; } return n; }
    // How many documents match, as far as limit and skip let them be seen.
    count() {
      if (this.action !== 'find') throw new TypeError('what a pipeline gives is counted by itcount()');
      const { filter, ...others } = this.body;
      return this.collection.countDocuments(filter, only(others, ...OF_COUNT));
    }
    size() { return this.count(); }
    close() {
      if (typeof this.id === 'string') call('closeCursor', this.id);
      else if (this.id !== null) this.collection.command({ killCursors: this.name, cursors: [this.id] });
      this.id = null;
      this.buffer = [];
    }
  }

  const OF_COUNT = ['collation', 'comment', 'hint', 'let', 'limit', 'max', 'maxTimeMS', 'min', 'skip'];

  const only = (object, ...names) =>
    Object.fromEntries(names.filter(name => name in object).map(name => [name, object[name]]));

  // True and false are what older shells took.
  function verbosityOf(verbosity) {
    if (verbosity === true) return 'allPlansExecution';
    return verbosity === false ? 'queryPlanner' : verbosity;
  }

  // The changes of a collection, a database or all of them, as they happen.
  class ChangeStream {
    constructor(database, target, pipeline, options) {
      const { batchSize, maxAwaitTimeMS = 1000, collation, comment, ...stage } = options;
      Object.assign(this, { database, maxAwaitTimeMS, batch: batchSize ? { batchSize } : {}, left: Infinity });
      const others = { ...(collation ? { collation } : {}), ...(comment ? { comment } : {}) };
      const command = { aggregate: target, pipeline: [{ $changeStream: stage }, ...[].concat(pipeline)], cursor: this.batch, ...others };
      this.accept(runCommand(database, command).cursor);
      this.name = this.ns.slice(this.ns.indexOf('.') + 1);
    }
    accept(cursor) {
      this.buffer = cursor.firstBatch || cursor.nextBatch;
      this.token = cursor.postBatchResumeToken || this.token;
      this.id = cursor.id;
      this.ns = cursor.ns;
    }
    limit(count) { this.left = count; return this; }
    isClosed() { return this.left <= 0 || (plain(this.id) === 0 && this.buffer.length === 0); }
    // An event if there is one, or comes within maxAwaitTimeMS; null if not.
    tryNext() {
      if (this.isClosed()) return null;
      if (this.buffer.length === 0) {
        this.accept(runCommand(this.database, { getMore: this.id, collection: this.name, maxTimeMS: this.maxAwaitTimeMS, ...this.batch }).cursor);
      }
      if (this.buffer.length === 0) return null;
      const event = this.buffer.shift();
      this.token = event._id;
      if (--this.left <= 0) this.close();
      return event;
    }
    // Waits for an event; null once the stream has ended.
    next() {
      let event = null;
      while (event === null && !this.isClosed()) event = this.tryNext();
      return event;
    }
    *[Symbol.iterator]() { for (let event = this.next(); event !== null; event = this.next()) yield event; }
    forEach(action) { for (const event of this) action(event); }
    getResumeToken() { return this.token; }
    close() {
      if (plain(this.id) !== 0) runCommand(this.database, { killCursors: this.name, cursors: [this.id] });
      this.id = 0;
      this.buffer = [];
    }
  }

  function showBatch(cursor) {
    const lines = [];
    while (lines.length < BATCH && cursor.hasNext()) lines.push(show(cursor.next()));
    current = cursor.hasNext() ? cursor : null;
    if (current !== null) lines.push('Type "it" for more');
    return lines.join('\n');
  }

  // Shows events as they come, until there are no more to come or the user interrupts.
  function showEvents(stream) {
    stream.forEach(event => host.print(show(event)));
    return '';
  }

  // ---- Collections and databases

  const isStage = value => (Object.keys(value)[0] || '').startsWith('$');

  // A list of stages, or the stages themselves; then options.
  function aggregated(collection, first = [], ...others) {
    others.forEach(other => checkDocument('options', other));
    const { explain, ...options } = Object.assign({}, ...others.filter(other => !isStage(other)));
    const pipeline = [].concat(first, others.filter(isStage));
    const cursor = new Cursor(collection, 'aggregate', { pipeline, ...options });
    if (explain !== undefined) return cursor.explain(explain);
    if (pipeline.some(stage => '$out' in stage || '$merge' in stage)) cursor.hasNext(); // it writes, read or not
    return cursor;
  }

  // Stages and options, or options only.
  function watched(database, target, pipeline, options, ofShell = {}) {
    const isOptions = !Array.isArray(pipeline) && !isStage(pipeline);
    return new ChangeStream(database, target, isOptions ? [] : pipeline, { ...(isOptions ? pipeline : {}), ...options, ...ofShell });
  }

  const concerned = (command, writeConcern) => (writeConcern === undefined ? command : { ...command, writeConcern });

  // As MongoDB's shell and its drivers name indexes: a_1_b_-1.
  const indexName = key => Object.entries(key).map(([field, kind]) => `${field}_${kind}`).join('_');

  class Collection {
    constructor(database, name, session) {
      Object.assign(this, { database, name, session });
    }
    run(action, body) {
      return call('run', this.database, this.name, action, json(body), transactionOf(this.session));
    }

    find(filter = {}, projection, options = {}) {
      return new Cursor(this, 'find', { filter, ...(projection ? { projection } : {}), ...options });
    }
    findOne(filter = {}, projection, options = {}) {
      return this.run('findOne', { filter, ...(projection ? { projection } : {}), ...options }).document;
    }
    aggregate(...stages) { return aggregated(this, ...stages); }
    countDocuments(filter = {}, options = {}) { return plain(this.run('count', { filter, ...options }).count); }
    count(query = {}, options = {}) { return plain(this.command({ count: this.name, query, ...options }).n); }
    estimatedDocumentCount(options = {}) {
      this.outside('count');
      const isView = (this.exists() || {}).type === 'view';
      return isView ? this.countDocuments({}, options) : plain(this.command({ collStats: this.name, ...options }).count);
    }
    distinct(key, filter = {}, options = {}) {
      const { explain, ...others } = options;
      return explain === undefined ? this.run('distinct', { key, filter, ...others }).values
        : new Explained(this, verbosityOf(explain)).distinct(key, filter, others);
    }

    insertOne(document, options = {}) { return this.run('insertOne', { document, ...options }); }
    insertMany(documents, options = {}) { return this.checked(this.run('insertMany', { documents, ...options })); }
    updateOne(filter, update, options = {}) { return this.run('updateOne', { filter, update, ...options }); }
    updateMany(filter, update, options = {}) { return this.run('updateMany', { filter, update, ...options }); }
    replaceOne(filter, replacement, options = {}) { return this.run('replaceOne', { filter, replacement, ...options }); }
    deleteOne(filter, options = {}) { return this.run('deleteOne', { filter, ...options }); }
    deleteMany(filter, options = {}) { return this.run('deleteMany', { filter, ...options }); }
    findOneAndUpdate(filter, update, options = {}) { return this.run('findOneAndUpdate', { filter, update, ...returning(options) }).value; }
    findOneAndReplace(filter, replacement, options = {}) {
      return this.run('findOneAndReplace', { filter, replacement, ...returning(options) }).value;
    }
    findOneAndDelete(filter, options = {}) { return this.run('findOneAndDelete', { filter, ...options }).value; }

    findAndModify({ query = {}, ...options }) { return this.command({ findAndModify: this.name, query, ...options }).value; }
    bulkWrite(operations, options = {}) { return this.checked(this.run('bulkWrite', { operations, ...options })); }

    // Older than the methods with One and Many.
    insert(documents, options = {}) {
      return Array.isArray(documents) ? this.insertMany(documents, options) : this.insertOne(documents, options);
    }
    save(document, options = {}) {
      return '_id' in document
        ? this.replaceOne({ _id: document._id }, document, { ...options, upsert: true }) : this.insertOne(document, options);
    }
    update(filter, update, options = {}) {
      const { multi = false, ...others } = options;
      if (multi) return this.updateMany(filter, update, others);
      const isReplacement = !Array.isArray(update) && !Object.keys(update).some(name => name.startsWith('$'));
      return isReplacement ? this.replaceOne(filter, update, others) : this.updateOne(filter, update, others);
    }
    remove(filter, justOneOrOptions = {}) {
      const { justOne, ...options } = removal(justOneOrOptions);
      return justOne ? this.deleteOne(filter, options) : this.deleteMany(filter, options);
    }

    createIndex(key, options = {}, commitQuorum) { return this.createIndexes([key], options, commitQuorum)[0]; }
    // Of the options some belong to the command, the others to each of the indexes.
    createIndexes(keys, options = {}, commitQuorum) {
      this.outside('createIndexes');
      const { comment, maxTimeMS, writeConcern, commitQuorum: quorum = commitQuorum, ...ofIndex } = options;
      const ofCommand = Object.entries({ comment, maxTimeMS, writeConcern, commitQuorum: quorum });
      const indexes = keys.map(key => ({ key, name: indexName(key), ...ofIndex }));
      this.command({ createIndexes: this.name, indexes, ...Object.fromEntries(ofCommand.filter(([, value]) => value !== undefined)) });
      return indexes.map(index => index.name);
    }
    ensureIndex(key, options = {}, commitQuorum) { return this.createIndexes([key], options, commitQuorum); }
    createSearchIndex(name, type, definition) {
      const wanted = typeof name === 'object' ? name
        : definition === undefined && typeof type === 'object' ? { name, definition: type } : { name, type, definition };
      return this.createSearchIndexes([wanted])[0];
    }
    createSearchIndexes(indexes) { return this.runCommand({ createSearchIndexes: this.name, indexes }).indexesCreated.map(index => index.name); }
    updateSearchIndex(name, definition) { this.runCommand({ updateSearchIndex: this.name, name, definition }); }
    dropSearchIndex(name) { this.runCommand({ dropSearchIndex: this.name, name }); }
    getSearchIndexes(name) { return this.aggregate([{ $listSearchIndexes: name === undefined ? {} : { name } }]).toArray(); }
    getIndexes() { return call('indexes', this.database, this.name); }
    getIndices() { return this.getIndexes(); }
    getIndexSpecs() { return this.getIndexes(); }
    getIndexKeys() { return this.getIndexes().map(index => index.key); }
    dropIndex(index) {
      if (index === undefined || index === '*' || Array.isArray(index)) {
        throw new TypeError('dropIndex drops one index, by its name or its key; dropIndexes() drops more');
      }
      return this.dropIndexes(index);
    }
    // All but that on _id; or those that a name, a list of names or a key tells.
    dropIndexes(index = '*') { this.outside('dropIndexes'); return this.command({ dropIndexes: this.name, index }); }
    hideIndex(index) { return this.changeIndex(index, true); }
    unhideIndex(index) { return this.changeIndex(index, false); }
    changeIndex(index, hidden) {
      const named = typeof index === 'string' ? { name: index } : { keyPattern: index };
      return this.command({ collMod: this.name, index: { ...named, hidden } });
    }
    drop(options = {}) { this.outside('drop'); return 'ns' in this.command({ drop: this.name, ...options }); }
    renameCollection(name, dropTarget = false) {
      return runCommand('admin', { renameCollection: this.getFullName(), to: this.database + '.' + name, dropTarget }, this.session);
    }
    validate(fullOrOptions = {}) {
      const options = typeof fullOrOptions === 'boolean' ? { full: fullOrOptions } : checkDocument('options', fullOrOptions);
      return this.command({ validate: this.name, ...options });
    }
    reIndex() { return this.command({ reIndex: this.name }); }
    stats(scaleOrOptions = {}) {
      const options = typeof scaleOrOptions === 'number' ? { scale: scaleOrOptions } : checkDocument('options', scaleOrOptions);
      return this.command({ collStats: this.name, ...options });
    }
    dataSize() { return plain(this.stats().size); }
    storageSize() { return plain(this.stats().storageSize); }
    totalIndexSize() { return plain(this.stats().totalIndexSize); }
    totalSize() { return plain(this.stats().totalSize); }
    latencyStats(options = {}) { return this.aggregate([{ $collStats: { latencyStats: options } }]).toArray(); }
    exists() { return runCommand(this.database, { listCollections: 1, filter: { name: this.name } }).cursor.firstBatch[0] ?? null; }
    isCapped() {
      const found = this.exists();
      if (!found) throw new Error(`collection ${this.getFullName()} not found`);
      return found.options.capped === true;
    }
    convertToCapped(size) { return this.command({ convertToCapped: this.name, size }); }
    adviseIndexes() { return this.command({ adviseIndexes: this.name }); }
    getPlanCache() { return new PlanCache(this); }
    watch(pipeline = [], options = {}) { this.outside('watch'); return watched(this.database, this.name, pipeline, options); }
    runCommand(command, options = {}) {
      if (typeof command === 'string') return this.command({ [command]: this.name, ...options });
      if (Object.keys(options).length > 0) throw new TypeError('options belong into the command itself');
      return this.command(command);
    }
    help() { return COLLECTION_HELP; }
    getName() { return this.name; }
    getFullName() { return this.database + '.' + this.name; }
    getDB() { return database(this.database, this.session); }
    getMongo() { return new Mongo(); }
    explain(verbosity = 'queryPlanner') { return new Explained(this, verbosityOf(verbosity)); }

    mapReduce(map, reduce, outOrOptions = {}) {
      const options = typeof outOrOptions === 'string' ? { out: outOrOptions } : checkDocument('options', outOrOptions);
      return this.command({ mapReduce: this.name, map: String(map), reduce: String(reduce), ...options });
    }
    command(command) { return runCommand(this.database, command, this.session); }
    outside(operation) { refuseInside(this.session, operation); }
    checked(answer) {
      if (!answer.writeErrors || answer.writeErrors.length === 0) return answer;
      const first = answer.writeErrors[0];
      const error = new Error(`write ${first.index}: ${first.message} (${first.code}); inserted ${answer.insertedCount}`);
      error.name = 'BulkWriteError';
      error.code = plain(first.code);
      error.writeErrors = answer.writeErrors;
      error.result = answer;
      throw error;
    }
  }

  // MongoDB's shell has other names for returnDocument: 'after'.
  function returning({ returnNewDocument, returnOriginal, new: isNew, ...options }) {
    const isAfter = returnNewDocument ?? isNew ?? (returnOriginal === undefined ? undefined : !returnOriginal);
    return isAfter === undefined ? options : { returnDocument: isAfter ? 'after' : 'before', ...options };
  }

  function removal(justOneOrOptions) {
    if (typeof justOneOrOptions === 'boolean') return { justOne: justOneOrOptions };
    return { justOne: false, ...checkDocument('options', justOneOrOptions) };
  }

  // The options of findOneAndUpdate and its like, as the command findAndModify names them.
  function modifying(options) {
    const { projection, returnDocument, ...others } = returning(options);
    return { ...others, ...(projection ? { fields: projection } : {}), ...(returnDocument ? { new: returnDocument === 'after' } : {}) };
  }

  class Explained {
    constructor(collection, verbosity) { Object.assign(this, { collection, verbosity }); }
    getCollection() { return this.collection; }
    getVerbosity() { return this.verbosity; }
    setVerbosity(verbosity) { this.verbosity = verbosityOf(verbosity); }
    find(...args) { return this.collection.find(...args).explain(this.verbosity); }
    aggregate(...stages) { return this.collection.aggregate(...stages).explain(this.verbosity); }
    count(query = {}, options = {}) { return this.command({ count: this.collection.name, query, ...options }); }
    distinct(key, query = {}, options = {}) { return this.command({ distinct: this.collection.name, key, query, ...options }); }
    update(q, u, options = {}) {
      return this.command({ update: this.collection.name, updates: [{ q, u, ...options }] });
    }
    remove(q, justOneOrOptions = {}) {
      const { justOne, ...options } = removal(justOneOrOptions);
      return this.command({ delete: this.collection.name, deletes: [{ q, limit: justOne ? 1 : 0, ...options }] });
    }
    findAndModify({ query = {}, ...options }) { return this.command({ findAndModify: this.collection.name, query, ...options }); }
    findOneAndDelete(query, options = {}) { return this.findAndModify({ query, remove: true, ...modifying(options) }); }
    findOneAndReplace(query, update, options = {}) { return this.findAndModify({ query, update, ...modifying(options) }); }
    findOneAndUpdate(query, update, options = {}) { return this.findAndModify({ query, update, ...modifying(options) }); }
    command(explain) { return this.collection.command({ explain, verbosity: this.verbosity }); }
  }

  class PlanCache {
    constructor(collection) { this.collection = collection; }
    list(pipeline = []) { return this.collection.aggregate([{ $planCacheStats: {} }, ...pipeline]).toArray(); }
    clear() { return this.collection.runCommand('planCacheClear'); }
    clearPlansByQuery(query, projection, sort) {
      return this.collection.runCommand('planCacheClear', { query, ...(projection ? { projection } : {}), ...(sort ? { sort } : {}) });
    }
    listQueryShapes() { throw new Error('there is no listQueryShapes any more: use list()'); }
    getPlansByQuery() { throw new Error('there is no getPlansByQuery any more: use list([{$match: ...}])'); }
  }

  // Plain keys and blobs, which belong to no database. A blob is text or Binary; get gives null if there is none.
  class Bucket {
    constructor(name) { this.name = name; }
    put(key, blob) { call('putBlob', this.name, key, json({ blob })); return { ok: 1 }; }
    get(key) { return call('getBlob', this.name, key); }
    delete(key) { call('deleteBlob', this.name, key); return { ok: 1 }; }
    list(prefix = '', limit = 100) { return call('blobs', this.name, prefix, limit); }
    drop() { return call('dropBucket', this.name); }
    getName() { return this.name; }
  }

  const plain = value => (value instanceof Long ? value.toNumber() : value);

  class Database {
    constructor(name, session) { Object.assign(this, { name, session }); }
    getName() { return this.name; }
    getMongo() { return new Mongo(); }
    getCollection(name) { return collection(this.name, name, this.session); }
    getSiblingDB(name) { return database(name, this.session); }
    getCollectionNames() { return this.getCollectionInfos({}, { nameOnly: true }).map(each => each.name); }
    getCollectionInfos(filter = {}, options = {}) {
      return this.runCommand({ listCollections: 1, filter, ...options }).cursor.firstBatch;
    }
    runCommand(command) { return runCommand(this.name, command, this.session); }
    adminCommand(command) { return runCommand('admin', command, this.session); }
    aggregate(...stages) { return aggregated(new Collection(this.name, 1, this.session), ...stages); }
    createCollection(name, options = {}) {
      refuseInside(this.session, 'create');
      call('createCollection', this.name, name, json(options));
      return { ok: 1 };
    }
    createView(name, source, pipeline = [], options = {}) {
      return this.createCollection(name, { viewOn: source, pipeline: [].concat(pipeline), ...options });
    }
    watch(pipeline = [], options = {}) { refuseInside(this.session, 'watch'); return watched(this.name, 1, pipeline, options); }
    stats(scaleOrOptions = 1) {
      const options = typeof scaleOrOptions === 'number' ? { scale: scaleOrOptions } : checkDocument('options', scaleOrOptions);
      return this.runCommand({ dbStats: 1, ...options });
    }
    printCollectionStats(scale = 1) {
      const isView = Object.fromEntries(this.getCollectionInfos({}, { nameOnly: true }).map(each => [each.name, each.type === 'view']));
      return Object.fromEntries(Object.keys(isView).filter(name => !isView[name])
        .map(name => [name, this.getCollection(name).stats(scale)]));
    }
    currentOp(filter = {}) { return this.adminCommand({ currentOp: 1, ...(filter === true ? { $all: true } : filter) }); }
    fsyncLock() { return this.adminCommand({ fsync: 1, lock: true }); }
    fsyncUnlock() { return this.adminCommand({ fsyncUnlock: 1 }); }
    shutdownServer(options = {}) { return this.adminCommand({ shutdown: 1, ...options }); }
    killOp(op) { return this.adminCommand({ killOp: 1, op }); }
    setProfilingLevel(level, slowmsOrOptions = {}) {
      const options = typeof slowmsOrOptions === 'number' ? { slowms: slowmsOrOptions } : checkDocument('options', slowmsOrOptions);
      return this.runCommand({ profile: level, ...options });
    }
    getProfilingStatus() { return this.runCommand({ profile: -1 }); }
    createUser({ user, ...rest }, writeConcern) { return this.runCommand(concerned({ createUser: user, ...rest }, writeConcern)); }
    updateUser(user, changes, writeConcern) { return this.runCommand(concerned({ updateUser: user, ...changes }, writeConcern)); }
    changeUserPassword(user, pwd, writeConcern) { return this.updateUser(user, { pwd }, writeConcern); }
    dropUser(user, writeConcern) { return this.runCommand(concerned({ dropUser: user }, writeConcern)); }
    dropAllUsers(writeConcern) { return this.runCommand(concerned({ dropAllUsersFromDatabase: 1 }, writeConcern)); }
    grantRolesToUser(user, roles, writeConcern) {
      return this.runCommand(concerned({ grantRolesToUser: user, roles: [].concat(roles) }, writeConcern));
    }
    revokeRolesFromUser(user, roles, writeConcern) {
      return this.runCommand(concerned({ revokeRolesFromUser: user, roles: [].concat(roles) }, writeConcern));
    }
    getUser(user, options = {}) { return this.runCommand({ usersInfo: user, ...options }).users[0] ?? null; }
    getUsers(options = {}) { return this.runCommand({ usersInfo: 1, ...options }); }
    createRole({ role, ...rest }, writeConcern) { return this.runCommand(concerned({ createRole: role, ...rest }, writeConcern)); }
    updateRole(role, changes, writeConcern) { return this.runCommand(concerned({ updateRole: role, ...changes }, writeConcern)); }
    dropRole(role, writeConcern) { return this.runCommand(concerned({ dropRole: role }, writeConcern)); }
    dropAllRoles(writeConcern) { return this.runCommand(concerned({ dropAllRolesFromDatabase: 1 }, writeConcern)); }
    grantRolesToRole(role, roles, writeConcern) {
      return this.runCommand(concerned({ grantRolesToRole: role, roles: [].concat(roles) }, writeConcern));
    }
    revokeRolesFromRole(role, roles, writeConcern) {
      return this.runCommand(concerned({ revokeRolesFromRole: role, roles: [].concat(roles) }, writeConcern));
    }
    grantPrivilegesToRole(role, privileges, writeConcern) {
      return this.runCommand(concerned({ grantPrivilegesToRole: role, privileges }, writeConcern));
    }
    revokePrivilegesFromRole(role, privileges, writeConcern) {
      return this.runCommand(concerned({ revokePrivilegesFromRole: role, privileges }, writeConcern));
    }
    getRole(role, options = {}) { return this.runCommand({ rolesInfo: role, ...options }).roles[0] ?? null; }
    getRoles(options = {}) { return this.runCommand({ rolesInfo: 1, ...options }); }
    serverStatus(options = {}) { return this.runCommand({ serverStatus: 1, ...options }); }
    serverCmdLineOpts() { return this.adminCommand('getCmdLineOpts'); }
    serverBits() { return this.serverBuildInfo().bits; }
    listCommands() { return this.runCommand('listCommands').commands; }
    isMaster() { return this.runCommand('isMaster'); }
    hostInfo() { return this.runCommand('hostInfo'); }
    hello() { return this.runCommand('hello'); }
    serverBuildInfo() { return this.runCommand('buildInfo'); }
    version() { return this.serverBuildInfo().version; }
    bucket(name) { refuseInside(this.session, 'bucket'); return new Bucket(name); }
    dropDatabase(writeConcern) {
      refuseInside(this.session, 'dropDatabase');
      return this.runCommand(concerned({ dropDatabase: 1 }, writeConcern));
    }
    help() { return DATABASE_HELP; }
  }

  // ---- Transactions

  const transactionOf = session => (session && session.transaction) || '';

  function refuseInside(session, operation) {
    if (!transactionOf(session)) return;
    const errmsg = `Operation is not supported inside a transaction {operation: ${operation}}`;
    throw new MongoError(`${errmsg} (263 OperationNotSupportedInTransaction)`,
      { ok: 0, errmsg, code: 263, codeName: 'OperationNotSupportedInTransaction' });
  }

  class Mongo {
    getDB(name) { return database(name); }
    getDBNames() { return call('databases').map(each => each.name); }
    watch(pipeline = [], options = {}) {
      return watched('admin', 1, pipeline, options, { allChangesForCluster: true });
    }
    getDBs(options = {}) { return runCommand('admin', { listDatabases: 1, ...options }); }
    startSession(options = {}) { return new Session(options); }
  }

  const LEVELS = [undefined, 'local', 'majority', 'snapshot'];

  // What a transaction asks for when it begins. It reads one state, which has all that was committed before: a
  // concern asks for no more than that, and there is no other member to read from.
  function beginning({ readConcern = {}, readPreference, ...options }) {
    const { level, ...others } = checkDocument('readConcern', readConcern);
    if (!LEVELS.includes(level) || Object.keys(others).length > 0) {
      throw new TypeError('the readConcern of a transaction is a level: local, majority or snapshot');
    }
    const mode = typeof readPreference === 'string' ? readPreference : (readPreference || { mode: 'primary' }).mode;
    if (mode !== 'primary') throw new TypeError('a transaction reads from the primary');
    return options;
  }

  const OF_TRANSACTIONS = ['readConcern', 'readPreference', 'writeConcern'];

  // What its databases read and write between start and commit belongs to one transaction. Every read sees what was
  // written before, with causalConsistency or without.
  class Session {
    constructor(options) {
      const { causalConsistency = true, defaultTransactionOptions = {}, ...others } = options;
      const unknown = Object.keys(others).find(name => !OF_TRANSACTIONS.includes(name));
      if (unknown !== undefined) throw new TypeError('no session has the option ' + unknown);
      Object.assign(this, { transaction: '', options, hasBeenEnded: false, defaults: { ...others, ...defaultTransactionOptions } });
    }
    getDatabase(name) { return database(name, this); }
    getOptions() { return this.options; }
    hasEnded() { return this.hasBeenEnded; }

    startTransaction(options = {}) {
      if (this.transaction) throw new Error('a transaction is in progress already');
      this.transaction = call('begin', json(beginning({ ...this.defaults, ...options })));
    }
    commitTransaction() {
      const id = this.started();
      try {
        call('commit', id);
      } catch (failure) {
        if (!(failure instanceof MongoError) || !failure.hasErrorLabel('UnknownTransactionCommitResult')) this.transaction = '';
        throw failure;
      }
      this.transaction = '';
    }
    abortTransaction() {
      const id = this.started();
      this.transaction = '';
      call('abort', id);
    }
    withTransaction(action, options = {}) {
      const end = Date.now() + 60000;
      for (;;) {
        this.startTransaction(options);
        try {
          const result = action(this);
          if (this.transaction) this.commitTransaction();
          return result;
        } catch (failure) {
          this.giveUp();
          const again = failure instanceof MongoError && failure.hasErrorLabel('TransientTransactionError');
          if (!again || Date.now() > end) throw failure;
        }
      }
    }
    endSession() {
      this.giveUp();
      this.hasBeenEnded = true;
    }
    giveUp() {
      if (!this.transaction) return;
      try {
        this.abortTransaction();
      } catch (failure) {
        // A statement that failed has aborted it, or nobody has used it for too long.
        if (failure.code !== 251 && failure.code !== 256) throw failure;
      }
    }
    started() {
      if (!this.transaction) throw new Error('no transaction is in progress');
      return this.transaction;
    }
  }

  // ---- Arguments: what a method does not declare is refused, for nothing is silently ignored

  // The parameters of a method by its source: its length leaves out those that have defaults.
  function parametersOf(method) {
    const text = String(method);
    const parameters = [];
    let start = text.indexOf('(') + 1;
    for (let at = start, depth = 0; depth >= 0; at++) {
      if ('([{'.includes(text[at])) depth++;
      if (')]}'.includes(text[at])) depth--;
      if (depth < 0 || (depth === 0 && text[at] === ',')) {
        parameters.push(text.slice(start, at).trim());
        start = at + 1;
      }
    }
    return parameters.filter(parameter => parameter !== '');
  }

  function checkDocument(name, value) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw new TypeError(`${name} is a document, not ${value instanceof Object ? 'a list' : show(value)}`);
    }
    return value;
  }

  // Makes a method refuse more arguments than it has parameters, and options that are no document.
  function guard(type, name) {
    const method = type.prototype[name];
    const parameters = parametersOf(method);
    if (parameters.some(parameter => parameter.startsWith('...'))) return;
    const ofOptions = parameters.findIndex(parameter => /^options\b/.test(parameter));
    function guarded(...args) {
      if (args.length > parameters.length) {
        const most = parameters.length === 0 ? 'no argument' : parameters.length === 1 ? 'one argument' : `${parameters.length} arguments`;
        throw new TypeError(`${name} takes ${most}${parameters.length === 0 ? '' : ' at most'}, not ${args.length}`);
      }
      if (ofOptions >= 0 && args[ofOptions] !== undefined) checkDocument('options', args[ofOptions]);
      return method.apply(this, args);
    }
    Object.defineProperty(type.prototype, name, { value: guarded, configurable: true, writable: true });
  }

  const methods = type => Object.getOwnPropertyNames(type.prototype)
    .filter(name => name !== 'constructor' && typeof type.prototype[name] === 'function');

  for (const type of [Bucket, ChangeStream, Collection, Cursor, Database, Explained, Mongo, PlanCache, Session]) {
    methods(type).forEach(name => guard(type, name));
  }

  // Names that an object does not have are collections: db.movies, db.movies.archive.
  // They are functions, so that the call of a name that is no method can tell that name.
  function named(target, label, below) {
    const notMethod = () => { throw new TypeError(label + ' is not a function'); };
    return new Proxy(notMethod, {
      getPrototypeOf: () => Object.getPrototypeOf(target),
      get(_, name) {
        if (typeof name === 'symbol' || name in target) {
          const member = target[name];
          return typeof member === 'function' ? member.bind(target) : member;
        }
        return below(name);
      },
    });
  }

  const collection = (db, name, session) =>
    named(new Collection(db, name, session), 'db.' + name, sub => collection(db, name + '.' + sub, session));
  const database = (name, session) => named(new Database(name, session), 'db', sub => collection(name, sub, session));

  // ---- The shell's own commands

  const HELP = [
    'show dbs                          list databases',
    'show collections                  list collections of the database in use',
    'use NAME                          switch to another database',
    'db.NAME.find(FILTER, PROJECTION)  find documents; .sort() .limit() .skip() .explain() .toArray()',
    'db.NAME.aggregate([STAGE, ...])   run a pipeline',
    'db.NAME.insertOne(DOCUMENT)       also insertMany, updateOne, updateMany, replaceOne, deleteOne, deleteMany',
    'db.NAME.createIndex(KEY)          also getIndexes, dropIndex',
    'db.createView(NAME, ON, STAGES)   also createCollection(NAME, OPTIONS), getCollectionInfos, dropDatabase',
    'db.NAME.watch()                   show changes as they come, until Ctrl-C; .limit(COUNT); db.watch() for all collections',
    'db.runCommand(COMMAND)            any command; db.adminCommand for those of the server',
    'db.help(), db.NAME.help()         what databases and collections can do',
    'db.bucket(NAME).put(KEY, TEXT)    also get, delete, list(PREFIX), drop: plain keys and blobs',
    'db.getMongo().startSession()      .startTransaction() .getDatabase(NAME) .commitTransaction() .withTransaction(FUNCTION)',
    'it                                the next documents of the last answer',
    'exit                              leave',
  ].join('\n');

  const DATABASE_HELP = [
    'db.aggregate([STAGE, ...])            a pipeline that begins with $documents',
    'db.createCollection(NAME, OPTIONS)    validator, validationLevel, validationAction, viewOn, pipeline and so on',
    'db.createView(NAME, ON, STAGES)       a view on a collection or on another view',
    'db.getCollectionNames()               also getCollectionInfos(FILTER)',
    'db.getCollection(NAME)                for names that are no words',
    'db.getSiblingDB(NAME)                 another database',
    'db.stats(), db.serverStatus()         also hostInfo, hello, serverBuildInfo, version',
    'db.currentOp(FILTER), db.killOp(ID)   what runs now; end one of it',
    'db.fsyncLock(), db.fsyncUnlock()      hold up all writing; also shutdownServer',
    'db.setProfilingLevel(0|1|2, SLOWMS)   what is kept of what was done; also getProfilingStatus',
    'db.createUser({user, pwd, roles})     also updateUser, changeUserPassword, dropUser, dropAllUsers, grantRolesToUser',
    'db.getUsers(), db.getUser(NAME)       also revokeRolesFromUser',
    'db.createRole({role, privileges, roles})  also updateRole, dropRole, dropAllRoles, grantRolesToRole, grantPrivilegesToRole',
    'db.getRoles(), db.getRole(NAME)       also revokeRolesFromRole, revokePrivilegesFromRole',
    'db.watch(STAGES, OPTIONS)             the changes of all its collections',
    'db.runCommand(COMMAND)                also adminCommand',
    'db.dropDatabase()                     with all its collections',
  ].join('\n');

  const COLLECTION_HELP = [
    'find, findOne, aggregate, distinct              read; countDocuments, estimatedDocumentCount',
    'insertOne, insertMany, bulkWrite                write',
    'updateOne, updateMany, replaceOne               change',
    'deleteOne, deleteMany                           delete',
    'findOneAndUpdate, -Replace, -Delete             change and return; findAndModify',
    'createIndex(KEY, OPTIONS), getIndexes()         also createIndexes, dropIndex, dropIndexes, hideIndex, unhideIndex',
    'createSearchIndex(NAME, DEFINITION)             also getSearchIndexes, updateSearchIndex, dropSearchIndex',
    'renameCollection(NAME, DROPTARGET), drop()      the collection itself',
    'stats(), dataSize(), validate({full: true})     how it is; also totalIndexSize, isCapped; validate({repair: true}), reIndex()',
    'getPlanCache()                                  .list() .clear() .clearPlansByQuery(FILTER, PROJECTION, SORT)',
    'watch(STAGES, OPTIONS)                          its changes; .limit(COUNT) .tryNext() .next() .forEach(FUNCTION) .close()',
    'explain(VERBOSITY).find(FILTER)                 also aggregate, count, distinct, update, remove, findAndModify',
    'adviseIndexes()                                 which indexes would help, which help nobody',
    'runCommand(NAME, OPTIONS)                       any command on it',
  ].join('\n');

  function table(rows) {
    const widths = rows[0].map((_, column) => Math.max(...rows.map(row => String(row[column]).length)));
    return rows.map(row => row.map((cell, column) =>
      column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column])).join('  ')).join('\n');
  }

  function listing(documents, ...columns) {
    if (documents.length === 0) return 'none';
    return table([columns, ...documents.map(each => columns.map(column => plain(each[column])))]);
  }

  function use(name) {
    globalThis.db = database(name);
    return 'switched to db ' + name;
  }

  function command(text) {
    const words = text.replace(/;$/, '').trim().split(/\s+/);
    if (words.length === 1 && words[0] === 'it') return current === null ? 'no cursor' : showBatch(current);
    if (words.length === 1 && words[0] === 'help') return HELP;
    if (words.length === 2 && words[0] === 'use') return use(words[1]);
    if (words.length === 2 && words[0] === 'show') {
      if (words[1] === 'dbs' || words[1] === 'databases') return listing(call('databases'), 'name', 'collections', 'documents', 'bytes');
      if (words[1] === 'collections' || words[1] === 'tables') return listing(call('collections', db.getName()), 'name', 'documents', 'bytes');
    }
    if (words.length === 2 && words[0] === 'show') return 'show takes dbs or collections';
    return null;
  }

  // An explanation as a tree: a line for each stage, its inputs below it and further to the right.
  const DETAILS = ['indexName', 'direction', 'indexBounds', 'filter', 'sortPattern', 'limitAmount', 'skipAmount', 'transformBy'];
  const WORDS = { filter: 'filter ' };
  const INTERVALS_MAX = 3;
  function boundsText(bounds) {
    const fields = Object.entries(bounds).map(([name, intervals]) => {
      const more = intervals.length - INTERVALS_MAX;
      return `${name}: ${intervals.slice(0, INTERVALS_MAX).join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
    });
    return `{ ${fields.join(', ')} }`;
  }
  function detailText(name, value) {
    if (name === 'indexBounds') return boundsText(value);
    return typeof value === 'object' && !(value instanceof Long) ? oneLine(value) : value;
  }
  // What a stage did, if it has been carried out. One that counts returns nothing and reads nothing itself.
  function workText(stage) {
    if (stage.nReturned === undefined) return [];
    const examined = stage.keysExamined === undefined ? '' : `keys ${stage.keysExamined}, docs ${stage.docsExamined}, `;
    const found = stage.nCounted === undefined ? stage.nReturned : `${stage.nCounted} counted`;
    return [`-> ${found} (${examined}${stage.executionTimeMillisEstimate} ms)`];
  }
  function stageLine(stage) {
    const details = DETAILS.filter(name => stage[name] !== undefined)
      .map(name => (WORDS[name] ?? '') + detailText(name, stage[name]));
    return [stage.stage, ...details, ...workText(stage)].join(' ');
  }
  function stageLines(stage, indent) {
    const inputs = stage.inputStages ?? (stage.inputStage ? [stage.inputStage] : []);
    return [indent + stageLine(stage), ...inputs.flatMap(input => stageLines(input, indent + '  '))];
  }
  const oneLine = value => show(value).replace(/\s*\n\s*/g, ' ');
  function planLines({ queryPlanner: planner, executionStats: stats }) {
    const lines = stageLines(stats ? stats.executionStages : planner.winningPlan, '');
    if (planner.winningPlan.cost !== undefined) {
      lines.push(`estimated cost ${planner.winningPlan.cost}, rows ${planner.winningPlan.estimatedRows}`
        + (stats && stats.cost !== undefined ? `; counted cost ${stats.cost}, rows ${stats.nReturned}` : ''));
    }
    for (const plan of planner.rejectedPlans ?? []) {
      lines.push(`rejected at cost ${plan.cost}:`, ...stageLines(plan, '  '));
    }
    for (const index of planner.unusedIndexes ?? []) lines.push(`not used: ${index.index} (${index.code}) ${index.reason}`);
    return lines;
  }
  const isExplained = value => value !== null && typeof value === 'object'
    && (value.queryPlanner?.winningPlan !== undefined || Array.isArray(value.stages) && value.stages[0]?.$cursor?.queryPlanner !== undefined);
  function explanation(value) {
    if (value.queryPlanner) return planLines(value).join('\n');
    const [first, ...others] = value.stages;
    return [...others.reverse().map(oneLine), ...planLines(first.$cursor)].join('\n');
  }

  function render(value) {
    if (value === undefined) return '';
    if (isExplained(value)) return explanation(value);
    if (value instanceof Cursor) return showBatch(value);
    if (value instanceof ChangeStream) return showEvents(value);
    if (value instanceof Collection) return value.getFullName();
    if (value instanceof Database) return value.getName();
    return typeof value === 'string' ? value : show(value);
  }

  const OLD = ['insert', 'save', 'update', 'remove', 'ensureIndex'];
  const HIDDEN = new Set(['run', 'command', 'changeIndex', 'outside', 'checked', 'with', 'shape', 'isByCommand', 'asCommand',
    'start', 'goOn', 'accept', ...OLD]);

  function complete(text) {
    const path = /(?:^|[^\w.$])(db(?:\.[\w$]+)*)\.([\w$]*)$/.exec(text);
    const chained = /\)\.([\w$]*)$/.exec(text);
    if (chained) return methods(Cursor).filter(name => name.startsWith(chained[1]) && !HIDDEN.has(name));
    if (!path) return ['db', 'show dbs', 'show collections', 'use ', 'it', 'help', 'exit'].filter(word => word.startsWith(text));
    const names = path[1] === 'db'
      ? [...call('collections', db.getName()).map(each => each.name), ...methods(Database)]
      : methods(Collection);
    return names.filter(name => name.startsWith(path[2]) && !HIDDEN.has(name));
  }

  const print = (...values) => { host.print(values.map(value => (typeof value === 'string' ? value : render(value))).join(' ')); };

  Object.assign(globalThis, {
    print,
    printjson: value => print(show(value)),
    tojson: value => show(value),
    console: { log: print, error: print },
    ObjectId: callable(ObjectId, hex => new ObjectId(hex)),
    ISODate: callable(Date, text => (text === undefined ? new Date() : new Date(text))),
    Long: callable(Long, value => new Long(value)),
    NumberLong: callable(Long, value => new Long(value)),
    NumberInt: value => Math.trunc(Number(value)),
    NumberDecimal: callable(Decimal, text => new Decimal(text)),
    Decimal128: callable(Decimal, text => new Decimal(text)),
    Double: callable(Double, value => new Double(value)),
    Timestamp: callable(Timestamp, (t, i) => new Timestamp(t, i)),
    Binary: callable(Binary, (base64, subType = '00') => new Binary(subType, base64)),
    BinData: (subType, base64) => new Binary(subType.toString(16).padStart(2, '0'), base64),
    UUID: uuid,
    MinKey, MaxKey,
    EJSON: { stringify, parse: text => fromJson(JSON.parse(text)) },
  });

  return { use, command, render, complete, database: () => db.getName() };
});
