package io.smilodon.rest;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The watches that are going on. Thread-safe. */
final class Watches implements AutoCloseable {

    /** After so long without an event a heartbeat is sent, so that who has left is noticed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** How long a server that stops waits for clients that are slow to take the end. */
    private static final long END_MILLIS_MAX = 5_000;

    private final Set<ChangeStream> open = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private boolean isClosed;

    /**
     * Sends the events of a stream until the client or the server goes away, or what is watched.
     *
     * @throws SmilodonException {@code ShutdownInProgress} if the server stops already; what goes
     *     wrong later is told to the client
     */
    ChangeStream follow(ChangeStream stream, EventOutput output) {
        enter(stream);
        try {
            output.whenGone(stream::close);
            send(stream, output);
            output.end();
        } catch (SmilodonException failure) {
            output.end(failure);
        } finally {
            leave(stream);
        }
        return stream;
    }

    private static void send(ChangeStream stream, EventOutput output) {
        boolean goesOn = true;
        while (goesOn && !stream.hasEnded()) {
            Optional<Document> event = stream.next(HEARTBEAT);
            OperationScope.permit().check();
            goesOn = event.isPresent() ? output.event(event.get()) : output.heartbeat();
        }
    }

    private void enter(ChangeStream stream) {
        lock.lock();
        try {
            if (isClosed) {
                throw new SmilodonException(
                        ErrorCode.SHUTDOWN_IN_PROGRESS, "The server is stopping");
            }
            open.add(stream);
        } finally {
            lock.unlock();
        }
    }

    private void leave(ChangeStream stream) {
        lock.lock();
        try {
            open.remove(stream);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every stream and has its client told, so that nobody keeps the server from stopping. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            open.forEach(ChangeStream::close);
            long nanos = TimeUnit.MILLISECONDS.toNanos(END_MILLIS_MAX);
            while (!open.isEmpty() && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
