package io.smilodon.rest;

import io.smilodon.engine.Limits;
import io.smilodon.engine.bucket.BlobPage;
import io.smilodon.engine.bucket.BlobWrite;
import io.smilodon.engine.bucket.Bucket;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plain keys and values: a blob in, a blob out. What is in a blob is nobody's business, so it comes
 * back as bytes and never under a type that a browser would run.
 */
final class BucketRoutes {

    private static final String BUCKETS = "/api/v1/buckets";

    /** What the paths of all blobs start with. */
    static final String BLOBS = BUCKETS + "/";

    private static final String BUCKET = BUCKETS + "/{bucket}";
    private static final String BLOB = BUCKET + "/<key>";
    private static final int LIMIT_DEFAULT = 100;
    private static final String LIMIT = "how many at most, 1 to 1000; 100 unless told";
    private static final String NEXT = "goes on where the last list ended, as it says";
    private static final String MODE = "relaxed, canonical or plain: how values are written";

    /** Buckets count as the collections of a database of this name, as far as roles go. */
    private static final String DATABASE = "buckets";

    private BucketRoutes() {}

    private static Demand bucket(Action... actions) {
        return Demand.needs(
                exchange -> {
                    Resource bucket = Resource.collection(DATABASE, exchange.path("bucket"));
                    return Stream.of(actions).map(action -> new Need(action, bucket)).toList();
                });
    }

    private static Demand buckets(Action action) {
        Need need = new Need(action, Resource.database(DATABASE));
        return Demand.needs(exchange -> List.of(need));
    }

    static List<Route> routes() {
        return List.of(
                route(
                        Route.get(BUCKETS, Permission.READ)
                                .demanding(buckets(Action.LIST_COLLECTIONS))
                                .summary("List the buckets")
                                .parameter("limit", LIMIT)
                                .parameter("next", NEXT)
                                .parameter("jsonMode", MODE)
                                .answer(200, "Their names, in order"),
                        BucketRoutes::listBuckets),
                route(
                        Route.get(BUCKET, Permission.READ)
                                .demanding(bucket(Action.FIND))
                                .summary("List the keys of a bucket")
                                .parameter("prefix", "what they start with")
                                .parameter("limit", LIMIT)
                                .parameter("next", NEXT)
                                .parameter("jsonMode", MODE)
                                .answer(200, "Keys in order, with sizes and versions, next if any")
                                .answer(404, "There is no such bucket"),
                        BucketRoutes::listBlobs),
                route(
                        WriteParameters.declareForBucket(
                                        Route.delete(BUCKET, Permission.ADMINISTER))
                                .demanding(bucket(Action.DROP_COLLECTION))
                                .summary("Drop a bucket with all that is in it")
                                .answer(204, "It is gone")
                                .answer(404, "There was no such bucket"),
                        BucketRoutes::drop),
                readRoute(),
                putRoute(),
                deleteRoute());
    }

    private static Route readRoute() {
        return route(
                Route.get(BLOB, Permission.READ)
                        .demanding(bucket(Action.FIND))
                        .summary("Read a blob")
                        .answer(200, "Its bytes; its version is the ETag")
                        .answer(304, "It is still the version of If-None-Match")
                        .answer(404, "There is no such key"),
                BucketRoutes::read);
    }

    private static Route putRoute() {
        return route(
                WriteParameters.declareForBucket(Route.put(BLOB, Permission.WRITE))
                        .demanding(bucket(Action.INSERT, Action.UPDATE))
                        .summary("Put a blob, whether or not there is one")
                        .blob("The bytes, of any type, at most 17 MiB")
                        .answer(201, "Created; the bucket too if need be")
                        .answer(204, "Replaced")
                        .answer(412, "If-Match or If-None-Match does not hold")
                        .answer(413, "The blob is too large")
                        .atOnce(),
                BucketRoutes::put);
    }

    private static Route deleteRoute() {
        return route(
                WriteParameters.declareForBucket(Route.delete(BLOB, Permission.WRITE))
                        .demanding(bucket(Action.REMOVE))
                        .summary("Delete a blob")
                        .answer(204, "It is gone")
                        .answer(404, "There was no such key")
                        .answer(412, "If-Match does not hold"),
                BucketRoutes::delete);
    }

    /** A route that takes the parameters which it declares, and no others. */
    private static Route route(Route.Builder route, RouteHandler handler) {
        Set<String> known = route.parameterNames();
        return route.by(
                exchange -> {
                    exchange.requireParameters(known);
                    handler.handle(exchange);
                });
    }

    // ---- Buckets

    private static Bucket bucket(Exchange exchange) {
        return exchange.smilodon().bucket(exchange.path("bucket"));
    }

