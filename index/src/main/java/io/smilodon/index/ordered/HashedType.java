package io.smilodon.index.ordered;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexType;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.HashedKeys;

/** The type of the indexes with one field that is hashed. */
public final class HashedType implements IndexType {

    private static final ErrorCode UNIQUE = ErrorCode.location(16764);

    @Override
    public void check(IndexDefinition definition, Location location) {
        if (definition.options().refusesDuplicates()) {
            throw new SmilodonException(
                            UNIQUE,
                            "Currently hashed indexes cannot guarantee uniqueness. Use a regular"
                                    + " index.")
                    .at(location.child("unique"));
        }
    }

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return new HashedKeys(definition.pattern(), OrderedType.values(definition));
    }
}
