package io.smilodon.engine.file;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A directory whose files can be held for a while: deleting one that is held takes effect when it
 * is let go. A deletion that fails then is tried again when the next files are let go. What a crash
 * leaves undeleted is an orphan. Thread-safe.
 */
public final class PinnableDirectory extends ForwardingDirectory {

    private final Map<String, Integer> pins = new HashMap<>();
    private final Set<String> deferred = new LinkedHashSet<>();

    public PinnableDirectory(StorageDirectory directory) {
        super(directory);
    }

    /** What is held, until closed. */
    public final class Pin implements AutoCloseable {

        private final Set<String> names;
        private boolean isClosed;

        private Pin(Set<String> names) {
            this.names = Set.copyOf(names);
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                release(names);
            }
        }
    }

    /**
     * Holds files.
     *
     * @param names says which; no file is deleted while it is asked
     */
    public synchronized Pin pin(Supplier<Set<String>> names) {
        Pin pin = new Pin(names.get());
        pin.names.forEach(name -> pins.merge(name, 1, Integer::sum));
        return pin;
    }

    private synchronized void release(Set<String> names) {
        for (String name : names) {
            pins.computeIfPresent(name, (held, count) -> count == 1 ? null : count - 1);
        }
        deferred.removeIf(name -> !pins.containsKey(name) && isDeleted(name));
    }

    private boolean isDeleted(String name) {
        try {
            super.delete(name);
            return true;
        } catch (IOException later) {
            return false; // an orphan at worst: the next opening deletes it
        }
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        if (pins.containsKey(name)) {
            deferred.add(name);
        } else {
            super.delete(name);
            deferred.remove(name);
        }
    }
}
