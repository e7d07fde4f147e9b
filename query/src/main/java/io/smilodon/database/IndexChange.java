package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.TtlOption;
import io.smilodon.index.key.PartKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * <code>{name: "a_1", hidden: true}</code> or <code>{name: "a_1", expireAfterSeconds: 60}</code>:
 * the option {@code index} of {@code collMod}. A hidden index is kept, and still enforces that keys
 * are unique, but no plan uses it. An index of one field becomes one by which documents expire.
 *
 * @param entry the collection
 * @param written the option
 * @param location where it stands in the request
 */
record IndexChange(CollectionEntry entry, Document written, Location location) {

    private static final String NAME = "name";
    private static final String KEY_PATTERN = "keyPattern";
    private static final String HIDDEN = "hidden";
    private static final String SECONDS = "expireAfterSeconds";
    private static final String PREPARE_UNIQUE = "prepareUnique";
    private static final String UNIQUE = "unique";
    private static final List<String> CHANGES = List.of(HIDDEN, SECONDS, PREPARE_UNIQUE, UNIQUE);

    private static final KnownOptions OPTIONS =
            new KnownOptions(
                    "collMod",
                    Set.of(NAME, KEY_PATTERN, HIDDEN, SECONDS, PREPARE_UNIQUE, UNIQUE),
                    Set.of());