    private static Bucket bucketToWrite(Exchange exchange) {
        return WriteParameters.applied(bucket(exchange), exchange);
    }

    private static void listBuckets(Exchange exchange) {
        int limit = limit(exchange);
        String after = new String(next(exchange), StandardCharsets.UTF_8);
        List<String> names = exchange.smilodon().bucketNames(after, limit);
        DocumentBuilder answer =
                Document.builder()
                        .put("buckets", ArrayValue.of(names.stream().map(Value::of).toList()));
        if (names.size() == limit) {
            answer.put("next", token(names.getLast().getBytes(StandardCharsets.UTF_8)));
        }
        exchange.answer(200, answer.build());
    }

    private static void listBlobs(Exchange exchange) {
        Bucket bucket = bucket(exchange);
        byte[] prefix = exchange.query("prefix").orElse("").getBytes(StandardCharsets.UTF_8);
        BlobPage page = bucket.list(prefix, next(exchange), limit(exchange));
        if (page.entries().isEmpty() && !bucket.exists()) {
            throw noBucket(bucket);
        }
        List<Document> blobs = page.entries().stream().map(BucketRoutes::describe).toList();
        DocumentBuilder answer = Document.builder().put("blobs", ArrayValue.of(blobs));
        page.next().ifPresent(key -> answer.put("next", token(key)));
        exchange.answer(200, answer.build());
    }

    private static Document describe(BlobPage.Entry entry) {
        return Document.builder()
                .put("key", shown(entry.key()))
                .put("bytes", entry.bytes())
                .put("etag", ETags.of(entry.version()))
                .build();
    }

    /** A key as text; one that programs made of other bytes as binary. */
    private static Value shown(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), key);
        return isText ? Value.of(text) : new BinaryValue((byte) 0, key);
    }

    private static int limit(Exchange exchange) {
        return exchange.queryInt("limit").orElse(LIMIT_DEFAULT);
    }

    private static String token(byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static byte[] next(Exchange exchange) {
        String token = exchange.query("next").orElse("");
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The parameter must be next of an answer before",
                            Map.of("parameter", "next", "value", token))
                    .at(Location.ROOT.child("next"));
        }
    }

    private static void drop(Exchange exchange) {
        Bucket bucket = bucketToWrite(exchange);
        if (!bucket.drop()) {
            throw noBucket(bucket);
        }
        exchange.answer(204);
    }

    private static SmilodonException noBucket(Bucket bucket) {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND, "No such bucket", Map.of("bucket", bucket.name()));
    }

    // ---- Blobs

    private static byte[] key(Exchange exchange) {
        String path = exchange.requestPath();
        int slash = path.indexOf('/', BLOBS.length());
        return PercentEncoding.decode(path.substring(slash + 1));
    }

    private static void read(Exchange exchange) {
        byte[] key = key(exchange);
        Bucket bucket = bucket(exchange);
        VersionedValue found = bucket.find(key).orElseThrow(() -> bucket.notFound(key));
        String tag = ETags.of(found.version());
        exchange.headerOut("ETag", tag);
        if (exchange.header("If-None-Match").filter(tags -> ETags.match(tags, tag)).isPresent()) {
            exchange.answer(304);
        } else {
            exchange.answerBytes(found.value());
        }
    }

    private static void put(Exchange exchange) {
        Bucket bucket = bucketToWrite(exchange); // before it is asked to send the blob
        byte[] blob =
                exchange.bodyBytes(Limits.VALUE_BYTES_MAX).orElseThrow(BucketRoutes::tooLarge);
        byte[] key = key(exchange);
        answerWrite(exchange, key, bucket.put(key, blob, ETags.precondition(exchange)));
    }

    private static SmilodonException tooLarge() {
        return new SmilodonException(
                ErrorCode.OBJECT_TOO_LARGE,
                "The blob is too large",
                Map.of("maximum", Limits.VALUE_BYTES_MAX));
    }

    private static void delete(Exchange exchange) {
        byte[] key = key(exchange);
        answerWrite(
                exchange, key, bucketToWrite(exchange).delete(key, ETags.precondition(exchange)));
    }

    private static void answerWrite(Exchange exchange, byte[] key, BlobWrite write) {
        write.version().ifPresent(version -> exchange.headerOut("ETag", ETags.of(version)));
        switch (write.outcome()) {
            case CREATED -> exchange.headerOut("Location", exchange.requestPath()).answer(201);
            case REPLACED, DELETED -> exchange.answer(204);
            case NOT_FOUND -> throw bucket(exchange).notFound(key);
            case PRECONDITION_FAILED ->
                    exchange.answer(
                            Problem.ofHttp(
                                    412,
                                    "The blob is not the version that the request expects",
                                    "read it again and repeat the request with its ETag"));
        }
    }
}
