package io.smilodon.wire;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command by which a client gets to know the server, and then watches it: it says what it knows
 * already ({@code topologyVersion}), and how long the server may wait for news ({@code
 * maxAwaitTimeMS}). Owned by the thread of its connection.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/server-discovery-and-monitoring/server-monitoring.md">Server
 *     monitoring</a>
 */
final class Greetings {

    private static final Set<String> NAMES = Set.of("hello", "isMaster", "ismaster");

    /** The field in which a client says what it is. */
    static final String CLIENT = "client";

    private static final String KNOWN = Member.VERSION;
    private static final String WAIT = "maxAwaitTimeMS";

    private final int connectionId;
    private final Member member;
    private final Requests requests;
    private final String reached;
    private boolean hasGreeted;

    /**
     * Those of one connection.
     *
     * @param requests tell whether the client is still there
     * @param reached the {@code host:port} by which the client has come
     */
    Greetings(int connectionId, Member member, Requests requests, String reached) {
        this.connectionId = connectionId;
        this.member = member;
        this.requests = requests;
        this.reached = reached;
    }

    /** Whether a command is one. */
    static boolean include(Document command) {
        return !command.isEmpty() && NAMES.contains(command.iterator().next().name());
    }

    /**
     * Takes note of a greeting: with the first of a connection the client has said what it is.
     *
     * @throws SmilodonException {@code ClientMetadataCannotBeMutated} if it says so later
     */
    void note(Document command) {
        if (hasGreeted && command.has(CLIENT)) {
            throw new SmilodonException(
                            ErrorCode.CLIENT_METADATA_CANNOT_BE_MUTATED,
                            "The client metadata document may only be sent in the first hello")
                    .at(Location.ROOT.child(CLIENT));
        }
        hasGreeted = true;
    }

    /**
     * Waits for news, if the client asks for them: of a set of one there are none as long as the
     * server runs.
     *
     * @return whether the client was quiet meanwhile, so that it may be told again
     * @throws EOFException if it has gone, or the server ends
     * @throws SmilodonException 31368, 31372, 31373, 31382 or {@code TypeMismatch}
     */
    boolean await(Document command) throws IOException {
        Value known = command.get(KNOWN);
        Value wait = command.get(WAIT);
        if ((known == Missing.INSTANCE) != (wait == Missing.INSTANCE)) {
            throw refused(
                    31368,
                    known == Missing.INSTANCE
                            ? "A request with 'maxAwaitTimeMS' must include a 'topologyVersion'"
                            : "A request with a 'topologyVersion' must include 'maxAwaitTimeMS'");
        }
        if (known == Missing.INSTANCE) {
            return true;
        }
        int millis = millis(wait);
        if (!isNewest(known)) {
            return true;
        }
        Requests.Sign sign = requests.within(millis);
        if (sign == Requests.Sign.HAS_GONE) {
            throw new EOFException("the client went while it waited for news");
        }
        return sign == Requests.Sign.NOTHING;
    }

    private static int millis(Value wait) {
        if (!(wait instanceof NumberValue number)) {
            throw wrongType(WAIT, wait, "number");
        }
        if (number.toLong() < 0) {
            throw refused(31373, "maxAwaitTimeMS must be a non-negative integer");
        }
        return (int) Math.min(number.toLong(), Integer.MAX_VALUE);
    }

    /** Whether the client knows what there is to know; another process is news. */
    private boolean isNewest(Value known) {
        if (!(known instanceof Document version)) {
            throw wrongType(KNOWN, known, "object");
        }
        if (!(version.get("counter") instanceof NumberValue counter)) {
            throw wrongType(KNOWN, version.get("counter"), "a counter");
        }
        if (counter.toLong() < 0) {
            throw refused(31372, "topologyVersion must have a non-negative counter");
        }
        if (!version.get("processId").equals(member.version().get("processId"))) {
            return false;
        }
        if (counter.toLong() > Member.CHANGES) {
            throw refused(
                    31382,
                    "Received a topology version with counter: "
                            + counter.toLong()
                            + " which is greater than the server topology version counter: "
                            + Member.CHANGES);
        }
        return counter.toLong() == Member.CHANGES;
    }

    private static SmilodonException refused(int code, String text) {
        return new SmilodonException(ErrorCode.location(code), text);
    }

    private static SmilodonException wrongType(String field, Value actual, String expected) {
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "The field of a greeting has the wrong type",
                        Map.of("actual", actual.type().alias(), "expected", expected))
                .at(Location.ROOT.child(field));
    }

    /** Completes the answer. */
    Document completed(Document command, Document answer) {
        DocumentBuilder greeting = Document.builder().putAll(answer);
        greeting.put("connectionId", connectionId);
        List<Value> compressors = Compression.agreed(command.get("compression"));
        if (!compressors.isEmpty()) {
            greeting.put("compression", ArrayValue.of(compressors));
        }
        return member.introduced(greeting.build(), reached);
    }
}
