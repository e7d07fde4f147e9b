package io.smilodon.security;

import java.util.EnumSet;
import java.util.Set;

/** What the built-in roles allow, in groups; the tables are those of MongoDB's manual. */
final class RoleActions {

    /** To read a database. */
    static final Set<Action> READ =
            EnumSet.of(
                    Action.CHANGE_STREAM,
                    Action.COLL_STATS,
                    Action.DB_HASH,
                    Action.DB_STATS,
                    Action.FIND,
                    Action.KILL_CURSORS,
                    Action.LIST_COLLECTIONS,
                    Action.LIST_INDEXES,
                    Action.LIST_SEARCH_INDEXES,
                    Action.PLAN_CACHE_READ);

    /** To write to one, beside {@link #READ}. */
    static final Set<Action> WRITE =
            EnumSet.of(
                    Action.CLEANUP_STRUCTURED_ENCRYPTION_DATA,
                    Action.COMPACT_STRUCTURED_ENCRYPTION_DATA,
                    Action.CONVERT_TO_CAPPED,
                    Action.CREATE_COLLECTION,
                    Action.CREATE_INDEX,
                    Action.CREATE_SEARCH_INDEXES,
                    Action.DROP_COLLECTION,
                    Action.DROP_INDEX,
                    Action.DROP_SEARCH_INDEX,
                    Action.INSERT,
                    Action.REMOVE,
                    Action.RENAME_COLLECTION_SAME_DB,
                    Action.UPDATE,
                    Action.UPDATE_SEARCH_INDEX);

    /** To say who may do what. */
    static final Set<Action> USERS =
            EnumSet.of(
                    Action.CHANGE_CUSTOM_DATA,
                    Action.CHANGE_PASSWORD,
                    Action.CREATE_USER,
                    Action.CREATE_ROLE,
                    Action.DROP_USER,
                    Action.DROP_ROLE,
                    Action.GRANT_ROLE,
                    Action.REVOKE_ROLE,
                    Action.SET_AUTHENTICATION_RESTRICTION,
                    Action.VIEW_USER,
                    Action.VIEW_ROLE);

    /** To shape a database. */
    static final Set<Action> DEFINE =
            EnumSet.of(
                    Action.ANALYZE,
                    Action.BYPASS_DOCUMENT_VALIDATION,
                    Action.COLL_MOD,
                    Action.COLL_STATS,
                    Action.COMPACT,
                    Action.CONVERT_TO_CAPPED,
                    Action.CREATE_COLLECTION,
                    Action.DB_STATS,
                    Action.DROP_COLLECTION,
                    Action.DROP_DATABASE,
                    Action.DROP_INDEX,
                    Action.DROP_SEARCH_INDEX,
                    Action.CREATE_INDEX,
                    Action.CREATE_SEARCH_INDEXES,
                    Action.ENABLE_PROFILER,
                    Action.LIST_COLLECTIONS,
                    Action.LIST_INDEXES,
                    Action.LIST_SEARCH_INDEXES,
                    Action.UPDATE_SEARCH_INDEX,
                    Action.PLAN_CACHE_INDEX_FILTER,
                    Action.PLAN_CACHE_READ,
                    Action.PLAN_CACHE_WRITE,
                    Action.RE_INDEX,
                    Action.RENAME_COLLECTION_SAME_DB,
                    Action.STORAGE_DETAILS,
                    Action.VALIDATE,
                    Action.CONFIGURE_QUERY_ANALYZER);

    /** Of shards, which there are not. */
    static final Set<Action> SHARD =
            EnumSet.of(
                    Action.ANALYZE_SHARD_KEY,
                    Action.ENABLE_SHARDING,
                    Action.MOVE_COLLECTION,
                    Action.REFINE_COLLECTION_SHARD_KEY,
                    Action.RESHARD_COLLECTION);

    /** To see how the server is. */
    static final Set<Action> MONITOR =
            EnumSet.of(
                    Action.CONN_POOL_STATS,
                    Action.GET_CMD_LINE_OPTS,
                    Action.GET_DEFAULT_RW_CONCERN,
                    Action.GET_LOG,
                    Action.GET_PARAMETER,
                    Action.GET_SHARD_MAP,
                    Action.HOST_INFO,
                    Action.LIST_DATABASES,
                    Action.LIST_SAMPLED_QUERIES,
                    Action.LIST_SESSIONS,
                    Action.LIST_SHARDS,
                    Action.NETSTAT,
                    Action.OPERATION_METRICS,
                    Action.REPL_SET_GET_CONFIG,
                    Action.REPL_SET_GET_STATUS,
                    Action.SERVER_STATUS,
                    Action.TOP,
                    Action.USE_UUID,
                    Action.INPROG,
                    Action.SHARDING_STATE,
                    Action.ALL_COLLECTION_STATS,
                    Action.SHARDED_DATA_DISTRIBUTION);

