package io.smilodon.engine.testing;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DirectoryLock;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A directory in memory that knows what a power loss would leave of it, and fails when told to. Of
 * a file, bytes are safe after its sync, by sectors of 512 bytes before; of the directory, entries
 * are safe after its sync, one by one before. Thread-safe.
 */
public final class FaultyDirectory implements StorageDirectory {

    /** A change of the directory that is not yet synced; an empty name stands for none. */
    record EntryChange(long order, String removed, String added, FaultyFile file) {}

    private final Map<String, FaultyFile> current = new TreeMap<>();
    private final Map<String, FaultyFile> durable = new TreeMap<>();
    private final List<EntryChange> pending = new ArrayList<>();
    private final List<FaultRule> rules = new ArrayList<>();
    private final Map<FaultRule, Integer> seen = new HashMap<>();
    private final long operationsBeforeCrash;
    private long operations;
    private long syncs;
    private int openFiles;
    private boolean isCrashed;
    private boolean isLocked;

    public FaultyDirectory() {
        this(Long.MAX_VALUE);
    }

    private FaultyDirectory(long operationsBeforeCrash) {
        this.operationsBeforeCrash = operationsBeforeCrash;
    }

    /** A directory whose machine stops in the middle of the operation after so many. */
    public static FaultyDirectory crashingAfter(long operations) {
        return new FaultyDirectory(operations);
    }

    /** What the directory contains after the crash: a copy, in order, with everything durable. */
    public FaultyDirectory afterCrash(CrashPolicy policy, long seed) {
        return afterCrash(policy, seed, Long.MAX_VALUE);
    }

    /** The same, where the machine stops again after so many operations. */
    public synchronized FaultyDirectory afterCrash(
            CrashPolicy policy, long seed, long operationsBeforeNextCrash) {
        isCrashed = true;
        FaultyDirectory copy = new FaultyDirectory(operationsBeforeNextCrash);
        CrashImage image = new CrashImage(policy, seed, operations);
        image.entries(durable, pending)
                .forEach((name, file) -> copy.place(name, image.content(file)));
        return copy;
    }

    /** Lets a machine of which a crash was only imagined run on. */
    public synchronized void resume() {
        isCrashed = false;
    }

    private void place(String name, byte[] content) {
        FaultyFile file = new FaultyFile(content);
        current.put(name, file);
        durable.put(name, file);
    }

    public synchronized void fail(FaultRule rule) {
        rules.add(rule);
    }

    public synchronized void heal() {
        rules.clear();
    }

    /** How many operations changed something so far. */
    public synchronized long operations() {
        return operations;
    }

    /** How often a file was synced. */
    public synchronized long syncs() {
        return syncs;
    }

    /** How many files are open. */
    public synchronized int openFiles() {
        return openFiles;
    }

    /** What programs see in a file. */
    public synchronized byte[] bytes(String name) throws IOException {
        return existing(name).current().clone();
    }

    /** Puts a file there, durably: to damage it, or to restore an older state. */
    public synchronized void replace(String name, byte[] content) {
        place(name, content);
    }

    @Override
    public synchronized List<String> list() throws IOException {
        requireRunning();
        return List.copyOf(current.keySet());
    }

