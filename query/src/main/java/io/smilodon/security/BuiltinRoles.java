package io.smilodon.security;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The roles that there are from the beginning, with what MongoDB's allow. */
final class BuiltinRoles {

    static final String ADMIN = "admin";
    private static final String CONFIG = "config";
    private static final String LOCAL = "local";
    private static final String PROFILE = "system.profile";
    private static final String USERS = "system.users";
    private static final String ROLES = "system.roles";
    private static final String SCRIPTS = "system.js";
    private static final Set<Action> FIND = EnumSet.of(Action.FIND);

    private static final Map<String, BuiltinRole> TABLE = new LinkedHashMap<>();

    static {
        addOfDatabases();
        addOfAnyDatabase();
        addOfServer();
        addOfCopies();
        addAbove();
    }

    private BuiltinRoles() {}

    /**
     * One of them.
     *
     * @param isOfAdmin whether it is of the database {@code admin} only
     * @param allow adds what it allows as a role of a database
     */
    private record BuiltinRole(boolean isOfAdmin, BiConsumer<PrivilegeSet.Builder, String> allow) {}

    /** What a role allows; empty if it is none of these. */
    static Optional<PrivilegeSet> find(RoleName name) {
        if (!has(name)) {
            return Optional.empty();
        }
        BuiltinRole role = TABLE.get(name.role());
        PrivilegeSet.Builder builder = PrivilegeSet.builder();
        role.allow.accept(builder, name.database());
        return Optional.of(builder.build());
    }

    static boolean has(RoleName name) {
        BuiltinRole role = TABLE.get(name.role());
        return role != null && (!role.isOfAdmin || name.database().equals(ADMIN));
    }

    /** Those of a database, by name. */
    static List<RoleName> of(String database) {
        return TABLE.keySet().stream()
                .sorted()
                .map(role -> new RoleName(role, database))
                .filter(BuiltinRoles::has)
                .toList();
    }

    private static void add(String name, BiConsumer<PrivilegeSet.Builder, String> allow) {
        TABLE.put(name, new BuiltinRole(false, allow));
    }

    private static void addOfAdmin(String name, BiConsumer<PrivilegeSet.Builder, String> allow) {
        TABLE.put(name, new BuiltinRole(true, allow));
    }

    private static void inherit(PrivilegeSet.Builder builder, String database, String... roles) {
        for (String role : roles) {
            TABLE.get(role).allow.accept(builder, database);
        }
    }

    private static Set<Action> both(Set<Action> some, Set<Action> others) {
        Set<Action> all = EnumSet.copyOf(some);
        all.addAll(others);
        return all;
    }

    private static void addOfDatabases() {
        add(
                "read",
                (all, database) ->
                        all.add(Resource.database(database), RoleActions.READ)
                                .add(Resource.collection(database, SCRIPTS), RoleActions.READ));
        add(
                "readWrite",
                (all, database) -> {
                    Set<Action> allowed = both(RoleActions.READ, RoleActions.WRITE);
                    all.add(Resource.database(database), allowed)
                            .add(Resource.collection(database, SCRIPTS), allowed);
                });
        add(
                "userAdmin",
                (all, database) -> all.add(Resource.database(database), RoleActions.USERS));
        add(
                "dbAdmin",
                (all, database) ->
                        all.add(Resource.database(database), RoleActions.DEFINE)
                                .add(Resource.collection(database, PROFILE), ofProfile()));
        add(
                "dbOwner",
                (all, database) -> inherit(all, database, "readWrite", "dbAdmin", "userAdmin"));
        add(
                "enableSharding",
                (all, database) -> all.add(Resource.EVERY_DATABASE, RoleActions.SHARD));
    }

    private static Set<Action> ofProfile() {
        return both(
                RoleActions.READ,
                EnumSet.of(
                        Action.CONVERT_TO_CAPPED,
                        Action.CREATE_COLLECTION,
                        Action.DROP_COLLECTION));
    }

