package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.UserStore.Change;
import io.smilodon.security.UserStore.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Takes over users and roles that were kept elsewhere, here or in MongoDB. Thread-safe. */
public final class DumpedUsers {

    private static final List<String> USER_FIELDS =
            List.of("credentials", User.RESTRICTIONS, "customData", User.ROLES);

    private static final List<String> ROLE_FIELDS =
            List.of(Role.PRIVILEGES, User.ROLES, User.RESTRICTIONS);

    private final Records records;

    DumpedUsers(Records records) {
        this.records = records;
    }

    /**
     * Takes documents over, all together; their fields that nobody knows stay behind.
     *
     * @param dumped as they were kept
     * @param database which databases' are meant
     * @param replaces whether they take the place of those that are here; otherwise those stay
     * @throws SmilodonException {@code BadValue} for a document that is no user or role
     */
    public void take(
            Kind kind, List<Document> dumped, Predicate<String> database, boolean replaces) {
        records.changing(
                () -> {
                    Set<String> before = ids(records.all(kind, database));
                    List<Change> changes = new ArrayList<>();
                    Set<String> taken = new HashSet<>();
                    for (Document document : dumped) {
                        if (database.test(User.text(document, "db"))) {
                            Document kept = kept(kind, document);
                            String id = User.text(kept, "_id");
                            taken.add(id);
                            if (replaces || !before.contains(id)) {
                                changes.add(Records.put(kind, kept));
                            }
                        }
                    }
                    if (replaces) {
                        before.removeAll(taken);
                        before.forEach(id -> changes.add(Records.remove(kind, id)));
                    }
                    if (kind == Kind.ROLES) {
                        long count = records.count(kind) + changes.size();
                        Records.checkCount("roles", count, Roles.COUNT_MAX);
                    }
                    records.write(changes);
                    return changes;
                });
    }

    private static Set<String> ids(List<Document> stored) {
        Set<String> ids = new HashSet<>();
        stored.forEach(document -> ids.add(User.text(document, "_id")));
        return ids;
    }

    private static Document kept(Kind kind, Document dumped) {
        boolean isUser = kind == Kind.USERS;
        String part = isUser ? "user" : "role";
        if (!(dumped.get(part) instanceof StringValue name)
                || !(dumped.get("db") instanceof StringValue database)
                || name.value().isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "A dumped document is no user or role",
                    Map.of("collection", kind.collection()));
        }
        Records.checkDatabase(database.value());
        DocumentBuilder kept = Document.builder().put("_id", database.value() + "." + name.value());
        if (isUser) {
            kept.put("userId", dumped.has("userId") ? dumped.get("userId") : Users.newId());
        }
        kept.put(part, name).put("db", database);
        for (String field : isUser ? USER_FIELDS : ROLE_FIELDS) {
            Value value = dumped.get(field);
            if (value != Missing.INSTANCE) {
                kept.put(field, value);
            }
        }
        return kept.build();
    }
}
