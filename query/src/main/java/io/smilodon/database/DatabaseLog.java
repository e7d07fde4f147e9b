package io.smilodon.database;

/**
 * Where the database tells what nobody else would hear of: Java's own log. A logger is looked up
 * when there is something to say, for the first look-up reads every jar of the class path, and
 * opening a database shall not wait for that. Thread-safe.
 */
final class DatabaseLog {

    private DatabaseLog() {}

    /** The logger that is named after a class. */
    static System.Logger of(Class<?> speaker) {
        return System.getLogger(speaker.getName());
    }
}