    @Override
    public synchronized StorageFile create(String name) throws IOException {
        throwFault(Operation.CREATE, name);
        boolean stops = count();
        if (current.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        FaultyFile file = new FaultyFile(new byte[0]);
        current.put(name, file);
        pending.add(new EntryChange(operations, "", name, file));
        stopIf(stops);
        return new Handle(name, file);
    }

    @Override
    public synchronized StorageFile open(String name) throws IOException {
        requireRunning();
        throwFault(Operation.OPEN, name);
        return new Handle(name, existing(name));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        throwFault(Operation.RENAME, from);
        boolean stops = count();
        FaultyFile file = existing(from);
        current.remove(from);
        current.put(to, file);
        pending.add(new EntryChange(operations, from, to, file));
        stopIf(stops);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        throwFault(Operation.DELETE, name);
        boolean stops = count();
        FaultyFile file = existing(name);
        current.remove(name);
        pending.add(new EntryChange(operations, name, "", file));
        stopIf(stops);
    }

    @Override
    public synchronized void sync() throws IOException {
        stopIf(count());
        List<Fault> faults = faults(Operation.SYNC_DIRECTORY, "");
        if (faults.contains(Fault.IGNORED)) {
            return;
        }
        if (!faults.isEmpty()) {
            throw error(faults.get(0));
        }
        durable.clear();
        durable.putAll(current);
        pending.clear();
    }

    @Override
    public synchronized DirectoryLock lock() throws IOException {
        requireRunning();
        if (isLocked) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "The data directory is held by another open database",
                    Map.of("directory", description(), "pid", ProcessHandle.current().pid()));
        }
        isLocked = true;
        return this::unlock;
    }

    private synchronized void unlock() {
        isLocked = false;
    }

    @Override
    public String description() {
        return "faulty";
    }

    @Override
    public void close() {}

    private FaultyFile existing(String name) throws IOException {
        FaultyFile file = current.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    private void requireRunning() throws IOException {
        if (isCrashed) {
            throw new IOException("the machine has stopped");
        }
    }

    /** Counts an operation; true if the machine stops in the middle of it. */
    private boolean count() throws IOException {
        requireRunning();
        operations++;
        return operations > operationsBeforeCrash;
    }

    private void stopIf(boolean stops) throws IOException {
        if (stops) {
            isCrashed = true;
            requireRunning();
        }
    }

    private void throwFault(Operation operation, String name) throws IOException {
        requireRunning();
        for (Fault fault : faults(operation, name)) {
            throw error(fault);
        }
    }

    private List<Fault> faults(Operation operation, String name) {
        for (FaultRule rule : rules) {
            if (rule.operation() == operation && rule.name().test(name)) {
                int before = seen.merge(rule, 1, Integer::sum) - 1;
                if (before >= rule.skipped() && before - rule.skipped() < rule.times()) {
                    return List.of(rule.fault());
                }
            }
        }
        return List.of();
    }

    private static IOException error(Fault fault) {
        return new IOException(
                fault == Fault.NO_SPACE ? "No space left on device" : "Input/output error");
    }

    /** An open file. */
    private final class Handle implements StorageFile {

        private final String name;
        private final FaultyFile file;
        private boolean isClosed;

        /** Made under the directory's lock. */
        Handle(String name, FaultyFile file) {
            this.name = name;
            this.file = file;
            openFiles++;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (FaultyDirectory.this) {
                requireRunning();
                throwFault(Operation.READ, name);
                byte[] bytes = file.current();
                if (position >= bytes.length) {
                    return -1;
                }
                int count = (int) Math.min(target.remaining(), bytes.length - position);
                target.put(bytes, (int) position, count);
                return count;
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (FaultyDirectory.this) {
                requireRunning();
                List<Fault> faults = faults(Operation.WRITE, name);
                if (faults.contains(Fault.INPUT_OUTPUT_ERROR)) {
                    throw error(Fault.INPUT_OUTPUT_ERROR);
                }
                boolean stops = count();
                int count = source.remaining();
                byte[] bytes = new byte[faults.isEmpty() ? count : (count + 1) / 2];
                source.get(bytes);
                file.write(operations, position, bytes);
                stopIf(stops);
                if (faults.contains(Fault.NO_SPACE)) {
                    throw error(Fault.NO_SPACE);
                }
                return bytes.length;
            }
        }

        @Override
        public long length() throws IOException {
            synchronized (FaultyDirectory.this) {
                requireRunning();
                return file.current().length;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (FaultyDirectory.this) {
                throwFault(Operation.TRUNCATE, name);
                boolean stops = count();
                file.truncate(operations, length);
                stopIf(stops);
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (FaultyDirectory.this) {
                stopIf(count());
                syncs++;
                List<Fault> faults = faults(Operation.SYNC, name);
                if (faults.contains(Fault.IGNORED)) {
                    return;
                }
                if (!faults.isEmpty()) {
                    file.loseSync();
                    throw error(Fault.INPUT_OUTPUT_ERROR);
                }
                file.sync();
            }
        }

        @Override
        public void close() {
            synchronized (FaultyDirectory.this) {
                openFiles -= isClosed ? 0 : 1;
                isClosed = true;
            }
        }
    }
}
