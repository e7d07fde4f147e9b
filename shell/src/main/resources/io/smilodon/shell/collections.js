// Collections, and what explains and caches their plans.

const isStage = value => (Object.keys(value)[0] || '').startsWith('$');
const writes = stage => stage instanceof Object && ('$out' in stage || '$merge' in stage);

// A list of stages, or the stages themselves; then options.
function aggregated(collection, first = [], ...others) {
  others.forEach(other => checkDocument('options', other));
  const { explain, ...options } = Object.assign({}, ...others.filter(other => !isStage(other)));
  const pipeline = [].concat(first, others.filter(isStage));
  const cursor = new Cursor(collection, 'aggregate', { pipeline, ...options });
  if (explain !== undefined) return cursor.explain(explain);
  if (pipeline.some(writes)) cursor.hasNext(); // whether or not it is read
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
  aggregate(first = [], ...others) { return aggregated(this.collection, first, ...others, { explain: this.verbosity }); }
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