    private static void addOfAnyDatabase() {
        addOfAdmin(
                "readAnyDatabase",
                (all, database) ->
                        all.add(Resource.EVERY_DATABASE, RoleActions.READ)
                                .add(Resource.CLUSTER, EnumSet.of(Action.LIST_DATABASES))
                                .add(Resource.named(SCRIPTS), RoleActions.READ));
        addOfAdmin(
                "readWriteAnyDatabase",
                (all, database) -> {
                    inherit(all, database, "readAnyDatabase");
                    all.add(Resource.EVERY_DATABASE, RoleActions.WRITE)
                            .add(Resource.named(SCRIPTS), RoleActions.WRITE);
                });
        addOfAdmin("userAdminAnyDatabase", (all, database) -> allowUsers(all));
        addOfAdmin(
                "dbAdminAnyDatabase",
                (all, database) ->
                        all.add(
                                        Resource.CLUSTER,
                                        EnumSet.of(Action.LIST_DATABASES, Action.APPLY_OPS))
                                .add(Resource.EVERY_DATABASE, RoleActions.DEFINE)
                                .add(Resource.named(PROFILE), ofProfile()));
    }

    private static void allowUsers(PrivilegeSet.Builder all) {
        Set<Action> indexes =
                both(
                        RoleActions.READ,
                        EnumSet.of(
                                Action.CREATE_INDEX,
                                Action.CREATE_SEARCH_INDEXES,
                                Action.DROP_INDEX,
                                Action.DROP_SEARCH_INDEX));
        all.add(
                        Resource.EVERY_DATABASE,
                        both(RoleActions.USERS, EnumSet.of(Action.LIST_CACHED_AND_ACTIVE_USERS)))
                .add(Resource.database(LOCAL), RoleActions.USERS)
                .add(Resource.database(CONFIG), RoleActions.USERS)
                .add(
                        Resource.CLUSTER,
                        EnumSet.of(
                                Action.LIST_DATABASES,
                                Action.AUTH_SCHEMA_UPGRADE,
                                Action.INVALIDATE_USER_CACHE,
                                Action.VIEW_USER))
                .add(Resource.collection(ADMIN, USERS), indexes)
                .add(Resource.collection(ADMIN, ROLES), indexes)
                .add(Resource.named(USERS), RoleActions.READ);
    }

    private static void addOfServer() {
        addOfAdmin(
                "clusterMonitor",
                (all, database) -> {
                    inherit(all, CONFIG, "read");
                    inherit(all, LOCAL, "read");
                    all.add(Resource.CLUSTER, RoleActions.MONITOR)
                            .add(Resource.EVERY_DATABASE, RoleActions.MONITOR_EACH)
                            .add(Resource.database(CONFIG), RoleActions.MONITOR_EACH)
                            .add(Resource.database(LOCAL), RoleActions.MONITOR_EACH)
                            .add(Resource.named(PROFILE), FIND);
                });
        addOfAdmin(
                "hostManager",
                (all, database) ->
                        all.add(Resource.CLUSTER, RoleActions.HOST)
                                .add(Resource.EVERY_DATABASE, EnumSet.of(Action.KILL_CURSORS)));
        addOfAdmin(
                "clusterManager",
                (all, database) -> {
                    inherit(all, CONFIG, "read");
                    all.add(Resource.CLUSTER, RoleActions.MANAGE)
                            .add(Resource.EVERY_DATABASE, RoleActions.MANAGE_EACH)
                            .add(Resource.ANYTHING, EnumSet.of(Action.DB_CHECK));
                    Set<Action> writes =
                            both(
                                    RoleActions.MANAGE_EACH,
                                    EnumSet.of(Action.INSERT, Action.UPDATE, Action.REMOVE));
                    all.add(Resource.database(CONFIG), writes)
                            .add(Resource.database(LOCAL), writes);
                });
        addOfAdmin(
                "clusterAdmin",
                (all, database) -> {
                    inherit(all, ADMIN, "clusterMonitor", "hostManager", "clusterManager");
                    all.add(Resource.EVERY_DATABASE, EnumSet.of(Action.DROP_DATABASE))
                            .add(
                                    Resource.ANYTHING,
                                    EnumSet.of(Action.IMPORT_COLLECTION, Action.EXPORT_COLLECTION));
                });
    }

