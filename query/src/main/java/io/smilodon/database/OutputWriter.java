package io.smilodon.database;

import io.smilodon.engine.value.Document;
import java.util.List;

/** Writes the result of a pipeline. Not thread-safe; for one pipeline. */
interface OutputWriter {

    /** Refuses what can be seen to be impossible, before anything is read. */
    void begin();

    /** Writes some more documents. */
    void write(List<Document> documents);

    /** Everything is there. */
    void finish();

    /** Something went wrong; nobody writes on. */
    void abandon();
}
