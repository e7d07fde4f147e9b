package io.smilodon.samples;

import io.smilodon.engine.value.Document;
import java.util.Iterator;

/** Documents that are made while they are read. */
public interface DocumentSource {

    /** How many documents {@link #open} will yield. */
    long count();

    /** The documents from the first on. Closing it releases what they are read from. */
    Documents open();

    /** An iterator that may hold files open. */
    interface Documents extends Iterator<Document>, AutoCloseable {

        @Override
        void close();
    }
}
