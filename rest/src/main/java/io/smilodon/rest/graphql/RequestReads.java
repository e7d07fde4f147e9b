package io.smilodon.rest.graphql;

import graphql.GraphQLError;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What one request reads and writes, within bounds. One thread. */
final class RequestReads {

    /** The documents of one field, or of one join for all parents together. */
    static final int DOCUMENTS_MAX = 10_000;

    /** All that a request holds, estimated. */
    static final long BYTES_MAX = 48L << 20;

    /** All that a request answers with: one that is read once may come for many parents. */
    static final int ANSWERED_MAX = 20_000;

    /** Fields of all these documents. */
    static final int FIELDS_MAX = 1_000_000;

    /** Errors of one request: the library copies all of them for each further one. */
    static final int ERRORS_MAX = 1_000;

    /** What the library holds of each, about; taken for so many at a time. */
    private static final int FIELD_BYTES = 50;

    private static final int FIELDS_PART = 1_000;

    private final String database;
    private final RequestSteps steps;
    private final boolean mayWrite;
    private Optional<GraphQLError> end = Optional.empty();
    private long bytes;
    private long handedOut;
    private long fields;
    private IntSupplier errors = () -> 0;
    private Runnable cancellation = () -> {};

    RequestReads(String database, RequestSteps steps, boolean mayWrite) {
        this.database = database;
        this.steps = steps;
        this.mayWrite = mayWrite;
    }

    /**
     * Tells what they belong to.
     *
     * @param errors how many there are
     */
    void counting(IntSupplier errors) {
        this.errors = errors;
    }

    /**
     * Tells how to end it.
     *
     * @param cancellation makes the library give up
     */
    void endingBy(Runnable cancellation) {
        this.cancellation = cancellation;
    }

    /** Gives up the rest of the request: it would fail for the same reason. */
    void end(GraphQLError reason) {
        end = end.or(() -> Optional.of(reason));
        cancellation.run();
    }

    /** Why the rest was given up, if it was. */
    Optional<GraphQLError> end() {
        return end;
    }

    /**
     * The documents of a find or an aggregate.
     *
     * @param countMax more of them are an error
     */
    List<Document> read(Mapping.Target target, String action, Document body, int countMax) {
        Document answer = act(target, action, body.with("batchSize", Value.of(countMax + 1)));
        List<Document> documents = new ArrayList<>();
        long before = bytes;
        if (answer.get("documents") instanceof ArrayValue found) {
            for (Value each : found) {
                bytes += MemorySize.of(each);
                documents.add((Document) each);
            }
        }
        boolean hasMore =
                answer.get("cursor") instanceof Document cursor
                        && cursor.get("id") instanceof StringValue id
                        && close(id.value());
        if (hasMore || documents.size() > countMax) {
            throw new SmilodonException(
                            ErrorCode.EXCEEDED_MEMORY_LIMIT,
                            "A field has more documents than one answer takes",
                            Map.of("collection", target.collection(), "limit", countMax))
                    .withHint("ask for fewer by filter and limit");
        }
        if (bytes > BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.EXCEEDED_MEMORY_LIMIT,
                    "The request reads more than one answer takes",
                    Map.of("limitBytes", BYTES_MAX));
        }
        steps.hold(bytes - before);
        return documents;
    }

    /** Counts what a field answers with, a document or a list of them. */
    Object handedOut(Object found) {
        handedOut += found instanceof List<?> list ? list.size() : 1;
        if (handedOut > ANSWERED_MAX && end.isEmpty()) {
            throw tooMany("documents", ANSWERED_MAX);
        }
        return end.isEmpty() ? found : null;
    }

    /** Counts a field. */
    void countField() {
        Steps.take();
        if (fields++ % FIELDS_PART == 0) {
            steps.hold(FIELDS_PART * FIELD_BYTES);
        }
        if (fields > FIELDS_MAX) {
            throw tooMany("fields", FIELDS_MAX);
        }
        if (errors.getAsInt() > ERRORS_MAX) {
            throw tooMany("errors", ERRORS_MAX);
        }
    }

    private static SmilodonException tooMany(String what, int limit) {
        return new SmilodonException(
                        ErrorCode.EXCEEDED_MEMORY_LIMIT,
                        "The answer to the request is too large",
                        Map.of("what", what, "limit", limit))
                .withHint("ask for fewer by filter and limit");
    }

    private boolean close(String cursor) {
        steps.closeCursor(cursor);
        return true;
    }

    /** What an action that returns no documents answers. */
    Document act(Mapping.Target target, String action, Document body) {
        return steps.act(target.database().orElse(database), target.collection(), action, body);
    }

    Document write(Mapping.Target target, String action, Document body) {
        if (!mayWrite) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION, "A mutation is sent by POST", Map.of());
        }
        return act(target, action, body);
    }
}
