package io.smilodon.engine.store;

import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.KeyChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Batches of change feeds as texts. Pure functions. */
final class Feeds {

    private Feeds() {}

    /** Everything that a feed gives without waiting. */
    static List<ChangeBatch> drain(ChangeFeed feed) {
        List<ChangeBatch> batches = new ArrayList<>();
        Optional<ChangeBatch> next = feed.poll();
        while (next.isPresent()) {
            batches.add(next.get());
            next = feed.poll();
        }
        return batches;
    }

    static List<String> texts(List<ChangeBatch> batches) {
        return batches.stream().map(Feeds::text).toList();
    }

    /** Notes and changes, such as {@code note+a=1,-b,~prefix}. */
    static String text(ChangeBatch batch) {
        String notes =
                batch.notes().stream().map(Feeds::text).collect(Collectors.joining(",", "", "+"));
        return (batch.notes().isEmpty() ? "" : notes)
                + batch.changes().stream().map(Feeds::text).collect(Collectors.joining(","));
    }

    private static String text(KeyChange change) {
        return switch (change) {
            case KeyChange.Put put -> text(put.key()) + '=' + text(put.value());
            case KeyChange.Remove remove -> '-' + text(remove.key());
            case KeyChange.Retire retire -> '~' + text(retire.prefix());
        };
    }

    private static String text(byte[] bytes) {
        return bytes.length > 100
                ? bytes.length + " bytes"
                : new String(bytes, StandardCharsets.UTF_8);
    }
}
