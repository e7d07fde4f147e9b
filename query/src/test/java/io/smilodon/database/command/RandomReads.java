package io.smilodon.database.command;

import static io.smilodon.database.command.LimitedModel.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commands by chance that read {@code notes} and {@code other}, or write {@code notes}. */
record RandomReads(Random random) {

    private static final String ORDER = "'sort': {'_id': 1}";

    String next() {
        return switch (random.nextInt(6)) {
            case 5 -> "{'find': 'notes', 'filter': {'u': 'u" + random.nextInt(9) + "'}}";
            case 0 -> find();
            case 1 -> "{'count': 'notes', 'query': " + filter() + "}";
            case 2 -> "{'distinct': 'notes', 'key': '" + path() + "', 'query': " + filter() + "}";
            case 3 -> aggregate("notes");
            default -> aggregate("other");
        };
    }

    private String find() {
        String sort = random.nextBoolean() ? ORDER : "'sort': {'" + field() + "': -1, '_id': 1}";
        String filter = filter();
        boolean isWhole = random.nextBoolean() || filter.contains("$divide"); // may stop before
        return "{'find': 'notes', 'filter': "
                + filter
                + ", "
                + sort
                + (random.nextBoolean() ? "" : ", 'skip': " + random.nextInt(4))
                + (isWhole ? "" : ", 'limit': " + (1 + random.nextInt(4)))
                + (random.nextBoolean() ? "" : ", 'projection': " + projection())
                + "}";
    }

    private String path() {
        return random.nextInt(10) == 0 ? "_id" : field();
    }

    private String field() {
        return pick(random, "a", "b", "c", "n.x", "n.y", "n", "pay", "owner", "q");
    }

    private String value() {
        return pick(random, "0", "1", "2", "10", "'x'", "'ann'", "null", "{'y': 2}", "[1, 2]");
    }

    /** One that fails fails by itself, so that it does not matter what is looked at first. */
    String filter() {
        return random.nextInt(8) == 0
                ? "{'$expr': {'$divide': [1, '$" + pick(random, "b", "pay") + "']}}"
                : condition();
    }

    private String condition() {
        return switch (random.nextInt(9)) {
            case 0 -> "{}";
            case 1 -> "{'" + path() + "': {'$gte': " + value() + "}}";
            case 2 -> "{'" + path() + "': {'$lt': " + value() + "}}";
            case 3 -> "{'" + path() + "': {'$exists': " + random.nextBoolean() + "}}";
            case 4 -> "{'$or': [" + condition() + ", " + condition() + "]}";
            case 5 -> "{'$and': [" + condition() + ", " + condition() + "]}";
            case 6 -> "{'$expr': {'$gt': ['$" + path() + "', " + value() + "]}}";
            case 7 -> "{'" + path() + "': {'$in': [" + value() + ", " + value() + "]}}";
            default -> "{'" + path() + "': " + value() + "}";
        };
    }

    private String projection() {
        return pick(
                random,
                "{'pay': 1, 'n.y': 1}",
                "{'pay': 0}",
                "{'r': '$$ROOT'}",
                "{'q': '$pay', 'c': 1}",
                "{'s': {'$size': {'$ifNull': [{'$objectToArray': '$$ROOT'}, []]}}}",
                "{'n.y': '$pay'}");
    }

