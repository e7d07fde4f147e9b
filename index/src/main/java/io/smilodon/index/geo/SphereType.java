package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexType;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The type of indexes with a {@code 2dsphere} field. The versions of MongoDB's formats are accepted
 * and listed; entries are the same for all of them.
 */
public final class SphereType implements IndexType {

    private static final String VERSION = "2dsphereIndexVersion";
    private static final int VERSION_DEFAULT = 3;

    /** Into which cells MongoDB divides places: taken, checked and listed, and nothing else. */
    private static final String FINEST = "finestIndexedLevel";

    private static final String COARSEST = "coarsestIndexedLevel";
    private static final int LEVEL_MAX = 30;

    @Override
    public Set<String> optionNames() {
        return Set.of(VERSION, FINEST, COARSEST);
    }

    @Override
    public Document parseOptions(KeyPattern pattern, Document specification, Location location) {
        int version = version(specification, location);
        boolean isNewest = version == VERSION_DEFAULT;
        DocumentBuilder options = Document.builder().put(VERSION, version);
        long finest = level(FINEST, isNewest ? 16 : 14, specification, location);
        long coarsest = level(COARSEST, isNewest ? 2 : 7, specification, location);
        for (String level : List.of(FINEST, COARSEST)) {
            if (specification.has(level)) {
                options.put(level, specification.get(level));
            }
        }
        if (coarsest < 0) {
            throw wrongLevel(16747, "coarsestIndexedLevel must be >= 0", location.child(COARSEST));
        }
        if (finest > LEVEL_MAX) {
            throw wrongLevel(16748, "finestIndexedLevel must be <= 30", location.child(FINEST));
        }
        if (finest < coarsest) {
            throw wrongLevel(16749, "finestIndexedLevel must be >= coarsestIndexedLevel", location);
        }
        return options.build();
    }

    private static int version(Document specification, Location location) {
        Value version = specification.get(VERSION);
        if (version == Missing.INSTANCE) {
            return VERSION_DEFAULT;
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
        return (int) number.toLong();
    }

    /** A level, or that of MongoDB's version of the format. */
    private static long level(
            String option, long otherwise, Document specification, Location location) {
        Value level = specification.get(option);
        if (level == Missing.INSTANCE) {
            return otherwise;
        }
        if (!(level instanceof NumberValue number)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "Expected field to be of numeric type",
                            Map.of("option", option, "actual", level.type().alias()))
                    .at(location.child(option));
        }
        if (!number.isIntegral()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Expected field to have integral value",
                            Map.of("option", option, "actual", level))
                    .at(location.child(option));
        }
        return number.toLong();
    }

    private static SmilodonException wrongLevel(int code, String template, Location location) {
        return new SmilodonException(ErrorCode.location(code), template).at(location);
    }

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return new GeoKeys(definition);
    }
}