    /** To see how each database is. */
    static final Set<Action> MONITOR_EACH =
            EnumSet.of(
                    Action.COLL_STATS,
                    Action.DB_STATS,
                    Action.GET_DATABASE_VERSION,
                    Action.GET_SHARD_VERSION,
                    Action.INDEX_STATS);

    /** To keep the server running. */
    static final Set<Action> HOST =
            EnumSet.of(
                    Action.APPLICATION_MESSAGE,
                    Action.AUDIT_CONFIGURE,
                    Action.CONN_POOL_SYNC,
                    Action.DROP_CONNECTIONS,
                    Action.LOG_ROTATE,
                    Action.OID_RESET,
                    Action.SET_PARAMETER,
                    Action.SHUTDOWN,
                    Action.TOUCH,
                    Action.UNLOCK,
                    Action.FLUSH_ROUTER_CONFIG,
                    Action.FSYNC,
                    Action.INVALIDATE_USER_CACHE,
                    Action.KILL_ANY_CURSOR,
                    Action.KILL_ANY_SESSION,
                    Action.KILLOP,
                    Action.REPL_SET_RESIZE_OPLOG,
                    Action.RESYNC,
                    Action.TRAFFIC_RECORD,
                    Action.ROTATE_CERTIFICATES);

    /** To keep the replica set. */
    static final Set<Action> MANAGE =
            EnumSet.of(
                    Action.APPEND_OPLOG_NOTE,
                    Action.APPLICATION_MESSAGE,
                    Action.REPL_SET_CONFIGURE,
                    Action.REPL_SET_GET_CONFIG,
                    Action.REPL_SET_GET_STATUS,
                    Action.REPL_SET_STATE_CHANGE,
                    Action.RESYNC,
                    Action.ADD_SHARD,
                    Action.REMOVE_SHARD,
                    Action.LIST_SESSIONS,
                    Action.LIST_SHARDS,
                    Action.FLUSH_ROUTER_CONFIG,
                    Action.CLEANUP_ORPHANED,
                    Action.GET_DEFAULT_RW_CONCERN,
                    Action.RUN_TENANT_MIGRATION,
                    Action.SET_DEFAULT_RW_CONCERN,
                    Action.SET_FEATURE_COMPATIBILITY_VERSION,
                    Action.SET_CLUSTER_PARAMETER,
                    Action.GET_CLUSTER_PARAMETER,
                    Action.SET_CHANGE_STREAM_STATE,
                    Action.GET_CHANGE_STREAM_STATE,
                    Action.QUERY_SETTINGS,
                    Action.QUERY_STATS_READ,
                    Action.QUERY_STATS_READ_TRANSFORMED,
                    Action.CHECK_METADATA_CONSISTENCY,
                    Action.TRANSITION_FROM_DEDICATED_CONFIG_SERVER,
                    Action.TRANSITION_TO_DEDICATED_CONFIG_SERVER);

    /** Of shards, too. */
    static final Set<Action> MANAGE_EACH =
            EnumSet.of(
                    Action.ANALYZE_SHARD_KEY,
                    Action.CONFIGURE_QUERY_ANALYZER,
                    Action.CLEAR_JUMBO_FLAG,
                    Action.SPLIT_CHUNK,
                    Action.MOVE_CHUNK,
                    Action.MOVE_COLLECTION,
                    Action.ENABLE_SHARDING,
                    Action.SPLIT_VECTOR,
                    Action.REFINE_COLLECTION_SHARD_KEY,
                    Action.RESHARD_COLLECTION);

    /** To bring back what was dumped. */
    static final Set<Action> RESTORE =
            EnumSet.of(
                    Action.BYPASS_DOCUMENT_VALIDATION,
                    Action.COLL_MOD,
                    Action.CONVERT_TO_CAPPED,
                    Action.CREATE_COLLECTION,
                    Action.CREATE_INDEX,
                    Action.CREATE_SEARCH_INDEXES,
                    Action.DROP_COLLECTION,
                    Action.INSERT,
                    Action.UPDATE_SEARCH_INDEX);

    private RoleActions() {}
}
