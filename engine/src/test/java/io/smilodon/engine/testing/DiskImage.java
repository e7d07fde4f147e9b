package io.smilodon.engine.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The files that are left after a power loss. Immutable, thread-safe. */
public final class DiskImage {

    private final Map<String, Sectors> files;

    DiskImage(Map<String, Sectors> files) {
        this.files = files;
    }

    /** A directory with these files, all durable; each call gives one of its own. */
    public FaultyDirectory toDirectory() {
        return FaultyDirectory.with(files, Long.MAX_VALUE);
    }

    /** The same, where the machine stops again after so many operations. */
    public FaultyDirectory toDirectory(long operationsBeforeCrash) {
        return FaultyDirectory.with(files, operationsBeforeCrash);
    }

    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    public byte[] bytes(String name) {
        return files.get(name).toBytes();
    }

    /** An image that differs in one file. */
    public DiskImage with(String name, byte[] content) {
        Map<String, Sectors> changed = new TreeMap<>(files);
        changed.put(name, Sectors.of(content));
        return new DiskImage(changed);
    }

    /** 64 bits that tell images apart. */
    public long fingerprint() {
        CRC32C low = new CRC32C();
        CRC32 high = new CRC32();
        files.forEach(
                (name, content) -> {
                    byte[] head = (name + '/' + content.length()).getBytes(StandardCharsets.UTF_8);
                    low.update(head);
                    high.update(head);
                    for (int index = 0; index < content.count(); index++) {
                        low.update(content.sector(index));
                        high.update(content.sector(index));
                    }
                });
        return high.getValue() << 32 | low.getValue();
    }
}
