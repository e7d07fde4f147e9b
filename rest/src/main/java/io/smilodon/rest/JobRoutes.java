package io.smilodon.rest;

import io.smilodon.database.Database;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.samples.Dataset;
import io.smilodon.samples.Datasets;
import io.smilodon.samples.Example;
import io.smilodon.samples.LoadProgress;
import io.smilodon.samples.SampleLoader;
import io.smilodon.security.Action;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
import java.util.List;
import java.util.stream.Stream;

/** Bundled datasets, and the jobs that take longer than a request should. */
final class JobRoutes {

    private final Tasks tasks;

    /** What may be there is dropped; what is loaded is inserted and indexed. */
    private static final Demand LOADING =
            Demand.needs(
                    exchange -> {
                        Dataset dataset = Datasets.named(exchange.path("name"));
                        Resource target =
                                Resource.database(
                                        databaseName(exchange.bodyDocumentIfAny(), dataset));
                        return Stream.of(
                                        Action.INSERT,
                                        Action.CREATE_COLLECTION,
                                        Action.CREATE_INDEX,
                                        Action.DROP_COLLECTION)
                                .map(action -> new Need(action, target))
                                .toList();
                    });

    JobRoutes(Tasks tasks) {
        this.tasks = tasks;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/samples", Permission.READ)
                        .demanding(Demand.LOGIN)
                        .summary("List the bundled datasets")
                        .answer(200, "Name, description, collections and example queries of each")
                        .by(JobRoutes::listSamples),
                Route.post("/api/v1/samples/{name}", Permission.ADMINISTER)
                        .demanding(LOADING)
                        .summary("Load a bundled dataset")
                        .body("db: where to (its own name); drop: whether to replace it")
                        .answer(202, "Loading has begun; the task tells how far it is")
                        .answer(409, "It is loaded already")
                        .by(this::loadSample),
                Route.get("/api/v1/tasks/{id}", Permission.MONITOR)
                        .demanding(Demand.LOGIN)
                        .summary("See how far a job is")
                        .answer(200, "Its state: waiting, running, done or failed")
                        .answer(404, "There is no such task")
                        .by(exchange -> exchange.answer(200, task(exchange).document())));
    }

    private static void listSamples(Exchange exchange) {
        List<Document> samples =
                Datasets.all().stream()
                        .map(dataset -> describe(exchange.smilodon(), dataset))
                        .toList();
        exchange.answer(200, Document.of("samples", ArrayValue.of(samples)));
    }

    private static Document describe(Smilodon smilodon, Dataset dataset) {
        SampleLoader loader =
                new SampleLoader(smilodon.database(dataset.name()), LoadProgress.SILENT);
        List<Value> collections =
                dataset.collections().stream()
                        .map(collection -> Value.of(collection.name()))
                        .toList();
        return Document.builder()
                .put("name", dataset.name())
                .put("description", dataset.description())
                .put("collections", ArrayValue.of(collections))
                .put("loaded", loader.isLoaded(dataset))
                .put(
                        "examples",
                        ArrayValue.of(
                                dataset.examples().stream().map(JobRoutes::describe).toList()))
                .build();
    }

    private static Document describe(Example example) {
        return Document.builder()
                .put("title", example.title())
                .put("collection", example.collection())
                .put("action", example.action())
                .put("body", example.body())
                .build();
    }

    private void loadSample(Exchange exchange) {
        Dataset dataset = Datasets.named(exchange.path("name"));
        Document body = exchange.bodyDocumentIfAny();
        boolean drop = body.get("drop").equals(BooleanValue.TRUE);
        Database database = exchange.smilodon().database(databaseName(body, dataset));
        if (!drop) {
            refuseIfLoaded(database, dataset);
        }
        tasks.startFor(
                exchange,
                "load " + dataset.name(),
                task -> new SampleLoader(database, task::progress).load(dataset, drop));
    }

    private static void refuseIfLoaded(Database database, Dataset dataset) {
        SampleLoader loader = new SampleLoader(database, LoadProgress.SILENT);
        if (loader.isLoaded(dataset)) {
            throw loader.alreadyLoaded(dataset);
        }
    }

    private static String databaseName(Document body, Dataset dataset) {
        return switch (body.get("db")) {
            case Missing absent -> dataset.name();
            case StringValue text -> text.value();
            default ->
                    throw new SmilodonException(ErrorCode.TYPE_MISMATCH, "db must be a string")
                            .at(Location.ROOT.child("db"));
        };
    }

    private Tasks.Task task(Exchange exchange) {
        return tasks.named(exchange.path("id"));
    }
}
