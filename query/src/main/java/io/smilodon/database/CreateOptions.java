package io.smilodon.database;

import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.ViewDefinition;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.index.StorageEngineOptions;
import io.smilodon.index.collation.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what {@code create} is asked for. Pure functions. */
final class CreateOptions {

    private static final KnownOptions OPTIONS =
            new KnownOptions(
                    "create",
                    Set.of(
                            CapFields.CAPPED,
                            CapFields.MAX,
                            CapFields.SIZE,
                            OptionFields.AUTO_ID,
                            OptionFields.COLLATION,
                            OptionFields.FLAGS,
                            OptionFields.ID_INDEX,
                            OptionFields.IMAGES,
                            EngineFields.INDEX_DEFAULTS,
                            OptionFields.PIPELINE,
                            StorageEngineOptions.NAME,
                            OptionFields.VALIDATION_ACTION,
                            OptionFields.VALIDATION_LEVEL,
                            OptionFields.VALIDATOR,
                            OptionFields.VIEW_ON),
                    Set.of("clusteredIndex", "expireAfterSeconds", "timeseries"));

    private CreateOptions() {}

    /**
     * Reads the options, and checks those that go together.
     *
     * @throws SmilodonException 40415 for an unknown one, 72 for one that this release lacks or
     *     that does not go with another, 14 for a wrong type, and whatever is wrong with the
     *     validator or the pipeline
     */
    static CollectionOptions parse(Namespace namespace, Document written) {
        for (Field option : written) {
            OPTIONS.require(option.name(), Location.ROOT.child(option.name()));
        }
        OptionFields fields = new OptionFields(namespace, written, Location.ROOT);
        Collation collation = fields.collation();
        fields.checkAutoId();
        fields.checkIdIndex(collation);
        CollectionOptions plain = CollectionOptions.NONE.withCollation(collation);
        if (!written.has(OptionFields.VIEW_ON)) {
            if (written.has(OptionFields.PIPELINE)) {
                throw fields.error(
                        OptionFields.PIPELINE, "'pipeline' requires 'viewOn' to also be specified");
            }
            CollectionOptions options =
                    fields.ofCollection(plain).withEngines(EngineFields.parse(written));
            return new CapFields(written, Location.ROOT)
                    .ofCreate()
                    .map(options::withCap)
                    .orElse(options);
        }
        List<String> ofCollections = new ArrayList<>(OptionFields.OF_COLLECTIONS);
        ofCollections.addAll(CapFields.OF_CREATE);
        ofCollections.add(OptionFields.AUTO_ID);
        ofCollections.add(OptionFields.ID_INDEX);
        ofCollections.add(StorageEngineOptions.NAME);
        ofCollections.add(EngineFields.INDEX_DEFAULTS);
        for (String other : ofCollections) {
            if (written.has(other)) {
                throw fields.error(other, "Option of create is not allowed with viewOn");
            }
        }
        ViewDefinition view = new ViewDefinition(fields.viewOn(), fields.pipeline());
        return plain.withView(view);
    }
}
