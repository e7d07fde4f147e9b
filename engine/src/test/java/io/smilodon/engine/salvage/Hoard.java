package io.smilodon.engine.salvage;

import io.smilodon.engine.file.ForwardingDirectory;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.Map;

/** Remembers what is deleted. */
final class Hoard extends ForwardingDirectory {

    private final FaultyDirectory files;
    private final Map<String, byte[]> removed;

    Hoard(FaultyDirectory files, Map<String, byte[]> removed) {
        super(files);
        this.files = files;
        this.removed = removed;
    }

    @Override
    public void delete(String name) throws IOException {
        removed.put(name, files.bytes(name));
        super.delete(name);
    }
}
