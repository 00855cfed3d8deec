package igdrom.hypervisor;

import org.jspecify.annotations.Nullable;

/// A text that a user pastes or saves.
///
/// @param title what it is and what to do with it, without a full stop
/// @param path the file that it belongs in, null for something to run or to paste into a definition
/// @param executable whether that file must be executable
/// @param text whole lines
public record ConfigPart(String title, @Nullable String path, boolean executable, String text) {
    static ConfigPart paste(String title, String text) {
        return new ConfigPart(title, null, false, text);
    }

    static ConfigPart script(String title, String path, String text) {
        return new ConfigPart(title, path, true, text);
    }

    static ConfigPart file(String title, String path, String text) {
        return new ConfigPart(title, path, false, text);
    }
}
