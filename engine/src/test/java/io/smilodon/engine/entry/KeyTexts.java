package io.smilodon.engine.entry;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads keys as texts, for tests. */
public final class KeyTexts implements KeyPageReader<KeyTexts.Page> {

    private final KeyTails tails = new KeyTails();
    private final int beginning;

    /**
     * @param beginning how much of each key is left out
     */
    public KeyTexts(int beginning) {
        this.beginning = beginning;
    }

    /** What is behind the beginnings, in hexadecimal digits. */
    public record Page(List<String> keys) implements KeyPage {

        @Override
        public long memoryBytes() {
            return 8L * keys.size();
        }
    }

    @Override
    public Class<Page> type() {
        return Page.class;
    }

    @Override
    public int beginning() {
        return beginning;
    }

    @Override
    public KeyTails begin() {
        tails.begin(beginning);
        return tails;
    }

    @Override
    public Page page() {
        List<String> keys = new ArrayList<>();
        for (int index = 0; index < tails.count(); index++) {
            int start = tails.start(index);
            keys.add(HexFormat.of().formatHex(tails.bytes(), start, tails.end(index)));
        }
        return new Page(keys);
    }
}