    private static void addOfCopies() {
        addOfAdmin("backup", (all, database) -> allowBackup(all));
        addOfAdmin("restore", (all, database) -> allowRestore(all));
    }

    private static void allowBackup(PrivilegeSet.Builder all) {
        all.add(
                        Resource.ANYTHING,
                        EnumSet.of(
                                Action.COLL_STATS,
                                Action.LIST_COLLECTIONS,
                                Action.LIST_INDEXES,
                                Action.LIST_SEARCH_INDEXES))
                .add(Resource.EVERY_DATABASE, FIND)
                .add(
                        Resource.CLUSTER,
                        EnumSet.of(
                                Action.GET_PARAMETER,
                                Action.LIST_DATABASES,
                                Action.USE_UUID,
                                Action.APPEND_OPLOG_NOTE,
                                Action.SERVER_STATUS,
                                Action.SET_USER_WRITE_BLOCK_MODE))
                .add(Resource.database(CONFIG), FIND)
                .add(Resource.database(LOCAL), FIND)
                .add(Resource.named(SCRIPTS), FIND)
                .add(Resource.named(USERS), FIND)
                .add(Resource.named(PROFILE), FIND)
                .add(Resource.collection(ADMIN, ROLES), FIND)
                .add(
                        Resource.collection(CONFIG, "settings"),
                        EnumSet.of(Action.FIND, Action.INSERT, Action.UPDATE));
    }

    private static void allowRestore(PrivilegeSet.Builder all) {
        all.add(
                        Resource.CLUSTER,
                        EnumSet.of(
                                Action.GET_PARAMETER,
                                Action.FORCE_UUID,
                                Action.USE_UUID,
                                Action.BYPASS_WRITE_BLOCKING_MODE,
                                Action.SET_USER_WRITE_BLOCK_MODE,
                                Action.APPLY_OPS))
                .add(Resource.database(LOCAL), RoleActions.RESTORE)
                .add(Resource.database(CONFIG), RoleActions.RESTORE)
                .add(Resource.ANYTHING, EnumSet.of(Action.LIST_COLLECTIONS))
                .add(Resource.EVERY_DATABASE, both(RoleActions.RESTORE, RoleActions.USERS))
                .add(Resource.named(SCRIPTS), RoleActions.RESTORE)
                .add(Resource.collection(ADMIN, "tempusers"), FIND)
                .add(Resource.collection(ADMIN, "temproles"), FIND)
                .add(
                        Resource.named(USERS),
                        both(
                                RoleActions.RESTORE,
                                EnumSet.of(Action.FIND, Action.UPDATE, Action.REMOVE)))
                .add(Resource.collection(ADMIN, ROLES), EnumSet.of(Action.CREATE_INDEX));
    }

    private static void addAbove() {
        addOfAdmin(
                "root",
                (all, database) -> {
                    inherit(all, ADMIN, "clusterAdmin", "userAdminAnyDatabase");
                    inherit(all, ADMIN, "dbAdminAnyDatabase", "readWriteAnyDatabase");
                    inherit(all, ADMIN, "backup", "restore");
                    all.add(Resource.ANYTHING, EnumSet.of(Action.VALIDATE))
                            .add(
                                    Resource.CLUSTER,
                                    EnumSet.of(
                                            Action.USE_TENANT,
                                            Action.ISSUE_DIRECT_SHARD_OPERATIONS));
                });
        addOfAdmin(
                "directShardOperations",
                (all, database) ->
                        all.add(
                                Resource.CLUSTER,
                                EnumSet.of(Action.ISSUE_DIRECT_SHARD_OPERATIONS)));
        addOfAdmin(
                "__system",
                (all, database) -> all.add(Resource.ANYTHING, EnumSet.of(Action.ANY_ACTION)));
    }
}
