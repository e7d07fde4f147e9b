package io.smilodon.query.plan;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Documents as applications have them, and queries as they ask them, from a seed: fields with few
 * and with many values, even and skewed, one that follows another, one that most lack, arrays, and
 * places, half of them in one town.
 */
final class RandomLoad {

    private static final List<String> FIELDS =
            List.of("few", "many", "skewed", "unique", "tags", "follows", "rare", "time");

    /** Those that a partial index may ask for. */
    private static final List<String> SELECTING =
            List.of(
                    "{\"rare\": {\"$exists\": true}}",
                    "{\"few\": {\"$lt\": 4}}",
                    "{\"few\": 7}",
                    "{\"skewed\": {\"$gt\": 1}}");

    private static final double TOWN_DEGREES = 0.2;
    private static final double RADIUS_MAX = 0.02;

    private final Random random;
    private final List<Document> partialFilters = new ArrayList<>();

    RandomLoad(long seed) {
        random = new Random(seed);
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    private boolean chance(int inHundred) {
        return random.nextInt(100) < inHundred;
    }

    Document document(int id) {
        int many = random.nextInt(1000);
        DocumentBuilder builder =
                Document.builder()
                        .put("_id", id)
                        .put("few", random.nextInt(10))
                        .put("many", many)
                        .put("skewed", skewed())
                        .put("unique", (id * 7919) % 1_000_003)
                        .put("follows", many / 10)
                        .put("time", new DateValue(1_000_000L + id * 1_000L))
                        .put("place", place());
        List<Value> tags = new ArrayList<>();
        for (int tag = random.nextInt(4); tag > 0; tag--) {
            tags.add(Value.of("t" + random.nextInt(50)));
        }
        builder.put("tags", ArrayValue.of(tags));
        if (chance(10)) {
            builder.put("rare", random.nextInt(100));
        }
        return builder.build();
    }

    /** Half of them 0, a quarter 1 and so on. */
    private int skewed() {
        int value = 0;
        while (value < 20 && random.nextBoolean()) {
            value++;
        }
        return value;
    }

    private Document place() {
        return Document.builder().put("type", "Point").put("coordinates", pair()).build();
    }

    private ArrayValue pair() {
        double width = chance(50) ? TOWN_DEGREES : 10;
        return ArrayValue.of(
                Value.of(10 + width * random.nextDouble()),
                Value.of(50 + width * random.nextDouble()));
    }

    /** Of any kind but those of words, of which a filter that asks for words has no choice. */
    Document index() {
        return switch (random.nextInt(12)) {
            case 0 -> ofPart("hashed");
            case 1 -> ordered().with("sparse", Value.of(true));
            case 2, 3 -> partial();
            case 4 -> wildcard();
            case 5, 6 -> ofPart("2dsphere");
            default -> ordered();
        };
    }

    /** A part of another kind, alone or beside an ordered one. */
    private Document ofPart(String kind) {
        String special = kind.equals("hashed") ? withoutArrays() : "place";
        String other = withoutArrays();
        DocumentBuilder key = Document.builder();
        boolean isFirst = chance(60);
        if (!isFirst && !other.equals(special)) {
            key.put(other, 1);
        }
        key.put(special, kind);
        if (isFirst && !other.equals(special) && chance(40)) {
            key.put(other, -1);
        }
        return Document.of("key", key.build());
    }

    /** Remembered, so that queries come that ask for it. */
    private Document partial() {
        Document filter =
                ExtendedJson.readDocument(SELECTING.get(random.nextInt(SELECTING.size())));
        partialFilters.add(filter);
        return ordered().with("partialFilterExpression", filter);
    }

    private Document wildcard() {
        DocumentBuilder shown = Document.builder();
        for (int field = 3; field > 0; field--) {
            shown.put(field(), 1);
        }
        Document paths = shown.build();
        String before = withoutArrays();
        DocumentBuilder key = Document.builder();
        if (chance(40) && !paths.has(before)) {
            key.put(before, 1);
        }
        return Document.builder()
                .put("key", key.put("$**", 1).build())
                .put("wildcardProjection", paths)
                .build();
    }

    private Document ordered() {
        DocumentBuilder key = Document.builder();
        int parts = 1 + random.nextInt(3);
        for (int part = 0; part < parts; part++) {
            key.put(field(), chance(20) ? -1 : 1);
        }
        return Document.of("key", key.build());
    }

    private String field() {
        return FIELDS.get(random.nextInt(FIELDS.size()));
    }

    private String withoutArrays() {
        String field = field();
        return field.equals("tags") ? "time" : field;
    }

    Query query() {
        Query query = Query.of(PredicateParser.parse(filter()));
        if (chance(45)) {
            DocumentBuilder order = Document.builder();
            for (int part = 1 + random.nextInt(2); part > 0; part--) {
                order.put(withoutArrays(), chance(40) ? -1 : 1);
            }
            query = query.withSort(SortPattern.parse(order.build()));
        }
        if (chance(40)) {
            query = query.withLimit(List.of(1, 10, 20, 100).get(random.nextInt(4)));
        }
        if (chance(15)) {
            return query.counted();
        }
        if (chance(20)) {
            Document shown = Document.builder().put("_id", 0).put(field(), 1).build();
            return query.withProjection(ProjectionParser.forFind(shown, Location.ROOT), shown);
        }
        return query;
    }

    private Document filter() {
        DocumentBuilder filter = Document.builder();
        for (int field = random.nextInt(4); field > 0; field--) {
            String name = field();
            filter.put(name, condition(name));
        }
        if (chance(20)) {
            List<Value> branches = new ArrayList<>();
            for (int branch = 2 + random.nextInt(2); branch > 0; branch--) {
                String name = field();
                branches.add(Document.of(name, condition(name)));
            }
            filter.put("$or", ArrayValue.of(branches));
        }
        if (chance(15)) {
            filter.put("place", around());
        }
        return !partialFilters.isEmpty() && chance(30)
                ? Document.of("$and", ArrayValue.of(selecting(), filter.build()))
                : filter.build();
    }

    private Document selecting() {
        return partialFilters.get(random.nextInt(partialFilters.size()));
    }

    /** The places in a circle, from a street to all of the town and more. */
    private Document around() {
        double radius = RADIUS_MAX * Math.pow(random.nextDouble(), 4);
        ArrayValue circle = ArrayValue.of(pair(), Value.of(radius));
        return Document.of("$geoWithin", Document.of("$centerSphere", circle));
    }

    private Value condition(String field) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> value(field);
            case 5, 6 -> {
                List<Value> values = new ArrayList<>();
                for (int value = 2 + random.nextInt(4); value > 0; value--) {
                    values.add(value(field));
                }
                yield Document.of("$in", ArrayValue.of(values));
            }
            case 7 -> Document.of(chance(50) ? "$gt" : "$lt", value(field));
            case 8 -> Document.builder().put("$gte", value(field)).put("$lt", value(field)).build();
            default -> chance(50) ? Document.of("$ne", value(field)) : narrow(field);
        };
    }

    private Document narrow(String field) {
        Value low = value(field);
        return Document.builder().put("$gte", low).put("$lte", low).build();
    }

    private Value value(String field) {
        return switch (field) {
            case "few" -> Value.of(random.nextInt(10));
            case "many" -> Value.of(random.nextInt(1000));
            case "skewed" -> Value.of(chance(50) ? skewed() : random.nextInt(21));
            case "unique" -> Value.of((random.nextInt(3000) * 7919) % 1_000_003);
            case "tags" -> Value.of("t" + random.nextInt(50));
            case "follows", "rare" -> Value.of(random.nextInt(100));
            default -> new DateValue(1_000_000L + random.nextInt(3000) * 1_000L);
        };
    }
}
