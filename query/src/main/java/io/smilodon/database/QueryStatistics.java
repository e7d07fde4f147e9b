package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.Query;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes the shapes of queries as MongoDB's {@code $queryStats} does: {@code {key: {queryShape,
 * collectionType}, keyHash, queryShapeHash, metrics, asOf}}.
 */
final class QueryStatistics {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final String HMAC = "HmacSHA256";

    private final QueryShapes shapes;
    private final QueryShapeText text;
    private final TimestampValue asOf;

    /**
     * @param hmacKey names are written as their HMAC with this key; empty to write them as they are
     */
    QueryStatistics(QueryShapes shapes, Optional<BinaryValue> hmacKey, long millis) {
        this.shapes = shapes;
        this.text =
                new QueryShapeText(
                        hmacKey.map(QueryStatistics::hashing).orElse(UnaryOperator.identity()));
        this.asOf = new TimestampValue((int) (millis / MILLIS_PER_SECOND), 0);
    }

    private static UnaryOperator<String> hashing(BinaryValue key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.bytes(), HMAC));
            return name ->
                    Base64.getEncoder()
                            .encodeToString(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new AssertionError("every platform has HmacSHA256", absent);
        }
    }

    /** What is known of the queries of these collections, those first that have cost most. */
    List<Document> of(List<CollectionEntry> collections) {
        List<Document> told = new ArrayList<>();
        for (CollectionEntry entry : collections) {
            for (QueryShapes.Use use : shapes.of(entry.id())) {
                told.add(told(entry, use));
            }
        }
        return told;
    }

    private Document told(CollectionEntry entry, QueryShapes.Use use) {
        Document shape = shape(entry, use.example());
        String hash = RequestShape.sha256(shape);
        Document metrics =
                Document.builder()
                        .put("execCount", use.count())
                        .put("totalExecMicros", sum(use.nanos() / NANOS_PER_MICRO))
                        .put("docsReturned", sum(use.returned()))
                        .put("docsExamined", sum(use.examined()))
                        .build();
        return Document.builder()
                .put(
                        "key",
                        Document.of("queryShape", shape)
                                .with("collectionType", Value.of("collection")))
                .put("keyHash", hash)
                .put("queryShapeHash", hash)
                .put("metrics", metrics)
                .put("asOf", asOf)
                .build();
    }

    private static Document sum(long value) {
        return Document.of("sum", Value.of(value));
    }

    private Document shape(CollectionEntry entry, Query query) {
        DocumentBuilder shape =
                Document.builder()
                        .put(
                                "cmdNs",
                                Document.of("db", name(entry.namespace().database()))
                                        .with("coll", name(entry.namespace().collection())))
                        .put("command", "find")
                        .put("filter", text.filter(query.filter().toDocument()));
        query.sort().ifPresent(sort -> shape.put("sort", text.flags(sort.toDocument())));
        if (query.output() instanceof Query.Output.Projected shown) {
            shape.put("projection", text.flags(shown.specification()));
        }
        if (query.skip() > 0) {
            shape.put("skip", "?number");
        }
        if (query.limit() > 0) {
            shape.put("limit", "?number");
        }
        if (!query.collation().isSimple()) {
            shape.put("collation", query.collation().toDocument());
        }
        return shape.build();
    }

    private Value name(String name) {
        return Value.of(text.names().apply(name));
    }
}
