package io.smilodon.database;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random operations of {@code bulkWrite} on few documents: into a collection with indexes of many
 * kinds, one that does not exist before, and a capped one.
 */
final class RandomBulks {

    static final Document NAMESPACES =
            Json.doc("{'n': [{'ns': 'd.c'}, {'ns': 'd.new'}, {'ns': 'd.capped'}]}");

    private static final int INDEXED = 0;
    private static final int NEW = 1;
    private static final int CAPPED = 2;

    private final Random random;
    private final boolean hasMulti;

    /**
     * @param hasMulti whether some write all documents that match; drivers never send such again
     */
    RandomBulks(Random random, boolean hasMulti) {
        this.random = random;
        this.hasMulti = hasMulti;
    }

    /** Makes the collections that are there before. */
    static void prepare(Smilodon smilodon) {
        Database database = smilodon.database("d");
        Document images = Json.doc("{'changeStreamPreAndPostImages': {'enabled': true}}");
        Document rule = Json.doc("{'validator': {'refused': {'$exists': false}}}");
        database.createCollection("c", images.with("validator", rule.get("validator")));
        database.createCollection("capped", Json.doc("{'capped': true, 'size': 9000, 'max': 4}"));
        DocumentCollection c = database.collection("c");
        c.createIndex(Json.doc("{'key': {'a': 1}}"));
        c.createIndex(Json.doc("{'key': {'u': 1}, 'unique': true, 'sparse': true}"));
        c.createIndex(Json.doc("{'key': {'t': 'text'}}"));
        c.createIndex(Json.doc("{'key': {'place': '2dsphere'}}"));
        c.createIndex(Json.doc("{'key': {'end': 1}, 'expireAfterSeconds': 1000000000}"));
        c.createIndex(Json.doc("{'key': {'$**': 1}}"));
    }

    List<Value> next(int count) {
        List<Value> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text =
                    switch (random.nextInt(10)) {
                        case 0 -> onCapped();
                        case 1 -> on(NEW, "insert", insert());
                        case 2, 3 -> on(INDEXED, "insert", insert());
                        case 4 -> on(NEW, "update", upsert());
                        case 5 -> on(INDEXED, "delete", delete());
                        default -> on(INDEXED, "update", update());
                    };
            operations.add(Json.doc(text));
        }
        return operations;
    }

    private static String on(int namespace, String name, String fields) {
        return "{'%s': %d, %s}".formatted(name, namespace, fields);
    }

    private String onCapped() {
        return switch (random.nextInt(4)) {
            case 0 -> on(CAPPED, "update", "'filter': {}, 'updateMods': {'$inc': {'a': 1}}");
            case 1 -> on(CAPPED, "update", upsert());
            default -> on(CAPPED, "insert", "'document': {'_id': %d, 'a': 1}".formatted(id()));
        };
    }

    private int id() {
        return random.nextInt(12);
    }

    private String insert() {
        return "'document': {'_id': %d, %s}".formatted(id(), fields());
    }

    private String fields() {
        return switch (random.nextInt(7)) {
            case 0 -> "'a': [1, %d], 'u': %d".formatted(id(), id());
            case 1 -> "'a': 'x', 't': 'tiger %d'".formatted(id());
            case 2 -> "'place': {'type': 'Point', 'coordinates': [%d, 1]}".formatted(id());
            case 3 -> "'place': {'type': 'Point', 'coordinates': [%d, 1000]}".formatted(id());
            case 4 -> "'refused': 1";
            case 5 -> "'end': {'$date': '2026-01-01T00:00:00Z'}, 'u': %d".formatted(id());
            default -> "'a': %d, 'u': %d".formatted(id(), id());
        };
    }

    private String upsert() {
        return "'filter': {'_id': %d}, 'updateMods': {'$inc': {'a': 1}}, 'upsert': true"
                .formatted(id());
    }

    private String update() {
        String filter =
                switch (random.nextInt(hasMulti ? 6 : 3)) {
                    case 0 -> "'filter': {'a': %d}, 'sort': {'_id': 1}".formatted(id());
                    case 1 -> "'filter': {'u': %d}".formatted(id());
                    case 2 -> "'filter': {'_id': %d}".formatted(id());
                    case 3 -> "'filter': {'a': {'$lt': 6}}, 'multi': true";
                    case 4 -> "'filter': {'$text': {'$search': 'tiger'}}, 'multi': true";
                    default -> "'filter': {'_id': {'$gt': %d}}, 'multi': true".formatted(id());
                };
        boolean isById = filter.startsWith("'filter': {'_id'") && !filter.contains("multi");
        boolean isMulti = filter.contains("multi");
        String upsert = isById && random.nextInt(3) == 0 ? ", 'upsert': true" : "";
        String change = isMulti || random.nextInt(4) > 0 ? operators() : "{%s}".formatted(fields());
        return filter + ", 'updateMods': " + change + upsert;
    }

    private String operators() {
        return switch (random.nextInt(7)) {
            case 0 -> "{'$inc': {'a': 1}}";
            case 1 -> "{'$push': {'a': %d}}".formatted(id());
            case 2 -> "{'$unset': {'u': 1}, '$set': {'z': %d}}".formatted(id());
            case 3 -> "[{'$set': {'b': '$a', 'u': %d}}]".formatted(id());
            default -> "{'$set': {%s}}".formatted(fields());
        };
    }

    private String delete() {
        return switch (random.nextInt(hasMulti ? 4 : 3)) {
            case 0 -> "'filter': {'a': %d}, 'hint': {'_id': 1}".formatted(id());
            case 3 -> "'filter': {'u': {'$gt': %d}}, 'multi': true".formatted(id());
            default -> "'filter': {'_id': %d}".formatted(id());
        };
    }

    /** The command that carries out operations. */
    static Document command(List<Value> operations, boolean isOrdered) {
        return Document.builder()
                .put("bulkWrite", 1)
                .put("ops", ArrayValue.of(operations))
                .put("nsInfo", NAMESPACES.get("n"))
                .put("ordered", isOrdered)
                .build();
    }
}
