package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.InsertManyResult;
import io.smilodon.database.StatementChunks;
import io.smilodon.database.WriteError;
import io.smilodon.database.WriteFailure;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Several writes in one request, one after the other: <code>{operations: [{insertOne: {document:
 * …}}, {updateOne: {filter: …, update: …}}, …], ordered: true}</code>. Each is atomic for itself;
 * outside transactions they are carried out in chunks.
 */
final class BulkWrite {

    static final Action ACTION =
            Action.writing(
                    BodyRules.builder()
                            .required(FieldKind.ARRAY, "operations")
                            .optional(
                                    FieldKind.BOOLEAN,
                                    "ordered",
                                    Action.BYPASS,
                                    Action.KEEPS_EMPTY),
                    (collection, body) -> new BulkWrite().run(collection, body));

    private static final int OPERATIONS_MAX = 100_000;

    private static final OperatorTable<Action> OPERATIONS =
            OperatorTable.<Action>builder()
                    .add("deleteMany", WriteActions.DELETE_MANY)
                    .add("deleteOne", WriteActions.DELETE_ONE)
                    .add("insertOne", WriteActions.INSERT_ONE)
                    .add("replaceOne", WriteActions.REPLACE_ONE)
                    .add("updateMany", WriteActions.UPDATE_MANY)
                    .add("updateOne", WriteActions.UPDATE_ONE)
                    .build();

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final DocumentBuilder insertedIds = Document.builder();
    private final DocumentBuilder upsertedIds = Document.builder();
    private final List<WriteError> errors = new ArrayList<>();

    private BulkWrite() {
        List.of("insertedCount", "matchedCount", "modifiedCount", "deletedCount", "upsertedCount")
                .forEach(name -> counts.put(name, 0L));
    }

    private Document run(DocumentCollection collection, Body body) {
        List<Document> operations = body.documents("operations");
        if (operations.isEmpty() || operations.size() > OPERATIONS_MAX) {
            throw new SmilodonException(
                    ErrorCode.INVALID_LENGTH,
                    "Write batch sizes must be between 1 and 100000",
                    Map.of("actual", operations.size()));
        }
        boolean isOrdered = body.flag("ordered", true);
        if (inserts(operations, 0).size() == operations.size()) {
            insert(collection, inserts(operations, 0), 0, isOrdered);
        } else if (collection.isInTransaction()) {
            runInTransaction(collection, operations, body.location().child("operations"));
        } else {
            runInChunks(new Statements(collection, operations, body, isOrdered));
        }
        return answer();
    }

    private void runInTransaction(
            DocumentCollection collection, List<Document> operations, Location place) {
        int next = 0;
        while (next < operations.size()) {
            List<Document> documents = inserts(operations, next);
            if (documents.size() > 1) {
                inserted(next, collection.insertMany(documents, true));
                next += documents.size();
            } else {
                OperationScope.checkCurrent();
                count(next, carryOut(collection, operations.get(next), place.child(next)));
                next++;
            }
        }
    }

    /**
     * What became of an operation.
     *
     * @param answer of the action; empty if it failed
     */
    private record Result(Document answer, Optional<WriteError> error) {}

    private void runInChunks(Statements statements) {
        DocumentCollection collection = statements.collection;
        StatementChunks<Result> chunks =
                collection
                        .database()
                        .smilodon()
                        .chunks(
                                statements,
                                WriteConcern.options(statements.body),
                                Optional.empty());
        int next = 0;
        boolean goesOn = true;
        while (goesOn && next < statements.count()) {
            for (Result result : chunks.run(next)) {
                count(next, result.answer);
                result.error.ifPresent(errors::add);
                next++;
            }
            goesOn = errors.isEmpty() || !statements.isOrdered;
        }
    }

