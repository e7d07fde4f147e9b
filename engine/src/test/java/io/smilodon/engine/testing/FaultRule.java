package io.smilodon.engine.testing;

import java.util.function.Predicate;

/**
 * When an operation is to fail.
 *
 * @param operation which
 * @param name on which files
 * @param skipped how many such operations pass first
 * @param times how many fail then
 * @param fault how
 */
public record FaultRule(
        Operation operation, Predicate<String> name, int skipped, int times, Fault fault) {

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
        /** A disk without space: half of a write happens, then the error. */
        NO_SPACE,
        /** A write of fewer bytes than asked, without an error. */
        SHORT_WRITE,
        /** A sync that does nothing and says that all is well. */
        IGNORED
    }

    /** Fails every such operation from now on. */
    public static FaultRule always(Operation operation, Fault fault) {
        return new FaultRule(operation, name -> true, 0, Integer.MAX_VALUE, fault);
    }

    /** Fails the next such operation on files whose names end so. */
    public static FaultRule next(Operation operation, String suffix, Fault fault) {
        return new FaultRule(operation, name -> name.endsWith(suffix), 0, 1, fault);
    }
}
