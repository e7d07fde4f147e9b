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

/**
 * A request that is being carried out, or that just ended.
 *
 * @param id by which it can be ended
 * @param startMillis when it began, in milliseconds since 1970
 * @param scope what it does on its thread
 */
public record RunningOperation(
        int id, OperationDescription description, long startMillis, OperationScope scope) {

    /** Larger requests are told of by their size. */
    private static final int REQUEST_BYTES_MAX = 4 << 10;

    RunningOperation(int id, OperationDescription description, OperationScope scope) {
        this(id, description, System.currentTimeMillis(), scope);
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

    /** As MongoDB's profiler keeps it. */
    Document toProfile(long millis, Optional<SmilodonException> failure) {
        DocumentBuilder entry =
                Document.builder()
                        .put("op", kind())
                        .put("ns", description.namespace())
                        .put("command", request());
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
        scope.shapeHash().ifPresent(hash -> entry.put("queryShapeHash", hash));
    }

    private static Value listed(UserName user) {
        return ArrayValue.of(user.toDocument());
    }

    private String kind() {
        return OperationKind.of(description.name()).operation();
    }

    private Document request() {
        int bytes = requestBytes();
        if (bytes <= REQUEST_BYTES_MAX) {
            return description.request();
        }
        DocumentBuilder summary =
                Document.builder().put(description.name(), description.collection());
        return summary.put("$truncatedBytes", bytes).build();
    }

    private int requestBytes() {
        try {
            return DocumentCodec.encode(description.request()).length;
        } catch (SmilodonException notStorable) {
            return Limits.REQUEST_BODY_BYTES_MAX; // larger or deeper than any document may be
        }
    }
}
