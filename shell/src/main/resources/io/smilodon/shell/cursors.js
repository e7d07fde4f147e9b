// Cursors and change streams.

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
