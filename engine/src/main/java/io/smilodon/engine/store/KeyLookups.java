package io.smilodon.engine.store;

import java.util.Optional;

/** Several keys that are got one by one. As safe as what they are read from. */
@FunctionalInterface
public interface KeyLookups {

    /** What {@link ReadView#get} says of the key with this number, from 0 on. */
    Optional<VersionedValue> get(int index);
}