    /**
     * The operations as statements that share transactions.
     *
     * @param body the request
     */
    private record Statements(
            DocumentCollection collection, List<Document> operations, Body body, boolean isOrdered)
            implements StatementChunks.Statements<Result> {

        @Override
        public int count() {
            return operations.size();
        }

        @Override
        public Namespace namespace(int position) {
            return collection.namespace();
        }

        @Override
        public boolean isMany(int position) {
            Document operation = operations.get(position);
            return operation.has("updateMany") || operation.has("deleteMany");
        }

        @Override
        public Result run(int position, Function<Namespace, DocumentCollection> collections) {
            return run(
                    position, Action.validating(collections.apply(collection.namespace()), body));
        }

        @Override
        public Result alone(int position) {
            return run(position, collection);
        }

        private Result run(int position, DocumentCollection own) {
            Location place = body.location().child("operations").child(position);
            return new Result(carryOut(own, operations.get(position), place), Optional.empty());
        }

        @Override
        public Result failed(int position, SmilodonException failure) {
            return new Result(Document.EMPTY, Optional.of(WriteError.of(position, failure)));
        }
    }

    /** The documents of the plain inserts from here on: those are written together. */
    private static List<Document> inserts(List<Document> operations, int first) {
        List<Document> documents = new ArrayList<>();
        for (Document operation : operations.subList(first, operations.size())) {
            boolean isPlain =
                    operation.size() == 1
                            && operation.get("insertOne") instanceof Document body
                            && body.size() == 1
                            && body.get("document") instanceof Document;
            if (!isPlain) {
                break;
            }
            documents.add((Document) ((Document) operation.get("insertOne")).get("document"));
        }
        return documents;
    }

    private void insert(
            DocumentCollection collection, List<Document> documents, int first, boolean isOrdered) {
        try {
            inserted(first, collection.insertMany(documents, isOrdered));
        } catch (SmilodonException error) {
            if (collection.isInTransaction() || WriteFailure.of(error) == WriteFailure.FATAL) {
                throw error;
            }
            int tried = isOrdered ? 1 : documents.size();
            for (int i = 0; i < tried; i++) {
                errors.add(WriteError.of(first + i, error)); // all would fail alike
            }
        }
    }

    private void inserted(int first, InsertManyResult result) {
        counts.merge("insertedCount", (long) result.insertedCount(), Long::sum);
        result.inserted()
                .forEach(one -> insertedIds.put(Integer.toString(first + one.index()), one.id()));
        result.writeErrors().forEach(error -> errors.add(error.movedBy(first)));
    }

    private static Document carryOut(
            DocumentCollection collection, Document operation, Location place) {
        Iterator<Field> fields = operation.iterator();
        if (!fields.hasNext()) {
            throw malformed(place);
        }
        Field field = fields.next();
        if (fields.hasNext() || !(field.value() instanceof Document)) {
            throw malformed(place);
        }
        Action action =
                OPERATIONS.find(field.name()).orElseThrow(() -> unknown(field.name(), place));
        Document body = (Document) field.value();
        return action.run(collection, body, place.child(field.name()));
    }

    private static SmilodonException malformed(Location place) {
        return new SmilodonException(
                        ErrorCode.FAILED_TO_PARSE,
                        "An operation is an object with one field, which names what to do")
                .at(place);
    }

    private static SmilodonException unknown(String name, Location place) {
        SmilodonException error =
                new SmilodonException(
                                ErrorCode.FAILED_TO_PARSE,
                                "Unknown operation of a bulk",
                                Map.of("actual", name))
                        .at(place.child(name));
        return OPERATIONS.withSuggestion(error, name);
    }

    private void count(int index, Document answer) {
        counts.replaceAll(
                (name, sum) ->
                        answer.get(name) instanceof NumberValue count ? sum + count.toLong() : sum);
        String position = Integer.toString(index);
        if (answer.has("insertedId")) {
            counts.merge("insertedCount", 1L, Long::sum);
            insertedIds.put(position, answer.get("insertedId"));
        }
        if (answer.get("upsertedCount") instanceof NumberValue upserted && upserted.toLong() > 0) {
            upsertedIds.put(position, answer.get("upsertedId"));
        }
    }

    private Document answer() {
        DocumentBuilder answer = Document.builder().put("acknowledged", true);
        counts.forEach((name, count) -> answer.put(name, NumberValue.intOrLong(count)));
        answer.put("insertedIds", insertedIds.build()).put("upsertedIds", upsertedIds.build());
        if (!errors.isEmpty()) {
            answer.put("writeErrors", WriteActions.errors(errors));
        }
        return answer.build();
    }
}
