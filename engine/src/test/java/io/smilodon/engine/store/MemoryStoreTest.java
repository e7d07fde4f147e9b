package io.smilodon.engine.store;

import io.smilodon.engine.file.MemoryDirectory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryStoreTest extends KeyValueStoreContract {

    private final MemoryDirectory directory = new MemoryDirectory();

    @Override
    protected KeyValueStore open() {
        return EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
    }
}
