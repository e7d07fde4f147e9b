package io.smilodon.security;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a role can allow, by MongoDB's names. Those of what does not exist here are known
 * too, so that roles may be written as for MongoDB; they allow nothing.
 */
public enum Action {
    // ---- Documents
    FIND("find"),
    INSERT("insert"),
    UPDATE("update"),
    REMOVE("remove"),
    BYPASS_DOCUMENT_VALIDATION("bypassDocumentValidation"),
    KILL_CURSORS("killCursors"),
    CHANGE_STREAM("changeStream"),
    USE_UUID("useUUID"),
    FORCE_UUID("forceUUID"),
    // ---- Collections and indexes
    CREATE_COLLECTION("createCollection"),
    DROP_COLLECTION("dropCollection"),
    COLL_MOD("collMod"),
    CONVERT_TO_CAPPED("convertToCapped"),
    RENAME_COLLECTION_SAME_DB("renameCollectionSameDB"),
    CREATE_INDEX("createIndex"),
    DROP_INDEX("dropIndex"),
    RE_INDEX("reIndex"),
    CREATE_SEARCH_INDEXES("createSearchIndexes"),
    DROP_SEARCH_INDEX("dropSearchIndex"),
    UPDATE_SEARCH_INDEX("updateSearchIndex"),
    LIST_SEARCH_INDEXES("listSearchIndexes"),
    LIST_COLLECTIONS("listCollections"),
    LIST_INDEXES("listIndexes"),
    COMPACT("compact"),
    VALIDATE("validate"),
    COLL_STATS("collStats"),
    INDEX_STATS("indexStats"),
    PLAN_CACHE_READ("planCacheRead"),
    PLAN_CACHE_WRITE("planCacheWrite"),
    PLAN_CACHE_INDEX_FILTER("planCacheIndexFilter"),
    STORAGE_DETAILS("storageDetails"),
    ANALYZE("analyze"),
    CONFIGURE_QUERY_ANALYZER("configureQueryAnalyzer"),
    COMPACT_STRUCTURED_ENCRYPTION_DATA("compactStructuredEncryptionData"),
    CLEANUP_STRUCTURED_ENCRYPTION_DATA("cleanupStructuredEncryptionData"),
    // ---- Databases
    DROP_DATABASE("dropDatabase"),
    DB_STATS("dbStats"),
    DB_HASH("dbHash"),
    ENABLE_PROFILER("enableProfiler"),
    // ---- Users and roles
    CREATE_USER("createUser"),
    DROP_USER("dropUser"),
    VIEW_USER("viewUser"),
    CHANGE_PASSWORD("changePassword"),
    CHANGE_OWN_PASSWORD("changeOwnPassword"),
    CHANGE_CUSTOM_DATA("changeCustomData"),
    CHANGE_OWN_CUSTOM_DATA("changeOwnCustomData"),
    CREATE_ROLE("createRole"),
    DROP_ROLE("dropRole"),
    VIEW_ROLE("viewRole"),
    GRANT_ROLE("grantRole"),
    REVOKE_ROLE("revokeRole"),
    SET_AUTHENTICATION_RESTRICTION("setAuthenticationRestriction"),
    INVALIDATE_USER_CACHE("invalidateUserCache"),
    AUTH_SCHEMA_UPGRADE("authSchemaUpgrade"),
    LIST_CACHED_AND_ACTIVE_USERS("listCachedAndActiveUsers"),
    IMPERSONATE("impersonate"),
    // ---- The server
    APPEND_OPLOG_NOTE("appendOplogNote"),
    APPLICATION_MESSAGE("applicationMessage"),
    APPLY_OPS("applyOps"),
    AUDIT_CONFIGURE("auditConfigure"),
    BYPASS_WRITE_BLOCKING_MODE("bypassWriteBlockingMode"),
    CHECK_FREE_MONITORING_STATUS("checkFreeMonitoringStatus"),
    CLOSE_ALL_DATABASES("closeAllDatabases"),
    CONN_POOL_STATS("connPoolStats"),
    CONN_POOL_SYNC("connPoolSync"),
    CPU_PROFILER("cpuProfiler"),
    DROP_CONNECTIONS("dropConnections"),
    FSYNC("fsync"),
    GET_CLUSTER_PARAMETER("getClusterParameter"),
    GET_CMD_LINE_OPTS("getCmdLineOpts"),
    GET_DEFAULT_RW_CONCERN("getDefaultRWConcern"),
    GET_LOG("getLog"),
    GET_PARAMETER("getParameter"),
    HOST_INFO("hostInfo"),
    INPROG("inprog"),
    KILL_ANY_CURSOR("killAnyCursor"),
    KILL_ANY_SESSION("killAnySession"),
    KILLOP("killop"),
    LIST_DATABASES("listDatabases"),
    LIST_SESSIONS("listSessions"),
    LOG_ROTATE("logRotate"),
    NETSTAT("netstat"),
    OID_RESET("oidReset"),
    OPERATION_METRICS("operationMetrics"),
    QUERY_SETTINGS("querySettings"),
    QUERY_STATS_READ("queryStatsRead"),
    QUERY_STATS_READ_TRANSFORMED("queryStatsReadTransformed"),
    ROTATE_CERTIFICATES("rotateCertificates"),
    SERVER_STATUS("serverStatus"),
    SET_CLUSTER_PARAMETER("setClusterParameter"),
    SET_DEFAULT_RW_CONCERN("setDefaultRWConcern"),
    SET_FEATURE_COMPATIBILITY_VERSION("setFeatureCompatibilityVersion"),
    SET_FREE_MONITORING("setFreeMonitoring"),
    SET_PARAMETER("setParameter"),
    SET_USER_WRITE_BLOCK_MODE("setUserWriteBlockMode"),
    SHUTDOWN("shutdown"),
    TOP("top"),
    TOUCH("touch"),
    TRAFFIC_RECORD("trafficRecord"),
    UNLOCK("unlock"),
    USE_TENANT("useTenant"),
    // ---- Replica sets and shards
    ADD_SHARD("addShard"),
    ALL_COLLECTION_STATS("allCollectionStats"),
    ANALYZE_SHARD_KEY("analyzeShardKey"),
    CHECK_METADATA_CONSISTENCY("checkMetadataConsistency"),
    CLEANUP_ORPHANED("cleanupOrphaned"),
    CLEAR_JUMBO_FLAG("clearJumboFlag"),
    DB_CHECK("dbCheck"),
    ENABLE_SHARDING("enableSharding"),
    EXPORT_COLLECTION("exportCollection"),
    FLUSH_ROUTER_CONFIG("flushRouterConfig"),
    GET_CHANGE_STREAM_STATE("getChangeStreamState"),
    GET_DATABASE_VERSION("getDatabaseVersion"),
    GET_SHARD_MAP("getShardMap"),
    GET_SHARD_VERSION("getShardVersion"),
    IMPORT_COLLECTION("importCollection"),
    ISSUE_DIRECT_SHARD_OPERATIONS("issueDirectShardOperations"),
    LIST_SAMPLED_QUERIES("listSampledQueries"),
    LIST_SHARDS("listShards"),
    MOVE_CHUNK("moveChunk"),
    MOVE_COLLECTION("moveCollection"),
    REFINE_COLLECTION_SHARD_KEY("refineCollectionShardKey"),
    REMOVE_SHARD("removeShard"),
    REPL_SET_CONFIGURE("replSetConfigure"),
    REPL_SET_GET_CONFIG("replSetGetConfig"),
    REPL_SET_GET_STATUS("replSetGetStatus"),
    REPL_SET_HEARTBEAT("replSetHeartbeat"),
    REPL_SET_RESIZE_OPLOG("replSetResizeOplog"),
    REPL_SET_STATE_CHANGE("replSetStateChange"),
    RESHARD_COLLECTION("reshardCollection"),
    RESYNC("resync"),
    RUN_TENANT_MIGRATION("runTenantMigration"),
    SET_CHANGE_STREAM_STATE("setChangeStreamState"),
    SHARDED_DATA_DISTRIBUTION("shardedDataDistribution"),
    SHARDING_STATE("shardingState"),
    SPLIT_CHUNK("splitChunk"),
    SPLIT_VECTOR("splitVector"),
    TRANSITION_FROM_DEDICATED_CONFIG_SERVER("transitionFromDedicatedConfigServer"),
    TRANSITION_TO_DEDICATED_CONFIG_SERVER("transitionToDedicatedConfigServer"),
    UNSHARD_COLLECTION("unshardCollection"),
    // ---- All of them
    ANY_ACTION("anyAction"),
    INTERNAL("internal");

    private static final Map<String, Action> BY_NAME = new HashMap<>();

    static {
        for (Action action : values()) {
            BY_NAME.put(action.label, action);
        }
    }

    private final String label;

    Action(String label) {
        this.label = label;
    }

    /** MongoDB's name of it. */
    public String label() {
        return label;
    }

    /** The action of MongoDB's name. */
    public static Optional<Action> find(String label) {
        return Optional.ofNullable(BY_NAME.get(label));
    }
}
