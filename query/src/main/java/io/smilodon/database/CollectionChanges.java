package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.ViewDefinition;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code collMod} makes of a collection: another rule, another limit, another definition of a
 * view, or another state of an index. Not thread-safe.
 */
final class CollectionChanges {

    private static final String INDEX = "index";

    private static final Set<String> OF_VIEWS = Set.of(OptionFields.VIEW_ON, OptionFields.PIPELINE);

    /** What MongoDB can change; this release cannot. */
    private static final Set<String> NOT_SUPPORTED = Set.of("expireAfterSeconds", "timeseries");

    private static final String DRY_RUN = "dryRun";

    private final CollectionEntry entry;
    private final Document written;
    private final OptionFields fields;
    private final DocumentBuilder answer = Document.builder();
    private Document told;

    private final ReadView view;

    /**
     * @param view the state in which the collection is this
     */
    CollectionChanges(CollectionEntry entry, Document written, ReadView view) {
        this.entry = entry;
        this.view = view;
        this.written = written;
        this.told = written;
        this.fields = new OptionFields(entry.namespace(), written, Location.ROOT);
    }

    /** Whether nothing is to be changed, but only looked whether it could be. */
    boolean isDryRun() {
        return written.get(DRY_RUN).equals(BooleanValue.TRUE);
    }

    /** What was, and what is now. */
    Document answer() {
        return answer.build();
    }

    /** What was asked for, as change streams tell it: an index by its name. */
    Document told() {
        return told;
    }

    /** The options that an index had before; empty if none was changed. */
    Document indexBefore() {
        Document answered = answer.build();
        DocumentBuilder before = Document.builder();
        for (String option : List.of("expireAfterSeconds", "hidden", "prepareUnique")) {
            if (answered.has(option + "_old")) {
                before.put(option, answered.get(option + "_old"));
            }
        }
        return before.build();
    }

    /**
     * The collection with the changes.
     *
     * @throws SmilodonException 40415 for an unknown option, 72 for one that does not go with the
     *     collection or is not supported, 27 for an index that is not there
     */
    CollectionEntry apply() {
        for (Field option : written) {
            check(option.name());
        }
        if (isDryRun()) {
            requireUniqueAlone();
        }
        if (entry.isView()) {
            return entry.withOptions(changedView());
        }
        CollectionEntry resized = new CapFields(written, Location.ROOT).change(entry);
        CollectionEntry changed = resized.withOptions(fields.ofCollection(resized.options()));
        if (!written.has(INDEX)) {
            return changed;
        }
        IndexChange index = IndexChange.of(changed, written.get(INDEX), Location.ROOT.child(INDEX));
        CollectionEntry after = index.apply(answer, view);
        told = written.with(INDEX, index.normalized());
        return after;
    }

    private void requireUniqueAlone() {
        boolean isUniqueAlone =
                written.size() == 2
                        && written.get(INDEX) instanceof Document index
                        && index.size() == 2
                        && index.has("unique");
        if (!isUniqueAlone) {
            throw fields.error(
                    DRY_RUN,
                    "collMod with dryRun takes an index with unique: true and nothing else");
        }
    }

    private void check(String option) {
        boolean isOfView = OF_VIEWS.contains(option);
        boolean isOfCollection =
                option.equals(INDEX)
                        || option.equals(DRY_RUN)
                        || CapFields.OF_CHANGE.contains(option)
                        || OptionFields.OF_COLLECTIONS.contains(option);
        if (NOT_SUPPORTED.contains(option)) {
            throw fields.error(option, "Option of collMod is not supported by this release");
        }
        if (!isOfView && !isOfCollection) {
            throw new SmilodonException(
                            ErrorCode.location(40415),
                            "Unknown option of collMod",
                            Map.of("option", option))
                    .at(Location.ROOT.child(option));
        }
        if (isOfView && !entry.isView()) {
            throw fields.error(option, "option only supported on a view");
        }
        if (isOfCollection && entry.isView()) {
            throw fields.error(option, "option not supported on a view");
        }
    }

    private CollectionOptions changedView() {
        ViewDefinition before = entry.options().view().orElseThrow();
        return entry.options()
                .withView(
                        new ViewDefinition(
                                written.has(OptionFields.VIEW_ON)
                                        ? fields.viewOn()
                                        : before.source(),
                                written.has(OptionFields.PIPELINE)
                                        ? fields.pipeline()
                                        : before.pipeline()));
    }
}
