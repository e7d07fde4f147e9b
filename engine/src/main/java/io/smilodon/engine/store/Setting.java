package io.smilodon.engine.store;

/**
 * What holds for each setting. Apart from {@link StorageOptions}, whose defaults are made of those
 * of the settings: whoever looks at these first must not be given options without them. Stateless.
 */
final class Setting {

    private Setting() {}

    static void require(boolean isGood, String name, long value) {
        if (!isGood) {
            throw new IllegalArgumentException(name + ": " + value);
        }
    }
}
