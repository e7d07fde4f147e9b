package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A read of one state outside of transactions: {@code readConcern: {level: "snapshot",
 * atClusterTime}}. Without a time it is the newest state. The answer says which one it was, so that
 * other reads can ask for the same.
 *
 * @param time of the state
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/sessions/snapshot-sessions.md">Snapshot
 *     reads</a>
 */
record SnapshotRead(TimestampValue time) {

    static final String TIME = "atClusterTime";

    private static final String CONCERN = "readConcern";
    private static final String CURSOR = "cursor";
    private static final Set<String> COMMANDS = Set.of("aggregate", "distinct", "find");

    /**
     * What a command asks for that does not belong to a transaction; empty if it may read any
     * state.
     *
     * @throws SmilodonException {@code InvalidOptions} if it cannot be answered so
     */
    static Optional<SnapshotRead> of(Invocation invocation) {
        Body general = invocation.general();
        Document concern = general.document(CONCERN);
        boolean isOfTransaction = invocation.context().transaction().isPresent();
        boolean isSnapshot = concern.get("level").equals(Value.of("snapshot"));
        if (concern.has(TIME) && (isOfTransaction || !isSnapshot)) {
            throw refused(
                    "atClusterTime is only for reads of level snapshot outside transactions",
                    invocation.name());
        }
        if (!isSnapshot || isOfTransaction || SessionFields.statement(general).isPresent()) {
            return Optional.empty();
        }
        boolean isOfCollection = invocation.argument() instanceof StringValue;
        if (!COMMANDS.contains(invocation.name()) || !isOfCollection) {
            throw refused(
                    "The read concern level snapshot is only for transactions, and for aggregate,"
                            + " distinct and find of a collection",
                    invocation.name());
        }
        return Optional.of(
                new SnapshotRead(
                        concern.get(TIME) instanceof TimestampValue asked
                                ? asked
                                : invocation.context().smilodon().clusterTime()));
    }

    private static SmilodonException refused(String text, String command) {
        return new SmilodonException(ErrorCode.INVALID_OPTIONS, text, Map.of("command", command))
                .at(Location.ROOT.child(CONCERN));
    }

    /** The answer with the time of what was read. */
    Document stamped(Document answer) {
        return answer.get(CURSOR) instanceof Document cursor
                ? answer.with(CURSOR, cursor.with(TIME, time))
                : answer.with(TIME, time);
    }
}
