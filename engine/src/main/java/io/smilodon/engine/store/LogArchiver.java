package io.smilodon.engine.store;

import io.smilodon.engine.BackOff;
import io.smilodon.engine.ThreadEnd;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.log.LogSeal;
import io.smilodon.engine.manifest.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Copies finished log files to the archive, the oldest first, on a thread of its own. What fails is
 * tried again later, ever more rarely; commits never wait for it, but the files stay until it
 * succeeds. One that cannot be read is passed over meanwhile. Thread-safe.
 */
final class LogArchiver {

    private final ArchiveSettings.Place place;
    private final StorageDirectory source;
    private final Manifest manifest;
    private final LongSupplier wallMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private volatile Optional<LogArchive> archive = Optional.empty();
    private long copiedFiles;
    private long copiedBytes;
    private long failures;
    private int failuresInRow;
    private Optional<Throwable> lastFailure = Optional.empty();
    private boolean isWoken;
    private boolean isStopping;

    LogArchiver(
            ArchiveSettings.Place place,
            StorageDirectory source,
            Manifest manifest,
            LongSupplier wallMillis) {
        this.place = place;
        this.source = source;
        this.manifest = manifest;
        this.wallMillis = wallMillis;
        this.thread = Thread.ofPlatform().name("smilodon-archive").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Says that a file has been finished. */
    void wake() {
        lock.lock();
        try {
            isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the archive needs this finished file no more. */
    boolean isSafe(LogFile log) {
        return log.isEmpty() || archive.map(open -> open.holds(log)).orElse(false);
    }

    /** Copies what is left, once, and ends the thread. */
    void stop() {
        lock.lock();
        try {
            isStopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ThreadEnd.await(thread);
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            attempt();
            goesOn = awaitWork();
        }
        attempt();
        try {
            close();
        } catch (IOException unclosed) {
            failed(unclosed);
        }
    }

    private void close() throws IOException {
        if (archive.isPresent()) {
            archive.get().close();
        }
    }

    private void attempt() {
        try {
            if (archive.isEmpty()) {
                archive = Optional.of(open());
            }
            copyWaiting(archive.get());
        } catch (VirtualMachineError broken) {
            failed(broken); // ends the thread, and the statistics say why
            throw broken;
        } catch (IOException | RuntimeException | Error failure) {
            failed(failure);
        }
    }

    /** A file that cannot be read does not hold up those that follow it. */
    private void copyWaiting(LogArchive open) throws IOException {
        Optional<Exception> unreadable = Optional.empty();
        for (LogFile log : waiting()) {
            try {
                open.copy(log);
                copied(log, unreadable.isEmpty());
                Failpoint.hit("archive.done");
            } catch (SmilodonException | IOException failure) {
                if (open.isReadable(log)) {
                    throw failure;
                }
                unreadable = unreadable.or(() -> Optional.of(failure));
            }
        }
        unreadable.ifPresentOrElse(this::failed, this::succeeded);
    }

    private LogArchive open() throws IOException {
        StorageDirectory directory = place.open();
        try {
            return new LogArchive(source, directory, manifest.databaseId());
        } catch (IOException | RuntimeException | Error failure) {
            directory.close();
            throw failure;
        }
    }

    private List<LogFile> waiting() {
        return manifest.state().logs().values().stream()
                .filter(log -> log.seal().isPresent() && !isSafe(log))
                .toList();
    }

    private void copied(LogFile log, boolean areAllBeforeIt) {
        lock.lock();
        try {
            copiedFiles++;
            copiedBytes += log.seal().orElseThrow().bytes();
            if (areAllBeforeIt) {
                succeeded();
            }
        } finally {
            lock.unlock();
        }
    }

    private void succeeded() {
        lock.lock();
        try {
            failuresInRow = 0;
            lastFailure = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void failed(Throwable failure) {
        lock.lock();
        try {
            failures++;
            failuresInRow++;
            lastFailure = Optional.of(failure);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for work; false when it is time to end. */
    private boolean awaitWork() {
        lock.lock();
        try {
            long left = failuresInRow > 0 ? BackOff.nanosAfter(failuresInRow) : 0;
            while (!isStopping && failuresInRow > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            while (!isStopping && failuresInRow == 0 && !isWoken) {
                changed.await();
            }
            isWoken = false;
            return !isStopping;
        } catch (InterruptedException foreign) {
            throw new AssertionError("the archive's thread is private", foreign);
        } finally {
            lock.unlock();
        }
    }

    ArchiveStatistics statistics() {
        List<LogFile> waiting = waiting();
        long bytes = 0;
        for (LogFile log : waiting) {
            bytes += log.seal().map(LogSeal::bytes).orElse(0L);
        }
        long lag =
                waiting.stream()
                        .findFirst()
                        .flatMap(LogFile::seal)
                        .map(seal -> Math.max(0, wallMillis.getAsLong() - seal.lastMillis()))
                        .orElse(0L);
        lock.lock();
        try {
            return new ArchiveStatistics(
                    copiedFiles,
                    copiedBytes,
                    waiting.size(),
                    bytes,
                    lag,
                    failures,
                    failuresInRow,
                    lastFailure.map(Throwable::toString));
        } finally {
            lock.unlock();
        }
    }
}
