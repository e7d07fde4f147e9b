package io.smilodon.engine.file;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemoryDirectoryTest extends StorageDirectoryContract {

    @Override
    protected StorageDirectory open() {
        return new MemoryDirectory();
    }
}
