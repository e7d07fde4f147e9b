package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingTest {

    private static final List<String> GROUPS =
            List.of("log", "memory", "compaction", "retention", "space", "archive");

    /** In classes of their own, since what is looked at first is so but once. */
    @ParameterizedTest
    @ValueSource(strings = {"Log", "Memory", "Compaction", "Retention", "Space", "Archive"})
    void options_are_whole_whichever_settings_are_looked_at_before(String first) throws Exception {
        URL classes = Setting.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader fresh = new URLClassLoader(new URL[] {classes}, platform)) {
            String home = Setting.class.getPackageName();
            Class.forName(home + "." + first + "Settings", true, fresh);
            Class<?> options = Class.forName(home + ".StorageOptions", true, fresh);
            Object defaults = options.getField("DEFAULTS").get(null);
            for (String group : GROUPS) {
                assertNotNull(options.getMethod(group).invoke(defaults), group);
            }
        }
    }
}
