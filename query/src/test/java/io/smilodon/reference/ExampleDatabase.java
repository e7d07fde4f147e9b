package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A database in memory in which examples run, one after the other. */
final class ExampleDatabase implements AutoCloseable {

    /** The collection that an example is about. */
    static final String COLLECTION = "c";

    private static final String DATABASE = "examples";
    private static final List<String> SERVER_STAGES =
            List.of("$currentOp", "$querySettings", "$queryStats");

    private final Smilodon smilodon = Smilodon.inMemory();

    /** Puts documents in the place of what a collection had; those without an id are numbered. */
    void fill(String collection, ArrayValue documents) {
        smilodon.database(DATABASE).dropCollection(collection);
        List<Document> numbered = new ArrayList<>();
        for (Value value : documents) {
            Document document = (Document) value;
            numbered.add(document.has("_id") ? document : numbered(numbered.size(), document));
        }
        if (!numbered.isEmpty()) {
            smilodon.database(DATABASE).collection(collection).insertMany(numbered, true);
        }
    }

    /** Gives the collection an index of all its texts. */
    void indexTexts() {
        smilodon.database(DATABASE)
                .collection(COLLECTION)
                .createIndex(Document.of("key", Document.of("$**", Value.of("text"))));
    }

    /** Makes the index that an example needs, or the search index. */
    void index(Example example) {
        if (example.has("definition")) {
            Value type = Value.of(example.has("type") ? example.lines().get("type") : "search");
            run(searchIndex(type, example.document("definition")));
        }
        if (example.has("index")) {
            smilodon.database(DATABASE)
                    .collection(COLLECTION)
                    .createIndex(Document.of("key", example.document("index")));
        }
    }

    static Document numbered(int id, Document document) {
        return Document.builder().put("_id", id).putAll(document).build();
    }

    /** Forbids an operator from now on. */
    void forbid(String operator) {
        smilodon.operations().forbid(Set.of(operator));
    }

    /** Carries out a command, which must go well. */
    Document run(Document command) {
        Document answer = answer(command);
        assertEquals(Value.of(1.0), answer.get("ok"), () -> ShellText.of(answer));
        return answer;
    }

    Document answer(Document command) {
        return answer(isOfServer(command) ? "admin" : DATABASE, command);
    }

    /** Carries out a command on this database. */
    Document answer(String database, Document command) {
        return Commands.run(CommandContext.of(smilodon, database), command);
    }

    private static boolean isOfServer(Document command) {
        return command.has("bulkWrite")
                || command.get("pipeline") instanceof ArrayValue stages
                        && !stages.isEmpty()
                        && stages.get(0) instanceof Document first
                        && SERVER_STAGES.stream().anyMatch(first::has);
    }

    /** The first documents that a command finds. */
    ArrayValue documents(Document command) {
        Document cursor = (Document) run(command).get("cursor");
        return (ArrayValue) cursor.get("firstBatch");
    }

    /** All documents of a collection, by their ids. */
    ArrayValue all(String collection) {
        return documents(
                Document.builder()
                        .put("find", collection)
                        .put("sort", Document.of("_id", Value.of(1)))
                        .build());
    }

    ArrayValue aggregate(ArrayValue pipeline) {
        return aggregate(COLLECTION, pipeline);
    }

    ArrayValue aggregate(String collection, ArrayValue pipeline) {
        return documents(aggregation(pipeline).with("aggregate", Value.of(collection)));
    }

    /** The command that a pipeline of the collection is. */
    static Document aggregation(ArrayValue pipeline) {
        return Document.builder()
                .put("aggregate", COLLECTION)
                .put("pipeline", pipeline)
                .put("cursor", Document.EMPTY)
                .build();
    }

    /** The command that makes a search index of the collection. */
    static Document searchIndex(Value type, Document definition) {
        Document index = Document.builder().put("type", type).put("definition", definition).build();
        return Document.builder()
                .put("createSearchIndexes", COLLECTION)
                .put("indexes", ArrayValue.of(index))
                .build();
    }

    /** In a collection's place stands the database itself. */
    ArrayValue aggregateDatabase(ArrayValue pipeline) {
        return documents(
                Document.builder()
                        .put("aggregate", 1)
                        .put("pipeline", pipeline)
                        .put("cursor", Document.EMPTY)
                        .build());
    }

    /** Types of numbers count. */
    static void assertSame(Value expected, Value actual) {
        assertEquals(
                ExtendedJson.write(expected, JsonMode.CANONICAL),
                ExtendedJson.write(actual, JsonMode.CANONICAL));
    }

    @Override
    public void close() {
        smilodon.close();
    }
}
