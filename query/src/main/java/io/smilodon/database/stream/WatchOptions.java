package io.smilodon.database.stream;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a change stream begins and what its events hold.
 *
 * @param start where it begins
 * @param fullDocument the document of an update event
 * @param beforeChange the document before the change
 * @param showsExpandedEvents whether there are also events of collections being created and
 *     changed, and of their indexes; and whether others tell more
 * @param eventTimeMax how long the work on one event, or on one commit, may take before it ends the
 *     stream with {@code MaxTimeMSExpired}; zero for no limit. Waiting for events does not count
 * @param let variables that the expressions of the stages may use
 * @param collation how strings compare in the stages; empty for by their bytes
 */
public record WatchOptions(
        WatchStart start,
        Image fullDocument,
        Image beforeChange,
        boolean showsExpandedEvents,
        Duration eventTimeMax,
        Document let,
        Document collation) {

    public static final WatchOptions DEFAULTS =
            new WatchOptions(
                    new WatchStart.Now(),
                    Image.NONE,
                    Image.NONE,
                    false,
                    Duration.ZERO,
                    Document.EMPTY,
                    Document.EMPTY);

    /** Which document an event holds besides what changed. */
    public enum Image {
        /** None; inserts and replacements hold theirs always. */
        NONE,
        /** As it is when the event is read, or null; of {@code fullDocument} only. */
        LOOKUP,
        /** As it was then, or null if that is not known. */
        WHEN_AVAILABLE,
        /** As it was then; if that is not known, an error ends the stream. */
        REQUIRED
    }

    public WatchOptions withStart(WatchStart place) {
        return new WatchOptions(
                place,
                fullDocument,
                beforeChange,
                showsExpandedEvents,
                eventTimeMax,
                let,
                collation);
    }

    /** Begins behind the event of this token, which did not end its stream. */
    public WatchOptions withResumeAfter(Document token) {
        return withStart(new WatchStart.ResumeAfter(token));
    }

    /** Begins behind the event of this token. */
    public WatchOptions withStartAfter(Document token) {
        return withStart(new WatchStart.StartAfter(token));
    }

    public WatchOptions withStartAt(Instant instant) {
        return withStart(new WatchStart.At(instant));
    }

    /** Begins with the event that has this {@code clusterTime}, or the first after it. */
    public WatchOptions withStartAt(TimestampValue time) {
        return withStart(new WatchStart.AtClusterTime(time));
    }

    public WatchOptions withFullDocument(Image image) {
        return new WatchOptions(
                start, image, beforeChange, showsExpandedEvents, eventTimeMax, let, collation);
    }

    public WatchOptions withBeforeChange(Image image) {
        return new WatchOptions(
                start, fullDocument, image, showsExpandedEvents, eventTimeMax, let, collation);
    }

    public WatchOptions withExpandedEvents() {
        return new WatchOptions(
                start, fullDocument, beforeChange, true, eventTimeMax, let, collation);
    }

    public WatchOptions withEventTimeMax(Duration time) {
        return new WatchOptions(
                start, fullDocument, beforeChange, showsExpandedEvents, time, let, collation);
    }

    public WatchOptions withLet(Document variables) {
        return new WatchOptions(
                start,
                fullDocument,
                beforeChange,
                showsExpandedEvents,
                eventTimeMax,
                variables,
                collation);
    }

    public WatchOptions withCollation(Document strings) {
        return new WatchOptions(
                start, fullDocument, beforeChange, showsExpandedEvents, eventTimeMax, let, strings);
    }
}
