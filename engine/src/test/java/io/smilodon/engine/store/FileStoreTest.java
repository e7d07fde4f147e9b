package io.smilodon.engine.store;

import io.smilodon.engine.file.FileDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileStoreTest extends KeyValueStoreContract {

    @TempDir private Path directory;

    @Override
    protected KeyValueStore open() throws IOException {
        return EmbeddedStore.open(FileDirectory.open(directory), StorageOptions.DEFAULTS);
    }
}
