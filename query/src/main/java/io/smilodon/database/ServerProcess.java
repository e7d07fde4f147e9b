package io.smilodon.database;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/**
 * The server that a database belongs to, as far as its clients may ask about it. Where a program
 * embeds the database there is none, unless the program says otherwise. Thread-safe.
 */
public final class ServerProcess {

    private volatile Optional<Runnable> end = Optional.empty();
    private volatile Start start = new Start(List.of(), Document.EMPTY);

    ServerProcess() {}

    /**
     * How it was started. Whoever may ask for it is told all of it, so no password stands in it.
     *
     * @param command the words of the command line
     * @param options what they mean, in the words of MongoDB's configuration file
     */
    public record Start(List<String> command, Document options) {

        public Start {
            command = List.copyOf(command);
        }
    }

    /** Tells how it was started. */
    public void startedBy(Start given) {
        start = given;
    }

    /** How it was started; of nothing, if there is none. */
    public Start start() {
        return start;
    }

    /** Names what ends it; it must not wait for that. */
    public void onStopRequest(Runnable listener) {
        end = Optional.of(listener);
    }

    /**
     * Asks it to end.
     *
     * @return whether there is one
     */
    public boolean requestStop() {
        end.ifPresent(Runnable::run);
        return end.isPresent();
    }
}
