package io.smilodon.golden;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.Smilodon;
import io.smilodon.database.Verbosity;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import java.util.ArrayList;
import java.util.List;

/** Carries out commands by calling what a program calls: the methods of the collections. */
final class EmbeddedServer implements Server {

    private final Database database;
    private final OperatorTable<Row> rows =
            OperatorTable.<Row>builder()
                    .add("aggregate", this::aggregate)
                    .add("collMod", this::modify)
                    .add("count", this::count)
                    .add("create", this::create)
                    .add("createIndexes", this::createIndexes)
                    .add("delete", command -> EmbeddedWrites.delete(collection(command), command))
                    .add("distinct", this::distinct)
                    .add("drop", this::drop)
                    .add("explain", this::explain)
                    .add("find", this::find)
                    .add(
                            "findAndModify",
                            command -> EmbeddedWrites.findAndModify(collection(command), command))
                    .add("insert", command -> EmbeddedWrites.insert(collection(command), command))
                    .add("update", command -> EmbeddedWrites.update(collection(command), command))
                    .build();

    EmbeddedServer(Smilodon smilodon, String database) {
        this.database = smilodon.database(database);
    }

    @FunctionalInterface
    private interface Row {
        Answer run(Document command);
    }

    @Override
    public Answer run(Document command) {
        try {
            return rows.find(command.iterator().next().name()).orElseThrow().run(command);
        } catch (SmilodonException failure) {
            return new Answer.Failed(failure.code());
        }
    }

    private DocumentCollection collection(Document command) {
        return database.collection(target(command));
    }

    private static String target(Document command) {
        return ((StringValue) command.iterator().next().value()).value();
    }

    static Document part(Document command, String name) {
        return command.get(name) instanceof Document part ? part : Document.EMPTY;
    }

    static List<Document> parts(Document command, String name) {
        if (!(command.get(name) instanceof ArrayValue array)) {
            return List.of();
        }
        return array.elements().stream().map(Document.class::cast).toList();
    }

    static boolean flag(Document command, String name) {
        return command.get(name).equals(Value.of(true));
    }

    private static long number(Document command, String name) {
        return command.get(name) instanceof NumberValue number ? number.toLong() : 0;
    }

    private static FindRequest request(Document command) {
        Value hint = command.get("hint");
        FindRequest request =
                FindRequest.of(part(command, command.has("query") ? "query" : "filter"))
                        .withProjection(part(command, "projection"))
                        .withSort(part(command, "sort"))
                        .withSkip(number(command, "skip"))
                        .withLimit(number(command, "limit"))
                        .withLet(part(command, "let"));
        return hint == Missing.INSTANCE ? request : request.withHint(hint);
    }

    private static Answer found(DocumentCursor cursor) {
        List<Document> documents = new ArrayList<>();
        try (cursor) {
            cursor.forEachRemaining(documents::add);
        }
        return new Answer.Found(documents);
    }

    private Answer find(Document command) {
        return found(collection(command).find(request(command)));
    }

    private Answer aggregate(Document command) {
        List<Document> pipeline = parts(command, "pipeline");
        AggregateOptions options = AggregateOptions.DEFAULTS.withLet(part(command, "let"));
        boolean hasCollection = command.get("aggregate") instanceof StringValue;
        return found(
                hasCollection
                        ? collection(command).aggregate(pipeline, options)
                        : database.aggregate(pipeline, options));
    }

    private Answer count(Document command) {
        int count = (int) collection(command).count(request(command));
        return new Answer.Done(Document.of("n", Value.of(count)));
    }

    private Answer distinct(Document command) {
        String key = ((StringValue) command.get("key")).value();
        List<Value> values = collection(command).distinct(key, request(command));
        return new Answer.Done(Document.of("values", ArrayValue.of(values)));
    }

    private Answer explain(Document command) {
        Document explained = part(command, "explain");
        Verbosity verbosity =
                command.get("verbosity") instanceof StringValue text
                        ? Verbosity.ofName(text.value())
                        : Verbosity.EXECUTION_STATS;
        DocumentCollection collection = collection(explained);
        Document answer =
                explained.has("pipeline")
                        ? collection.explain(
                                parts(explained, "pipeline"), AggregateOptions.DEFAULTS, verbosity)
                        : collection.explain(request(explained), verbosity);
        return new Answer.Done(answer);
    }

    private Answer create(Document command) {
        database.createCollection(target(command), command.without("create"));
        return new Answer.Done(Document.EMPTY);
    }

    private Answer modify(Document command) {
        return new Answer.Done(
                database.modifyCollection(target(command), command.without("collMod")));
    }

    private Answer createIndexes(Document command) {
        parts(command, "indexes").forEach(collection(command)::createIndex);
        return new Answer.Done(Document.EMPTY);
    }

    private Answer drop(Document command) {
        database.dropCollection(target(command));
        return new Answer.Done(Document.EMPTY);
    }
}
