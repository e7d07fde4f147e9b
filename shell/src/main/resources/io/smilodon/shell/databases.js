// Databases, servers, sessions and their transactions.

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
