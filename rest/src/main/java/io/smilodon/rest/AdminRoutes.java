package io.smilodon.rest;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StagedDirectory;
import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.security.Action;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an operator does to a running database; each is a job. */
final class AdminRoutes {

    private static final String TARGET = "target";

    /** A copy has everything, the users too. */
    private static final Demand BACKING_UP =
            Demand.needs(
                    exchange ->
                            List.of(
                                    new Need(Action.FIND, Resource.EVERY_DATABASE),
                                    new Need(
                                            Action.FIND,
                                            Resource.collection("admin", "system.users"))));

    private final Tasks tasks;
    private final Optional<Path> backupRoot;

    AdminRoutes(Tasks tasks, Optional<Path> backupRoot) {
        this.tasks = tasks;
        this.backupRoot = backupRoot;
    }

    /** What it does to the collections of all databases. */
    private static Demand everywhere(Action action) {
        return Demand.needs(exchange -> List.of(new Need(action, Resource.EVERY_DATABASE)));
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/admin/checkpoint", Permission.ADMINISTER)
                        .demanding(Demand.onServer("fsync"))
                        .summary("Write what is only in memory and in the log to segments")
                        .answer(202, "It has begun")
                        .by(this::checkpoint),
                Route.post("/api/v1/admin/compact", Permission.ADMINISTER)
                        .demanding(everywhere(Action.COMPACT))
                        .summary("Merge all files, dropping what nothing needs")
                        .answer(202, "It has begun; the result tells bytes before and after")
                        .by(this::compact),
                Route.post("/api/v1/admin/verify", Permission.ADMINISTER)
                        .demanding(everywhere(Action.VALIDATE))
                        .summary("Check every document and every index against each other")
                        .answer(202, "It has begun; the result is the report")
                        .by(this::verify),
                Route.post("/api/v1/admin/backup", Permission.ADMINISTER)
                        .demanding(BACKING_UP)
                        .summary("Copy all databases as of one moment, beneath the backup root")
                        .body("target: a plain name, which must not exist there")
                        .answer(202, "It has begun; the result tells up to which commit it goes")
                        .answer(400, "No backup root is set, or the target is not a plain name")
                        .by(this::backup));
    }

    private void checkpoint(Exchange exchange) {
        Smilodon smilodon = exchange.smilodon();
        tasks.startFor(exchange, "checkpoint", task -> smilodon.checkpoint());
    }

    private void compact(Exchange exchange) {
        Smilodon smilodon = exchange.smilodon();
        tasks.startFor(
                exchange,
                "compact",
                task -> {
                    StoreStatistics before = smilodon.statistics().store();
                    smilodon.compact(task::progress);
                    StoreStatistics after = smilodon.statistics().store();
                    task.result(
                            Document.builder()
                                    .put("segmentsBefore", before.segmentCount())
                                    .put("segmentsAfter", after.segmentCount())
                                    .put("bytesBefore", before.segmentBytes())
                                    .put("bytesAfter", after.segmentBytes())
                                    .build());
                });
    }

    private void verify(Exchange exchange) {
        Smilodon smilodon = exchange.smilodon();
        tasks.startFor(
                exchange,
                "verify",
                task -> task.result(smilodon.verify(task::progress).toDocument()));
    }

    private void backup(Exchange exchange) {
        Smilodon smilodon = exchange.smilodon();
        Path root =
                backupRoot.orElseThrow(
                        () ->
                                new SmilodonException(
                                                ErrorCode.ILLEGAL_OPERATION,
                                                "The server has no place for backups")
                                        .withHint("Start it with --backup-root DIR."));
        String target = target(exchange.bodyDocumentIfAny());
        tasks.startFor(
                exchange,
                "backup " + target,
                task -> {
                    BackupList list = smilodon.backup(root, target, task::progress);
                    task.result(
                            Document.builder()
                                    .put(TARGET, target)
                                    .put("sequence", list.sequence())
                                    .put("files", list.files().size())
                                    .put("bytes", list.bytes())
                                    .build());
                });
    }

    private static String target(Document body) {
        if (body.get(TARGET) instanceof StringValue name) {
            StagedDirectory.requirePlain(name.value());
            return name.value();
        }
        throw new SmilodonException(ErrorCode.TYPE_MISMATCH, "target must be a string")
                .at(Location.ROOT.child(TARGET));
    }
}
