package io.smilodon.database.command;

import io.smilodon.query.OperatorTable;

/** The rows of the table of commands, by what they are about. */
final class CommandRows {

    private CommandRows() {}

    static OperatorTable<Command> table() {
        OperatorTable.Builder<Command> table = OperatorTable.builder();
        addDocuments(table);
        addDefinitions(table);
        addSessions(table);
        addServer(table);
        addUsers(table);
        return table.build();
    }

    /** Those that read and write documents. */
    private static void addDocuments(OperatorTable.Builder<Command> table) {
        table.add("aggregate", AggregateCommand.ROW)
                .add("count", ReadCommands.COUNT)
                .add("distinct", ReadCommands.DISTINCT)
                .add("explain", ExplainCommand.ROW)
                .add("find", FindCommand.ROW)
                .add("getMore", CursorCommands.GET_MORE)
                .add("killCursors", CursorCommands.KILL)
                .add("bulkWrite", BulkWriteCommand.ROW)
                .add("delete", WriteCommands.DELETE)
                .add("findAndModify", FindAndModifyCommand.ROW)
                .add("findandmodify", FindAndModifyCommand.ROW)
                .add("insert", WriteCommands.INSERT)
                .add("mapReduce", ScriptCommands.MAP_REDUCE)
                .add("mapreduce", ScriptCommands.MAP_REDUCE)
                .add("update", WriteCommands.UPDATE);
    }

    /** Databases, collections and indexes. */
    private static void addDefinitions(OperatorTable.Builder<Command> table) {
        table.add("adviseIndexes", PlanCommands.ADVISE)
                .add("cloneCollectionAsCapped", CappedCommands.CLONE)
                .add("collMod", CollectionCommands.MODIFY)
                .add("collStats", StatisticsCommands.COLLECTION)
                .add("collstats", StatisticsCommands.COLLECTION)
                .add("compact", CompactCommand.ROW)
                .add("convertToCapped", CappedCommands.CONVERT)
                .add("create", CollectionCommands.CREATE)
                .add("createIndexes", IndexCommands.CREATE)
                .add("createSearchIndexes", SearchIndexCommands.CREATE)
                .add("dataSize", StatisticsCommands.DATA_SIZE)
                .add("datasize", StatisticsCommands.DATA_SIZE)
                .add("dbStats", StatisticsCommands.DATABASE)
                .add("dbstats", StatisticsCommands.DATABASE)
                .add("deleteIndexes", IndexCommands.DROP)
                .add("drop", CollectionCommands.DROP)
                .add("dropDatabase", DatabaseCommands.DROP)
                .add("dropIndexes", IndexCommands.DROP)
                .add("dropSearchIndex", SearchIndexCommands.DROP)
                .add("listCollections", CollectionCommands.LIST)
                .add("listDatabases", DatabaseCommands.LIST)
                .add("listIndexes", IndexCommands.LIST)
                .add("planCacheClear", PlanCommands.CLEAR)
                .add("planCacheClearFilters", IndexFilterCommands.CLEAR)
                .add("planCacheListFilters", IndexFilterCommands.LIST)
                .add("planCacheSetFilter", IndexFilterCommands.SET)
                .add("reIndex", IndexCommands.REBUILD)
                .add("renameCollection", CollectionCommands.RENAME)
                .add("updateSearchIndex", SearchIndexCommands.UPDATE)
                .add("validate", StatisticsCommands.VALIDATE);
    }

    /** Sessions and their transactions. */
    private static void addSessions(OperatorTable.Builder<Command> table) {
        table.add("abortTransaction", SessionCommands.ABORT)
                .add("commitTransaction", SessionCommands.COMMIT)
                .add("endSessions", SessionCommands.END)
                .add("killAllSessions", SessionCommands.KILL_ALL)
                .add("killAllSessionsByPattern", SessionCommands.KILL_BY_PATTERN)
                .add("killSessions", SessionCommands.KILL)
                .add("refreshSessions", SessionCommands.REFRESH)
                .add("startSession", SessionCommands.START);
    }

    /** Users and roles. */
    private static void addUsers(OperatorTable.Builder<Command> table) {
        table.add("_mergeAuthzCollections", DumpedUserCommands.MERGE)
                .add("createRole", RoleCommands.CREATE)
                .add("createUser", UserCommands.CREATE)
                .add("dropAllRolesFromDatabase", RoleCommands.DROP_ALL)
                .add("dropAllUsersFromDatabase", UserCommands.DROP_ALL)
                .add("dropRole", RoleCommands.DROP)
                .add("dropUser", UserCommands.DROP)
                .add("grantPrivilegesToRole", RoleCommands.GRANT_PRIVILEGES)
                .add("grantRolesToRole", RoleCommands.GRANT_ROLES)
                .add("grantRolesToUser", UserCommands.GRANT)
                .add("invalidateUserCache", UserCommands.INVALIDATE)
                .add("revokePrivilegesFromRole", RoleCommands.REVOKE_PRIVILEGES)
                .add("revokeRolesFromRole", RoleCommands.REVOKE_ROLES)
                .add("revokeRolesFromUser", UserCommands.REVOKE)
                .add("rolesInfo", RoleCommands.INFO)
                .add("updateRole", RoleCommands.UPDATE)
                .add("updateUser", UserCommands.UPDATE)
                .add("usersInfo", UserCommands.INFO);
    }

    /** The server. */
    private static void addServer(OperatorTable.Builder<Command> table) {
        table.add("authenticate", LoginCommands.AUTHENTICATE)
                .add("buildInfo", ServerCommands.BUILD)
                .add("buildinfo", ServerCommands.BUILD)
                .add("connectionStatus", ServerCommands.CONNECTION)
                .add("currentOp", OperationCommands.CURRENT)
                .add("getCmdLineOpts", ServerCommands.COMMAND_LINE)
                .add("fsync", HostCommands.FSYNC)
                .add("fsyncUnlock", HostCommands.FSYNC_UNLOCK)
                .add("getDefaultRWConcern", ServerCommands.CONCERNS)
                .add("getLog", OperationCommands.LOG)
                .add("getParameter", ParameterCommands.GET)
                .add("hello", ServerCommands.HELLO)
                .add("hostInfo", ServerCommands.HOST)
                .add("isMaster", ServerCommands.IS_MASTER)
                .add("ismaster", ServerCommands.IS_MASTER)
                .add("killOp", OperationCommands.KILL)
                .add("listCommands", ServerCommands.LIST)
                .add("logout", LoginCommands.LOGOUT)
                .add("ping", ServerCommands.PING)
                .add("profile", OperationCommands.PROFILE)
                .add("removeQuerySettings", QuerySettingsCommands.REMOVE)
                .add("replSetGetConfig", ReplicaSetCommands.CONFIGURATION)
                .add("replSetGetStatus", ReplicaSetCommands.STATUS)
                .add("replSetInitiate", ReplicaSetCommands.INITIATE)
                .add("saslContinue", LoginCommands.CONTINUE)
                .add("saslStart", LoginCommands.START)
                .add("serverStatus", ServerCommands.STATUS)
                .add("setQuerySettings", QuerySettingsCommands.SET)
                .add("setFeatureCompatibilityVersion", ParameterCommands.SET_VERSION)
                .add("setParameter", ParameterCommands.SET)
                .add("shutdown", HostCommands.SHUTDOWN)
                .add("top", StatisticsCommands.TOP)
                .add("whatsmyuri", ServerCommands.WHATS_MY_URI);
    }
}
