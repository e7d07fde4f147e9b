package io.smilodon.engine.file;

import java.io.IOException;

/** The right to use a directory alone, until closed. Thread-safe. */
public interface DirectoryLock extends AutoCloseable {

    @Override
    void close() throws IOException;
}
