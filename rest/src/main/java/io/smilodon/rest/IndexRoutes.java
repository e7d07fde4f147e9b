package io.smilodon.rest;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.CreateIndexResult;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The indexes of a collection. */
final class IndexRoutes {

    private static final String INDEXES = CatalogueRoutes.COLLECTION + "/indexes";
    private static final Document STATISTICS = Document.of("$indexStats", Document.EMPTY);

    private final Tasks tasks;

    IndexRoutes(Tasks tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(
                Route.get(INDEXES, Permission.READ)
                        .demanding(Demand.onCollection("listIndexes"))
                        .summary("List the indexes of a collection")
                        .answer(200, "Their definitions, and how often plans have used each")
                        .by(IndexRoutes::list),
                Route.post(INDEXES, Permission.ADMINISTER)
                        .demanding(Demand.onCollection("createIndexes"))
                        .summary("Create an index and fill it")
                        .parameter("background", "true: answer at once; a task fills it")
                        .body("Its definition: key, and optionally name, unique, sparse")
                        .answer(201, "It is there and filled")
                        .answer(200, "It was there already")
                        .answer(202, "Filling has begun; the task tells how far it is")
                        .answer(409, "It conflicts with another index, or with the documents")
                        .by(this::create),
                Route.delete(INDEXES + "/{name}", Permission.ADMINISTER)
                        .demanding(Demand.onCollection("dropIndexes"))
                        .summary("Drop an index")
                        .answer(204, "It is gone")
                        .answer(404, "There was no such index")
                        .by(IndexRoutes::drop));
    }

    private static void list(Exchange exchange) {
        DocumentCollection collection = exchange.collection();
        if (!collection.exists()) {
            throw CatalogueRoutes.notFound(collection);
        }
        List<Document> indexes = collection.indexes();
        List<Document> shown = new ArrayList<>();
        Map<Value, Document> uses = indexes.isEmpty() ? Map.of() : uses(collection);
        for (Document index : indexes) {
            Document use = uses.getOrDefault(index.get("name"), Document.EMPTY);
            shown.add(
                    Document.builder()
                            .putAll(index)
                            .put("accesses", use.get("accesses"))
                            .put("building", use.get("building"))
                            .build());
        }
        exchange.answer(200, Document.of("indexes", ArrayValue.of(shown)));
    }

    private static Map<Value, Document> uses(DocumentCollection collection) {
        Map<Value, Document> uses = new HashMap<>();
        try (DocumentCursor statistics =
                collection.aggregate(List.of(STATISTICS), AggregateOptions.DEFAULTS)) {
            statistics.forEachRemaining(use -> uses.put(use.get("name"), use));
        }
        return uses;
    }

    private void create(Exchange exchange) {
        DocumentCollection collection = exchange.collection();
        Document definition = exchange.bodyDocument();
        LongOperation operation =
                exchange.longOperation(
                        collection.namespace().toString(), "createIndex", definition);
        if (exchange.queryFlag("background")) {
            tasks.startFor(
                    exchange,
                    "create an index",
                    task -> task.result(operation.run(() -> fill(collection, definition, task))));
            return;
        }
        CreateIndexResult result = operation.run(() -> collection.createIndex(definition));
        exchange.answer(isNew(result) ? 201 : 200, report(result));
    }

    private static Document fill(
            DocumentCollection collection, Document definition, Tasks.Task task) {
        OperationScope.followedBy(
                progress -> task.progress("filling", progress.done(), progress.total()));
        return report(collection.createIndex(definition));
    }

    private static boolean isNew(CreateIndexResult result) {
        return result.indexCountAfter() > result.indexCountBefore();
    }

    private static Document report(CreateIndexResult result) {
        DocumentBuilder answer =
                Document.builder()
                        .put("name", result.name())
                        .put("numIndexesBefore", result.indexCountBefore())
                        .put("numIndexesAfter", result.indexCountAfter());
        result.note().ifPresent(note -> answer.put("note", note));
        return answer.build();
    }

    private static void drop(Exchange exchange) {
        exchange.collection().dropIndex(Value.of(exchange.path("name")));
        exchange.answer(204);
    }
}
