package io.smilodon.engine.testing;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When an operation is to fail.
 *
 * @param operations which
 * @param name on which files
 * @param skipped how many such operations pass first
 * @param times how many fail then
 * @param fault how
 */
public record FaultRule(
        Set<Operation> operations, Predicate<String> name, int skipped, int times, Fault fault) {

    /** What can fail. */
    public enum Operation {
        CREATE,
        OPEN,
        READ,
        WRITE,
        TRUNCATE,
        SYNC,
        RENAME,
        DELETE,
        SYNC_DIRECTORY
    }

    /** How it fails. */
    public enum Fault {
        /** An error; a failed sync marks the pages clean all the same, so that they are lost. */
        INPUT_OUTPUT_ERROR,
        /** A failed sync, after which the pages count as clean, so that they are lost. */
        SYNC_ERROR,
        /** A disk without space: half of a write happens, then the error. */
        NO_SPACE,
        /** A write that happens, all of it, and is called a failure. */
        LATE_ERROR,
        /** A file as large as it may become: half of a write happens, then the error. */
        FILE_TOO_LARGE,
        /** No further file can be opened. */
        TOO_MANY_FILES,
        /** A write of fewer bytes than asked, without an error. */
        SHORT_WRITE,
        /** A sync that does nothing, or a write that is lost, and says that all is well. */
        IGNORED,
        /** A read of what the disk has in place of what was written since. */
        STALE_READ,
        /** A write that lands one sector further on. */
        MISDIRECTED_WRITE,
        /** One bit of what is read or written is another. */
        BIT_FLIP;

        /** The operations that a disk can fail in this way. */
        public Set<Operation> operations() {
            return switch (this) {
                case INPUT_OUTPUT_ERROR -> EnumSet.allOf(Operation.class);
                case SYNC_ERROR -> EnumSet.of(Operation.SYNC, Operation.SYNC_DIRECTORY);
                case NO_SPACE -> EnumSet.of(Operation.CREATE, Operation.WRITE, Operation.RENAME);
                case FILE_TOO_LARGE, LATE_ERROR, SHORT_WRITE, MISDIRECTED_WRITE ->
                        EnumSet.of(Operation.WRITE);
                case TOO_MANY_FILES ->
                        EnumSet.of(Operation.CREATE, Operation.OPEN, Operation.SYNC_DIRECTORY);
                case IGNORED ->
                        EnumSet.of(Operation.WRITE, Operation.SYNC, Operation.SYNC_DIRECTORY);
                case STALE_READ -> EnumSet.of(Operation.READ);
                case BIT_FLIP -> EnumSet.of(Operation.READ, Operation.WRITE);
            };
        }

        /** Whether the operation says that it failed. */
        boolean isError() {
            return switch (this) {
                case INPUT_OUTPUT_ERROR,
                        SYNC_ERROR,
                        NO_SPACE,
                        LATE_ERROR,
                        FILE_TOO_LARGE,
                        TOO_MANY_FILES ->
                        true;
                case SHORT_WRITE, IGNORED, STALE_READ, MISDIRECTED_WRITE, BIT_FLIP -> false;
            };
        }

        /** What the system says. */
        String message() {
            return switch (this) {
                case NO_SPACE -> "No space left on device";
                case FILE_TOO_LARGE -> "File too large";
                case TOO_MANY_FILES -> "Too many open files";
                case INPUT_OUTPUT_ERROR,
                        SYNC_ERROR,
                        LATE_ERROR,
                        SHORT_WRITE,
                        IGNORED,
                        STALE_READ,
                        MISDIRECTED_WRITE,
                        BIT_FLIP ->
                        "Input/output error";
            };
        }
    }

    /** A rule for one kind of operation. */
    public FaultRule(
            Operation operation, Predicate<String> name, int skipped, int times, Fault fault) {
        this(Set.of(operation), name, skipped, times, fault);
    }

    /** Fails every such operation from now on. */
    public static FaultRule always(Operation operation, Fault fault) {
        return new FaultRule(operation, name -> true, 0, Integer.MAX_VALUE, fault);
    }

    /** Fails the next such operation on files whose names end so. */
    public static FaultRule next(Operation operation, String suffix, Fault fault) {
        return new FaultRule(operation, name -> name.endsWith(suffix), 0, 1, fault);
    }

    /** Fails, after so many operations of all kinds that can fail so, the next ones. */
    public static FaultRule after(int operations, int times, Fault fault) {
        return new FaultRule(fault.operations(), name -> true, operations, times, fault);
    }
}
