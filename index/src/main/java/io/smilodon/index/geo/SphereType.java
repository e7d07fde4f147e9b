package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexType;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyPattern;
import java.util.Map;
import java.util.Set;

/**
 * The type of indexes with a {@code 2dsphere} field. The versions of MongoDB's formats are accepted
 * and listed; entries are the same for all of them.
 */
public final class SphereType implements IndexType {

    private static final String VERSION = "2dsphereIndexVersion";
    private static final int VERSION_DEFAULT = 3;

    @Override
    public Set<String> optionNames() {
        return Set.of(VERSION);
    }

    @Override
    public Document parseOptions(KeyPattern pattern, Document specification, Location location) {
        Value version = specification.get(VERSION);
        if (version == Missing.INSTANCE) {
            return Document.of(VERSION, new Int32Value(VERSION_DEFAULT));
        }
        if (!(version instanceof NumberValue number)
                || !number.isIntegral()
                || number.toLong() < 1
                || number.toLong() > VERSION_DEFAULT) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX,
                            "unsupported geo index version, only support versions: [1,2,3]",
                            Map.of(VERSION, version))
                    .at(location.child(VERSION));
        }
        return Document.of(VERSION, new Int32Value((int) number.toLong()));
    }

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return new GeoKeys(definition);
    }
}
