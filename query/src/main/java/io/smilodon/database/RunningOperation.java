package io.smilodon.database;

import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.ChosenPlan;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.exec.Progress;
import io.smilodon.security.Caller;
import io.smilodon.security.UserName;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A request that is being carried out, or that just ended. Thread-safe; it runs on one thread. */
public final class RunningOperation {

    private static final ThreadLocal<RunningOperation> CURRENT = new ThreadLocal<>();

    /** Larger requests are told of by their size. */
    private static final int REQUEST_BYTES_MAX = 4 << 10;

    private static final String COMMENT = "comment";

    private final int id;
    private final OperationDescription description;
    private final long startMillis = System.currentTimeMillis();
    private final OperationScope scope;

    /** The cursor that it reads on or leaves open. Written by its thread alone, as the next. */
    private volatile Optional<CursorProgress> cursor = Optional.empty();

    private volatile boolean hasExhausted;

    RunningOperation(int id, OperationDescription description, OperationScope scope) {
        this.id = id;
        this.description = description;
        this.scope = scope;
    }

    /** The request of this thread, if there is one. */
    static Optional<RunningOperation> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Carries it out on this thread. */
    <T> T run(Supplier<T> work) {
        CURRENT.set(this);
        try {
            return scope.run(work);
        } finally {
            CURRENT.remove();
        }
    }

    /** It reads on from a cursor, or leaves one open. */
    void reads(CursorProgress progress) {
        cursor = Optional.of(progress);
    }

    /** It has read a cursor to its end. */
    void exhausts() {
        hasExhausted = true;
    }

    /** By which it can be ended. */
    public int id() {
        return id;
    }

    public OperationDescription description() {
        return description;
    }

    /** When it began, in milliseconds since 1970. */
    public long startMillis() {
        return startMillis;
    }

    /** What it does on its thread. */
    public OperationScope scope() {
        return scope;
    }

    /** Whether this user has asked for it. */
    public boolean isOf(Caller caller) {
        Optional<UserName> user = description.caller().name();
        return user.isPresent() && user.equals(caller.user());
    }

    /** As MongoDB's {@code currentOp} lists it. */
    public Document toDocument() {
        long nanos = scope.elapsedNanos();
        DocumentBuilder shown =
                Document.builder()
                        .put("type", "op")
                        .put("opid", id)
                        .put("active", true)
                        .put("op", kind())
                        .put("ns", description.namespace())
                        .put("command", request())
                        .put("client", description.client())
                        .put("host", Host.NAME)
                        .put("currentOpTime", Instant.ofEpochMilli(startMillis).toString())
                        .put("secs_running", TimeUnit.NANOSECONDS.toSeconds(nanos))
                        .put("microsecs_running", TimeUnit.NANOSECONDS.toMicros(nanos));
        description.caller().name().ifPresent(user -> shown.put("effectiveUsers", listed(user)));
        scope.planSummary().ifPresent(summary -> shown.put("planSummary", summary));
        if (readsOn()) {
            cursor.ifPresent(read -> shown.put("cursor", shown(read)));
        }
        Progress progress = scope.progress();
        if (progress.done() > 0) {
            shown.put(
                    "progress",
                    Document.builder()
                            .put("done", progress.done())
                            .put("total", progress.total())
                            .build());
        }
        return shown.build();
    }

    private Document shown(CursorProgress read) {
        return read.shown().put("operationUsingCursorId", (long) id).build();
    }

    /** Whether another request has opened the cursor. */
    private boolean readsOn() {
        return OperationKind.of(description.name()) == OperationKind.GET_MORE;
    }

    /** As MongoDB's profiler keeps it. */
    Document toProfile(long millis, Optional<SmilodonException> failure) {
        DocumentBuilder entry =
                Document.builder()
                        .put("op", kind())
                        .put("ns", description.namespace())
                        .put("command", request());
        putCursor(entry);
        putPlan(entry);
        failure.ifPresent(
                error ->
                        entry.put("ok", 0)
                                .put("errMsg", error.getMessage())
                                .put("errName", error.code().name())
                                .put("errCode", error.code().number()));
        description
                .caller()
                .name()
                .ifPresent(
                        user -> entry.put("allUsers", listed(user)).put("user", user.toString()));
        return entry.put("millis", millis)
                .put("ts", new DateValue(startMillis))
                .put("client", description.client())
                .build();
    }

    private void putCursor(DocumentBuilder entry) {
        cursor.ifPresent(read -> entry.put("cursorid", read.number()));
        if (hasExhausted) {
            entry.put("cursorExhausted", true);
        }
        if (readsOn()) {
            cursor.map(read -> read.origin().request())
                    .filter(request -> !request.isEmpty())
                    .ifPresent(request -> entry.put("originatingCommand", request));
        }
    }

    /** What it has read, and by which plan; nothing of a request that reads by none. */
    private void putPlan(DocumentBuilder entry) {
        scope.returned().ifPresent(count -> entry.put("nreturned", count));
        entry.putAll(scope.written());
        Optional<String> summary = scope.planSummary();
        if (summary.isEmpty()) {
            return;
        }
        entry.put("keysExamined", NumberValue.intOrLong(scope.examined().keys()))
                .put("docsExamined", NumberValue.intOrLong(scope.examined().documents()))
                .put("planSummary", summary.get());
        if (scope.examined().hasSorted()) {
            entry.put("hasSortStage", true);
        }
        scope.plan()
                .map(ChosenPlan::shapeHash)
                .ifPresent(hash -> entry.put("queryHash", hash).put("planCacheShapeHash", hash));
        scope.shapeHash().ifPresent(hash -> entry.put("queryShapeHash", hash.get()));
    }

    private static Value listed(UserName user) {
        return ArrayValue.of(user.toDocument());
    }

    private String kind() {
        return OperationKind.of(description.name()).operation();
    }

    /** The request as others may see it; of a large one its size, and what the client notes. */
    Document request() {
        Document request = description.request();
        int bytes = bytes(request);
        if (bytes <= REQUEST_BYTES_MAX) {
            return request;
        }
        Document summary =
                Document.builder()
                        .put(description.name(), description.collection())
                        .put("$truncatedBytes", bytes)
                        .build();
        if (!request.has(COMMENT)) {
            return summary;
        }
        Document noted = summary.with(COMMENT, request.get(COMMENT));
        return bytes(noted) <= REQUEST_BYTES_MAX ? noted : summary;
    }

    private static int bytes(Document request) {
        try {
            return DocumentCodec.encode(request).length;
        } catch (SmilodonException notStorable) {
            return Limits.REQUEST_BODY_BYTES_MAX; // larger or deeper than any document may be
        }
    }
}
