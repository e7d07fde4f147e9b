package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * <code>{$collStats: {latencyStats?, storageStats?, count?, queryExecStats?}}</code>: one document
 * about the collection.
 *
 * @param latencies whether it is asked how long requests took, and if so, whether how many took how
 *     long
 * @param scale how many bytes are one, if its size is asked for
 * @param countsDocuments whether the number of its documents is asked for
 * @param countsScans whether the number of scans is
 */
record CollStats(
        Optional<Boolean> latencies,
        Optional<Long> scale,
        boolean countsDocuments,
        boolean countsScans)
        implements SourceStage {

    static final String NAME = "$collStats";

    private static final String STORAGE = "storageStats";
    private static final String COUNT = "count";
    private static final String SCANS = "queryExecStats";
    private static final String LATENCY = "latencyStats";
    private static final String SCALE = "scale";
    private static final String HISTOGRAMS = "histograms";

    /** The options of the options. */
    private static final Map<String, String> INNER = Map.of(STORAGE, SCALE, LATENCY, HISTOGRAMS);

    private static final Set<String> OPTIONS = Set.of(LATENCY, STORAGE, COUNT, SCANS);

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(5447000, "$collStats must take a nested object");
        }
        for (Field option : options) {
            check(operand.child(option.name(), option.value()), option.name());
        }
        return new CollStats(
                latencies(options, operand),
                scale(options, operand),
                options.has(COUNT),
                options.has(SCANS));
    }

    private static void check(StageOperand option, String name) {
        if (!OPTIONS.contains(name)) {
            throw option.error(40415, "Unknown option of $collStats");
        }
        if (!(option.value() instanceof Document inner)) {
            throw option.error(ErrorCode.TYPE_MISMATCH, "An option of $collStats is an object");
        }
        for (Field field : inner) {
            if (!field.name().equals(INNER.get(name))) {
                throw option.child(field.name(), field.value())
                        .error(40415, "Unknown option of $collStats");
            }
        }
    }

    private static Optional<Boolean> latencies(Document options, StageOperand operand) {
        if (!(options.get(LATENCY) instanceof Document wanted)) {
            return Optional.empty();
        }
        return switch (wanted.get(HISTOGRAMS)) {
            case Missing absent -> Optional.of(false);
            case BooleanValue withBuckets -> Optional.of(withBuckets.value());
            case Value other ->
                    throw operand.child(LATENCY, wanted)
                            .child(HISTOGRAMS, other)
                            .error(ErrorCode.TYPE_MISMATCH, "'histograms' is a boolean");
        };
    }

    private static Optional<Long> scale(Document options, StageOperand operand) {
        if (!(options.get(STORAGE) instanceof Document storage)) {
            return Optional.empty();
        }
        if (!storage.has(SCALE)) {
            return Optional.of(1L);
        }
        StageOperand place = operand.child(STORAGE, storage).child(SCALE, storage.get(SCALE));
        if (!(place.value() instanceof NumberValue scale)) {
            throw place.error(ErrorCode.TYPE_MISMATCH, "The scale of $collStats is a number");
        }
        if (scale.toLong() < 1) {
            throw new SmilodonException(
                            ErrorCode.location(51024),
                            "BSON field 'scale' value must be >= 1",
                            Map.of("actual", scale))
                    .at(place.location());
        }
        return Optional.of(scale.toLong());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        Diagnostics known = context.diagnostics();
        DocumentBuilder report =
                Document.builder()
                        .put("ns", known.namespace())
                        .put("host", known.host())
                        .put("localTime", new DateValue(System.currentTimeMillis()));
        latencies.ifPresent(buckets -> report.put(LATENCY, known.latencies(buckets)));
        scale.ifPresent(bytes -> report.put(STORAGE, known.storage(bytes)));
        if (countsDocuments) {
            report.put(COUNT, NumberValue.intOrLong(known.documentCount()));
        }
        if (countsScans) {
            Value scans = Value.of(known.scanCount());
            Document counted =
                    Document.builder().put("total", scans).put("nonTailable", scans).build();
            report.put(SCANS, Document.of("collectionScans", counted));
        }
        return DocumentsCursor.of(report.build());
    }
}
