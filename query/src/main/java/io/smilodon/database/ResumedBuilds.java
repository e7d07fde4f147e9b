package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The private thread that goes on, after an opening, with the index builds that the end of the
 * process before had cut short, one after another. Whoever creates an index meanwhile waits for
 * them. What they cannot finish, because documents violate the index or for whatever reason, is
 * discarded and said in the log. Thread-safe.
 */
final class ResumedBuilds implements AutoCloseable {

    private final Instance instance;
    private final CountDownLatch begun = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();

    /** An index to fill. */
    private record Unfinished(Namespace namespace, IndexDefinition index) {}

    ResumedBuilds(Instance instance) {
        this.instance = instance;
    }

    /** Called once, before anybody else uses the instance. */
    void start() {
        List<Unfinished> builds = unfinished();
        if (!builds.isEmpty()) {
            Thread started =
                    Thread.ofPlatform()
                            .name("smilodon-index-builds")
                            .daemon()
                            .start(() -> run(builds));
            thread = Optional.of(started);
            awaitBegun();
        }
    }

    private List<Unfinished> unfinished() {
        List<Unfinished> builds = new ArrayList<>();
        try (Snapshot snapshot = instance.snapshot()) {
            for (CollectionEntry entry : instance.catalog().collections(snapshot)) {
                for (IndexEntry index : entry.indexes()) {
                    if (!index.isReady()) {
                        builds.add(new Unfinished(entry.namespace(), index.definition()));
                    }
                }
            }
        }
        return builds;
    }

    /** Until the thread holds the lock of all builds; an interrupt is kept. */
    private void awaitBegun() {
        boolean interrupted = false;
        while (begun.getCount() > 0) {
            try {
                begun.await();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(List<Unfinished> builds) {
        instance.indexBuilds().lock();
        try {
            begun.countDown();
            for (Unfinished build : builds) {
                finish(build);
            }
        } finally {
            instance.indexBuilds().unlock();
        }
    }

    private void finish(Unfinished build) {
        String name = build.index.name();
        DatabaseLog.of(ResumedBuilds.class)
                .log(
                        System.Logger.Level.INFO,
                        "The building of index {0} of {1} goes on",
                        name,
                        build.namespace);
        try {
            instance.operations().show(description(build), 0, () -> fill(build));
        } catch (RuntimeException | AssertionError failure) {
            if (!isClosing(failure)) {
                DatabaseLog.of(ResumedBuilds.class)
                        .log(
                                System.Logger.Level.WARNING,
                                "Index {0} of {1} is discarded: {2}",
                                name,
                                build.namespace,
                                failure);
            }
        }
    }

    private static boolean isClosing(Throwable failure) {
        return failure instanceof SmilodonException known
                && known.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS);
    }

    private boolean fill(Unfinished build) {
        new IndexFilling(instance, build.namespace, build.index).run();
        return true;
    }

    private static OperationDescription description(Unfinished build) {
        Namespace namespace = build.namespace;
        Document request =
                Document.builder()
                        .put("createIndexes", namespace.collection())
                        .put("indexes", ArrayValue.of(List.of(build.index.toSpecification())))
                        .build();
        return new OperationDescription(
                "createIndexes", namespace.database(), namespace.collection(), request, "");
    }

    /** Waits until the thread has noticed that the instance is closed. */
    @Override
    public void close() {
        thread.ifPresent(ThreadEnd::await);
    }
}
