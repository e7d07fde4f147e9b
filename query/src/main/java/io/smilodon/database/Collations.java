package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.collation.Collation;
import java.util.Map;
import java.util.Optional;

/** Which collation an operation has: the one it names, else that of its collection or view. */
final class Collations {

    private static final Location PLACE = Location.ROOT.child("collation");

    private Collations() {}

    /** The collation that the option of a request names; empty if it names none. */
    static Optional<Collation> named(Document option) {
        return Collation.parse(option, PLACE);
    }

    /**
     * The collation of an operation.
     *
     * @throws SmilodonException {@code OptionNotSupportedOnView} if it names another one than that
     *     of the view that it reads
     */
    static Collation of(Optional<Collation> named, Views.Source source) {
        if (source.isView() && named.isPresent()) {
            requireOfView(source, named.get());
        }
        return named.orElse(source.collation());
    }

    /** Refuses a view that compares strings otherwise than the operation that reads it. */
    static void requireOfView(Views.Source source, Collation collation) {
        if (source.isView() && !collation.equals(source.collation())) {
            throw new SmilodonException(
                            ErrorCode.OPTION_NOT_SUPPORTED_ON_VIEW,
                            "Cannot override a view's default collation",
                            Map.of(
                                    "collation",
                                    collation.toDocument(),
                                    "view",
                                    source.collation().toDocument()))
                    .at(PLACE);
        }
    }
}
