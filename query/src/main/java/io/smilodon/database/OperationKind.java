package io.smilodon.database;

import java.util.Map;

/** What kind of request it is, as MongoDB tells them apart where it counts and lists them. */
public enum OperationKind {
    /** Inserts; counted by document. */
    INSERT("insert", "insert"),
    /** Finds. */
    QUERY("query", "query"),
    /** Updates and replacements; counted by statement. */
    UPDATE("update", "update"),
    /** Deletions; counted by statement. */
    DELETE("delete", "remove"),
    /** Next batches of cursors. */
    GET_MORE("getmore", "getmore"),
    /** All others. */
    COMMAND("command", "command");

    private static final Map<String, OperationKind> BY_REQUEST =
            Map.ofEntries(
                    Map.entry("find", QUERY),
                    Map.entry("findOne", QUERY),
                    Map.entry("getMore", GET_MORE),
                    Map.entry("insert", INSERT),
                    Map.entry("insertOne", INSERT),
                    Map.entry("insertMany", INSERT),
                    Map.entry("update", UPDATE),
                    Map.entry("updateOne", UPDATE),
                    Map.entry("updateMany", UPDATE),
                    Map.entry("replaceOne", UPDATE),
                    Map.entry("delete", DELETE),
                    Map.entry("deleteOne", DELETE),
                    Map.entry("deleteMany", DELETE));

    private final String counter;
    private final String operation;

    OperationKind(String counter, String operation) {
        this.counter = counter;
        this.operation = operation;
    }

    /** The kind of a command or an action. */
    static OperationKind of(String request) {
        return BY_REQUEST.getOrDefault(request, COMMAND);
    }

    /** Its name in {@code serverStatus}. */
    public String counter() {
        return counter;
    }

    /** Its name in {@code currentOp} and in the profile. */
    String operation() {
        return operation;
    }
}
