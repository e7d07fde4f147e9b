package io.smilodon.database.stream;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import java.time.Instant;

/** Where a change stream begins. */
public sealed interface WatchStart {

    /** With the next commit. */
    record Now() implements WatchStart {}

    /** Behind an event that did not end its stream. */
    record ResumeAfter(Document token) implements WatchStart {}

    /** Behind any event. */
    record StartAfter(Document token) implements WatchStart {}

    /** With the first commit at or after an instant, which may be to come. */
    record At(Instant instant) implements WatchStart {}

    /** With the first commit at or after the {@code clusterTime} of an event. */
    record AtClusterTime(TimestampValue time) implements WatchStart {}
}
