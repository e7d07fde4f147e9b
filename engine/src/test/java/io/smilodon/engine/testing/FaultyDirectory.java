package io.smilodon.engine.testing;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DirectoryLock;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.PendingChange.EntryChanged;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A directory in memory that knows what a power loss would leave of it, and fails when told to. Of
 * a file, bytes are safe after its sync, by sectors of 512 bytes before; of the directory, entries
 * are safe after its sync, one by one before. Thread-safe.
 */
public final class FaultyDirectory implements StorageDirectory {

    private final Map<String, FaultyFile> current = new TreeMap<>();
    private final Map<String, FaultyFile> durable = new TreeMap<>();
    private final List<EntryChanged> pending = new ArrayList<>();
    private final FaultRules rules = new FaultRules();
    private final long operationsBeforeCrash;
    private Optional<Observer> observer = Optional.empty();
    private long operations;
    private long syncs;
    private int openFiles;
    private boolean isCrashed;
    private boolean isLocked;

    /** Sees every moment at which the power can fail. */
    @FunctionalInterface
    public interface Observer {

        /** After an operation changed something, on its thread, while no other can happen. */
        void changed(DiskState state);
    }

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

    static FaultyDirectory with(Map<String, Sectors> files, long operationsBeforeCrash) {
        FaultyDirectory made = new FaultyDirectory(operationsBeforeCrash);
        files.forEach((name, content) -> made.place(name, content.copy()));
        return made;
    }

    /** A directory that has some changes pending from before. */
    static FaultyDirectory goingOn(
            Map<String, FaultyFile> durable, List<EntryChanged> pending, long operations) {
        FaultyDirectory made = new FaultyDirectory();
        made.durable.putAll(durable);
        made.current.putAll(durable);
        pending.forEach(change -> change.applyTo(made.current));
        made.pending.addAll(pending);
        made.operations = operations;
        return made;
    }

    /** What the directory contains after the crash: a copy, in order, with everything durable. */
    public FaultyDirectory afterCrash(CrashPolicy policy, long seed) {
        return afterCrash(policy, seed, Long.MAX_VALUE);
    }

    /** The same, where the machine stops again after so many operations. */
    public synchronized FaultyDirectory afterCrash(
            CrashPolicy policy, long seed, long operationsBeforeNextCrash) {
        isCrashed = true;
        return state().image(policy, seed).toDirectory(operationsBeforeNextCrash);
    }

    /** This moment. */
    public synchronized DiskState state() {
        return new DiskState(durable, pending);
    }

    /** Stops the machine: no operation succeeds any more. */
    public synchronized void crash() {
        isCrashed = true;
    }

    /** Lets a machine of which a crash was only imagined run on. */
    public synchronized void resume() {
        isCrashed = false;
    }

    /** Names who is to see every moment from now on. */
    public synchronized void observe(Observer newObserver) {
        observer = Optional.of(newObserver);
    }

    private void place(String name, Sectors content) {
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

    /** How many operations a rule has made fail. */
    public synchronized long faults() {
        return rules.faults();
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
        return existing(name).current().toBytes();
    }

    /** Puts a file there, durably: to damage it, or to restore an older state. */
    public synchronized void replace(String name, byte[] content) {
        place(name, Sectors.of(content));
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
        FaultyFile file = new FaultyFile(Sectors.empty());
        current.put(name, file);
        pending.add(new EntryChanged(operations, file, "", name));
        finish(stops);
        return new FaultyHandle(this, name, file);
    }

    @Override
    public synchronized StorageFile open(String name) throws IOException {
        requireRunning();
        throwFault(Operation.OPEN, name);
        return new FaultyHandle(this, name, existing(name));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        throwFault(Operation.RENAME, from);
        boolean stops = count();
        FaultyFile file = existing(from);
        current.remove(from);
        current.put(to, file);
        pending.add(new EntryChanged(operations, file, from, to));
        finish(stops);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        throwFault(Operation.DELETE, name);
        boolean stops = count();
        FaultyFile file = existing(name);
        current.remove(name);
        pending.add(new EntryChanged(operations, file, name, ""));
        finish(stops);
    }

    @Override
    public synchronized void sync() throws IOException {
        finish(count());
        Optional<Fault> fault = rules.fault(Operation.SYNC_DIRECTORY, "");
        if (fault.filter(Fault::isError).isPresent()) {
            throw new IOException(fault.get().message());
        }
        if (fault.isEmpty()) {
            durable.clear();
            durable.putAll(current);
            pending.clear();
            announce();
        }
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

    void requireRunning() throws IOException {
        if (isCrashed) {
            throw new IOException("the machine has stopped");
        }
    }

    /** Counts an operation; true if the machine stops in the middle of it. */
    boolean count() throws IOException {
        requireRunning();
        operations++;
        return operations > operationsBeforeCrash;
    }

    /** Ends an operation that is not yet durable. */
    void finish(boolean stops) throws IOException {
        if (stops) {
            isCrashed = true;
            requireRunning();
        }
        announce();
    }

    void announce() {
        observer.ifPresent(present -> present.changed(state()));
    }

    private void throwFault(Operation operation, String name) throws IOException {
        requireRunning();
        rules.throwIfDue(operation, name);
    }

    FaultRules rules() {
        return rules;
    }

    void opened() {
        openFiles++;
    }

    void closed() {
        openFiles--;
    }

    void synced() {
        syncs++;
    }
}
