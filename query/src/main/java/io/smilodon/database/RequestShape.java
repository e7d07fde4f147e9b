package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What requests have in common that differ in their values only: what query settings are about.
 * Hints and limits of time are no part of it.
 *
 * @param namespace the collection or view that is asked
 * @param document the request with types instead of values
 * @param isOfOneId whether it looks one {@code _id} up
 * @param systemStage a stage that tells of the server, if the request has one
 */
public record RequestShape(
        Namespace namespace, Document document, boolean isOfOneId, Optional<String> systemStage) {

    private static final QueryShapeText TEXT = new QueryShapeText(UnaryOperator.identity());
    private static final String NUMBER = "?number";

    private static final Set<String> SYSTEM_STAGES =
            Set.of(
                    "$collStats",
                    "$currentOp",
                    "$indexStats",
                    "$listSearchIndexes",
                    "$planCacheStats",
                    "$querySettings",
                    "$queryStats");

    static RequestShape ofFind(Namespace namespace, Queries.Parsed parsed) {
        FindRequest request = parsed.request();
        DocumentBuilder shape = begin(namespace, "find");
        shape.put("filter", TEXT.filter(parsed.filter().toDocument()));
        put(shape, "sort", TEXT.flags(request.sort()));
        put(shape, "projection", TEXT.flags(request.projection()));
        putNumber(shape, "skip", request.skip());
        putNumber(shape, "limit", request.limit());
        put(shape, "collation", request.collation());
        put(shape, "let", TEXT.flags(request.let()));
        put(shape, "min", TEXT.flags(request.range().min()));
        put(shape, "max", TEXT.flags(request.range().max()));
        putFlag(shape, "returnKey", request.returnsKeys());
        putFlag(shape, "showRecordId", request.showsRecordIds());
        putFlag(shape, "noDiskUse", !request.allowsDiskUse());
        boolean isOfOneId = IdFilter.idOf(request).isPresent();
        return new RequestShape(namespace, shape.build(), isOfOneId, Optional.empty());
    }

    static RequestShape ofDistinct(Namespace namespace, String key, Queries.Parsed parsed) {
        DocumentBuilder shape = begin(namespace, "distinct");
        shape.put("key", key);
        shape.put("query", TEXT.filter(parsed.filter().toDocument()));
        put(shape, "collation", parsed.request().collation());
        return new RequestShape(namespace, shape.build(), false, Optional.empty());
    }

    /**
     * @param pipeline one that has been read without mistakes
     */
    static RequestShape ofPipeline(
            Namespace namespace, List<Document> pipeline, AggregateOptions options) {
        DocumentBuilder shape = begin(namespace, "aggregate");
        shape.put("pipeline", stages(ArrayValue.of(pipeline)));
        put(shape, "collation", options.collation());
        put(shape, "let", TEXT.flags(options.let()));
        putFlag(shape, "noDiskUse", !options.allowsDiskUse());
        Optional<String> systemStage =
                pipeline.stream()
                        .map(stage -> stage.iterator().next().name())
                        .filter(SYSTEM_STAGES::contains)
                        .findFirst();
        return new RequestShape(namespace, shape.build(), false, systemStage);
    }

    private static DocumentBuilder begin(Namespace namespace, String command) {
        Document names =
                Document.builder()
                        .put("db", namespace.database())
                        .put("coll", namespace.collection())
                        .build();
        return Document.builder().put("cmdNs", names).put("command", command);
    }

    private static void put(DocumentBuilder shape, String name, Document part) {
        if (!part.isEmpty()) {
            shape.put(name, part);
        }
    }

    private static void putNumber(DocumentBuilder shape, String name, long number) {
        if (number > 0) {
            shape.put(name, NUMBER);
        }
    }

    private static void putFlag(DocumentBuilder shape, String name, boolean isSet) {
        if (isSet) {
            shape.put(name, true);
        }
    }

    private static ArrayValue stages(ArrayValue pipeline) {
        return ArrayValue.of(
                pipeline.elements().stream().map(stage -> stage((Document) stage)).toList());
    }

    private static Document stage(Document stage) {
        Field only = stage.iterator().next();
        Value operand =
                switch (only.name()) {
                    case "$match" -> TEXT.filter((Document) only.value());
                    case "$project", "$sort" -> TEXT.flags((Document) only.value());
                    default -> operand(only.value());
                };
        return Document.of(only.name(), operand);
    }

    /** What a stage says: names of collections and fields stay, pipelines in it are pipelines. */
    private static Value operand(Value value) {
        if (!(value instanceof Document options)) {
            return option(value);
        }
        DocumentBuilder shape = Document.builder();
        for (Field field : options) {
            shape.put(field.name(), option(field.value()));
        }
        return shape.build();
    }

    private static Value option(Value value) {
        return switch (value) {
            case StringValue name -> name;
            case ArrayValue list ->
                    isPipeline(list)
                            ? stages(list)
                            : ArrayValue.of(
                                    list.elements().stream().map(RequestShape::element).toList());
            default -> TEXT.expression(value);
        };
    }

    private static Value element(Value value) {
        return value instanceof StringValue ? value : TEXT.expression(value);
    }

    private static boolean isPipeline(ArrayValue list) {
        return !list.elements().isEmpty()
                && list.elements().stream().allMatch(RequestShape::isStage);
    }

    private static boolean isStage(Value value) {
        return value instanceof Document stage
                && stage.size() == 1
                && stage.iterator().next().name().startsWith("$");
    }

    /** Its name: 64 hexadecimal digits. */
    public String hash() {
        return sha256(document);
    }

    static String sha256(Document shape) {
        byte[] bytes =
                ExtendedJson.write(shape, JsonMode.CANONICAL).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException absent) {
            throw new AssertionError("every platform has SHA-256", absent);
        }
    }
}