    static IndexChange of(CollectionEntry entry, Value written, Location location) {
        if (written instanceof Document document) {
            return new IndexChange(entry, document, location);
        }
        throw new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "Option of collMod has the wrong type",
                        Map.of("actual", written.type().alias(), "expected", "object"))
                .at(location);
    }

    /**
     * The collection with the changed index.
     *
     * @param answer gets what was and what is now
     * @param view where documents are looked at that an index to become unique forbids
     */
    CollectionEntry apply(DocumentBuilder answer, ReadView view) {
        for (Field option : written) {
            OPTIONS.require(option.name(), location.child(option.name()));
        }
        if (written.has(NAME) == written.has(KEY_PATTERN)) {
            throw invalid(
                    written.has(NAME)
                            ? "Cannot specify both key pattern and name."
                            : "Must specify either index name or key pattern.");
        }
        if (CHANGES.stream().noneMatch(written::has)) {
            throw invalid("no expireAfterSeconds, hidden, unique, or prepareUnique field");
        }
        IndexOptions changed = written.has(SECONDS) ? expire(answer) : options();
        if (written.has(HIDDEN)) {
            changed = hide(changed, answer);
        }
        if (written.has(PREPARE_UNIQUE)) {
            changed = prepare(changed, answer);
        }
        if (written.has(UNIQUE)) {
            changed = makeUnique(changed, answer, view);
        }
        requireLasting(index());
        return entry.replacing(index().withOptions(changed, entry.namespace()));
    }

    /** The option as change streams tell it: the index by its name. */
    Document normalized() {
        DocumentBuilder told = Document.builder().put(NAME, index().definition().name());
        for (String change : List.of(SECONDS, HIDDEN, UNIQUE, PREPARE_UNIQUE)) {
            if (written.has(change)) {
                told.put(change, written.get(change));
            }
        }
        return told.build();
    }

    /** What is built to take its place has the options that it had when that began. */
    private void requireLasting(IndexEntry index) {
        String name = index.definition().name();
        boolean isBuiltAnew =
                entry.indexes().stream()
                        .anyMatch(
                                other ->
                                        !other.isReady() && other.definition().name().equals(name));
        if (isBuiltAnew) {
            throw new SmilodonException(
                            Renaming.INDEX_IS_BUILT,
                            "The index is being built anew",
                            Map.of("index", name))
                    .at(location);
        }
    }

    private IndexOptions options() {
        return isOnId() ? IndexOptions.DEFAULTS : index().definition().options();
    }

    private IndexOptions expire(DocumentBuilder answer) {
        Value seconds =
                TtlOption.seconds(
                        written.get(SECONDS), ErrorCode.INVALID_OPTIONS, location.child(SECONDS));
        if (isOnId()) {
            throw invalid("the _id field does not support TTL indexes");
        }
        if (entry.isCapped()) {
            throw invalid("TTL indexes are not supported for capped collections.");
        }
        IndexDefinition index = index().definition();
        if (index.pattern().length() > 1 || index.pattern().kind() != PartKind.ORDERED) {
            throw invalid(
                    "TTL indexes are single-field indexes, compound indexes do not support TTL");
        }
        index.options()
                .expireAfterSeconds()
                .ifPresent(before -> answer.put("expireAfterSeconds_old", before));
        answer.put("expireAfterSeconds_new", seconds);
        return index.options().withExpireAfterSeconds(Optional.of(seconds));
    }

    private IndexOptions hide(IndexOptions options, DocumentBuilder answer) {
        if (!(written.get(HIDDEN) instanceof BooleanValue hidden)) {
            throw wrongType(HIDDEN, "bool");
        }
        if (isOnId()) {
            throw new SmilodonException(ErrorCode.BAD_VALUE, "can't hide _id index").at(location);
        }
        answer.put("hidden_old", options.hidden());
        answer.put("hidden_new", hidden.value());
        return options.withHidden(hidden.value());
    }

    /** An index that is unique stays as it is. */
    private IndexOptions prepare(IndexOptions options, DocumentBuilder answer) {
        if (!(written.get(PREPARE_UNIQUE) instanceof BooleanValue wanted)) {
            throw wrongType(PREPARE_UNIQUE, "bool");
        }
        requireOrdered();
        if (options.unique()) {
            return options;
        }
        answer.put("prepareUnique_old", options.prepareUnique());
        answer.put("prepareUnique_new", wanted.value());
        return options.withUnique(false, wanted.value());
    }

    private IndexOptions makeUnique(IndexOptions options, DocumentBuilder answer, ReadView view) {
        if (!(written.get(UNIQUE) instanceof BooleanValue wanted)) {
            throw wrongType(UNIQUE, "bool");
        }
        if (!wanted.value()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "collMod cannot convert a unique index to one that is not unique")
                    .at(location.child(UNIQUE));
        }
        requireOrdered();
        if (options.unique()) {
            return options;
        }
        boolean isPrepared = index().definition().options().prepareUnique();
        if (!isPrepared) {
            throw invalid(
                    "Cannot make index unique with 'prepareUnique=false'. Run collMod to set it"
                            + " first.");
        }
        new UniqueConversion(entry, index(), view).check();
        answer.put("unique_new", true);
        return options.withUnique(true, true);
    }

    private void requireOrdered() {
        if (isOnId()) {
            throw invalid("the _id index is unique already");
        }
        if (index().definition().pattern().kind() != PartKind.ORDERED) {
            throw invalid("indexes of this type cannot be unique");
        }
    }

    private boolean isOnId() {
        return written.get(NAME).equals(new StringValue(IndexDefinition.ID_INDEX_NAME))
                || written.get(KEY_PATTERN) instanceof Document key
                        && IndexKeys.sameKey(IndexDefinition.onId(), key);
    }

    private IndexEntry index() {
        List<IndexEntry> found =
                entry.indexes().stream()
                        .filter(index -> index.isReady() && isMeant(index.definition()))
                        .toList();
        if (found.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.INDEX_NOT_FOUND,
                            "cannot find index for ns",
                            Map.of("index", written, "namespace", entry.namespace()))
                    .at(location);
        }
        if (found.size() > 1) {
            throw new SmilodonException(
                            ErrorCode.AMBIGUOUS_INDEX_KEY_PATTERN,
                            "indexes found for key, identify by name instead",
                            Map.of("count", found.size()))
                    .at(location);
        }
        return found.get(0);
    }

    private boolean isMeant(IndexDefinition definition) {
        if (written.has(NAME)) {
            if (!(written.get(NAME) instanceof StringValue name)) {
                throw wrongType(NAME, "string");
            }
            return definition.name().equals(name.value());
        }
        if (!(written.get(KEY_PATTERN) instanceof Document key)) {
            throw wrongType(KEY_PATTERN, "object");
        }
        return IndexKeys.sameKey(definition, key);
    }

    private SmilodonException invalid(String template) {
        return new SmilodonException(ErrorCode.INVALID_OPTIONS, template).at(location);
    }

    private SmilodonException wrongType(String option, String expected) {
        return new SmilodonException(
                        ErrorCode.TYPE_MISMATCH,
                        "Option of collMod has the wrong type",
                        Map.of(
                                "option",
                                "index." + option,
                                "actual",
                                written.get(option).type().alias(),
                                "expected",
                                expected))
                .at(location.child(option));
    }
}
