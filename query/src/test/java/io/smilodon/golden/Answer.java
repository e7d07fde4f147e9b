package io.smilodon.golden;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import java.util.List;

/** What a command brought. */
sealed interface Answer {

    /** The documents that were read. */
    record Found(List<Document> documents) implements Answer {}

    /** What was done. */
    record Done(Document fields) implements Answer {}

    /** Nothing, because of an error. */
    record Failed(ErrorCode code) implements Answer {}
}