    private String aggregate(String collection) {
        List<String> stages = new ArrayList<>();
        if (collection.equals("other")) {
            stages.add(joining());
        }
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            stages.add(stage());
        }
        return "{'aggregate': '"
                + collection
                + "', 'cursor': {'batchSize': 1000}, 'pipeline': ["
                + String.join(", ", stages)
                + "]}";
    }

    private String joining() {
        String inner = random.nextBoolean() ? "" : stage();
        return switch (random.nextInt(6)) {
            case 0 ->
                    "{'$lookup': {'from': 'notes', 'localField': 'k', 'foreignField': '"
                            + path()
                            + "', 'as': 'j'}}";
            case 1 -> "{'$lookup': {'from': 'notes', 'pipeline': [" + inner + "], 'as': 'j'}}";
            case 2 -> "{'$unionWith': {'coll': 'notes', 'pipeline': [" + inner + "]}}";
            case 3 ->
                    "{'$graphLookup': {'from': 'notes', 'startWith': '$k', 'connectFromField': '"
                            + path()
                            + "', 'connectToField': '"
                            + path()
                            + "', 'maxDepth': 2, 'as': 'j'}}";
            case 4 ->
                    "{'$lookup': {'from': 'notes', 'let': {'k': '$k'}, 'pipeline': [{'$match':"
                            + " {'$expr': {'$eq': ['$$k', '$"
                            + path()
                            + "']}}}], 'as': 'j'}}";
            default ->
                    "{'$lookup': {'from': 'other', 'pipeline': [{'$unionWith': 'notes'}], 'as':"
                            + " 'j'}}";
        };
    }

    private String stage() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> "{'$match': " + condition() + "}";
            case 2 -> "{'$project': " + projection() + "}";
            case 3 ->
                    "{'$group': {'_id': '$"
                            + path()
                            + "', 's': {'$sum': '$"
                            + path()
                            + "'}, 'm': {'$max': '$"
                            + path()
                            + "'}}}";
            case 4 -> "{'$unwind': '$" + pick(random, "a", "c", "n", "j") + "'}";
            case 5 -> "{'$set': {'q': '$" + path() + "'}}";
            case 6 -> "{'$unset': '" + path() + "'}";
            case 7 -> "{'$sortByCount': '$" + path() + "'}";
            case 8 -> "{'$facet': {'f': [{'$match': " + condition() + "}, {'$count': 'z'}]}}";
            case 9 -> "{'$replaceWith': {'_id': '$_id', 'w': '$$ROOT'}}";
            case 10 -> "{'$sort': {'" + field() + "': 1, '_id': 1}}";
            default -> joining();
        };
    }

    // ---- Writing

    /** An update or a removal, of one certain document or of all, or both in one. */
    String nextWrite(int ids) {
        String all = condition();
        String one = "{'_id': " + random.nextInt(ids) + ", '$or': [" + all + ", {'a': 1}]}";
        String upserted = "{'_id': " + random.nextInt(ids + 9) + ", 'owner': 'ann', 'a': 1}";
        return switch (random.nextInt(7)) {
            case 6 ->
                    "{'findAndModify': 'notes', 'query': "
                            + upserted
                            + ", 'upsert': true, 'new': true, 'update': "
                            + change()
                            + "}";
            case 0 -> "{'update': 'notes', 'updates': [{'q': " + one + ", 'u': " + change() + "}]}";
            case 1 ->
                    "{'update': 'notes', 'updates': [{'q': "
                            + all
                            + ", 'u': "
                            + change()
                            + ", 'multi': true}]}";
            case 2, 3 ->
                    "{'findAndModify': 'notes', 'query': "
                            + all
                            + ", 'sort': {'_id': -1}, 'update': "
                            + change()
                            + "}";
            case 4 -> "{'delete': 'notes', 'deletes': [{'q': " + one + ", 'limit': 1}]}";
            default ->
                    "{'findAndModify': 'notes', 'query': "
                            + all
                            + ", 'sort': {'_id': 1}, 'remove': true}";
        };
    }

    private String change() {
        return pick(
                random,
                "{'$set': {'a': 7}}",
                "{'$inc': {'b': 1}}",
                "{'$set': {'owner': 'bob'}}",
                "{'$unset': {'pay': 1}}",
                "{'$set': {'c.$[]': 'w'}}",
                "{'$rename': {'pay': 'paid'}}",
                "[{'$set': {'a': '$pay'}}]",
                "[{'$replaceWith': {'_id': '$_id', 'owner': '$owner', 'w': '$$ROOT'}}]",
                "{'$push': {'c': 'x'}}",
                "{'$set': {'a.$': 8}}",
                "{'$set': {'n.$[].y': 7}}",
                "{'$set': {'a': 1}}");
    }
}
