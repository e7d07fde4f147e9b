package io.smilodon.database.stream;

import io.smilodon.engine.value.Document;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a change stream begins and what its events hold. Of the three beginnings at most one is
 * given; without any it begins now.
 *
 * @param resumeAfter the token of an event; not of one that ended its stream
 * @param startAfter the token of any event
 * @param startAt an instant
 * @param fullDocument the document of an update event
 * @param beforeChange the document before the change
 * @param showsExpandedEvents whether there are also events of collections being created
 */
public record WatchOptions(
        Optional<Document> resumeAfter,
        Optional<Document> startAfter,
        Optional<Instant> startAt,
        Image fullDocument,
        Image beforeChange,
        boolean showsExpandedEvents) {

    public static final WatchOptions DEFAULTS =
            new WatchOptions(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Image.NONE,
                    Image.NONE,
                    false);

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

    public WatchOptions withResumeAfter(Document token) {
        return new WatchOptions(
                Optional.of(token),
                startAfter,
                startAt,
                fullDocument,
                beforeChange,
                showsExpandedEvents);
    }

    public WatchOptions withStartAfter(Document token) {
        return new WatchOptions(
                resumeAfter,
                Optional.of(token),
                startAt,
                fullDocument,
                beforeChange,
                showsExpandedEvents);
    }

    public WatchOptions withStartAt(Instant instant) {
        return new WatchOptions(
                resumeAfter,
                startAfter,
                Optional.of(instant),
                fullDocument,
                beforeChange,
                showsExpandedEvents);
    }

    public WatchOptions withFullDocument(Image image) {
        return new WatchOptions(
                resumeAfter, startAfter, startAt, image, beforeChange, showsExpandedEvents);
    }

    public WatchOptions withBeforeChange(Image image) {
        return new WatchOptions(
                resumeAfter, startAfter, startAt, fullDocument, image, showsExpandedEvents);
    }

    public WatchOptions withExpandedEvents() {
        return new WatchOptions(resumeAfter, startAfter, startAt, fullDocument, beforeChange, true);
    }
}
