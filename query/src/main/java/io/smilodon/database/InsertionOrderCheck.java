package io.smilodon.database;

import io.smilodon.database.InsertionOrder.Fill;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.query.Steps;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks the insertion order of a capped collection against its documents: every turn leads to a
 * document, every document has its place, and the fill is what there is. Not thread-safe.
 */
final class InsertionOrderCheck {

    private final int collectionId;
    private final ReadView view;
    private final Consumer<String> disagreements;

    /**
     * @param disagreements told, in a line, of each place where order and documents differ
     */
    InsertionOrderCheck(int collectionId, ReadView view, Consumer<String> disagreements) {
        this.collectionId = collectionId;
        this.view = view;
        this.disagreements = disagreements;
    }

    void run() {
        Fill fill = Fill.read(collectionId, view);
        forEach(Keyspace.turns(collectionId), turn -> checkTurn(turn, fill));
        forEach(Keyspace.places(collectionId), this::checkPlace);
        checkDocuments(fill);
    }

    private void forEach(byte[] prefix, Consumer<KeyCursor> check) {
        try (KeyCursor cursor = view.cursor(KeyRange.prefix(prefix), Direction.FORWARD)) {
            while (cursor.advance()) {
                Steps.take();
                check.accept(cursor);
            }
        }
    }

    private void checkTurn(KeyCursor turn, Fill fill) {
        long number = Keyspace.turnNumber(turn.key());
        byte[] idKey = turn.value();
        if (number < fill.oldest() || number >= fill.next()) {
            disagreements.accept(
                    "number %d is not between %d and %d"
                            .formatted(number, fill.oldest(), fill.next()));
        }
        if (view.get(Keyspace.documentOfIdKey(collectionId, idKey)).isEmpty()) {
            disagreements.accept("number %d leads to no document".formatted(number));
        }
        Optional<Long> place = placeOf(idKey);
        if (!place.equals(Optional.of(number))) {
            disagreements.accept(
                    "number %d is not where document %s is said to be"
                            .formatted(number, hex(idKey)));
        }
    }

    private void checkPlace(KeyCursor place) {
        byte[] idKey = Keyspace.placeIdKey(place.key());
        boolean isThere =
                InsertionOrder.decode(place.value())
                        .flatMap(number -> view.get(Keyspace.turn(collectionId, number)))
                        .filter(turn -> Arrays.equals(turn.value(), idKey))
                        .isPresent();
        if (!isThere) {
            disagreements.accept("the place of document %s is not its".formatted(hex(idKey)));
        }
    }

    private void checkDocuments(Fill fill) {
        long[] found = new long[2];
        forEach(
                Keyspace.documents(collectionId),
                document -> {
                    found[0]++;
                    found[1] += document.value().length;
                    byte[] idKey = Keyspace.idKey(document.key());
                    if (placeOf(idKey).isEmpty()) {
                        disagreements.accept("document %s has no place".formatted(hex(idKey)));
                    }
                });
        List<Long> stored = List.of(fill.documents(), fill.bytes());
        if (!stored.equals(List.of(found[0], found[1]))) {
            disagreements.accept(
                    "%d documents of %d bytes are said to be %d of %d bytes"
                            .formatted(found[0], found[1], fill.documents(), fill.bytes()));
        }
    }

    private Optional<Long> placeOf(byte[] idKey) {
        return view.get(Keyspace.place(collectionId, idKey))
                .map(VersionedValue::value)
                .flatMap(InsertionOrder::decode);
    }

    private static String hex(byte[] idKey) {
        return HexFormat.of().formatHex(idKey);
    }
}
