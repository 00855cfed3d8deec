package igdrom.web;

import igdrom.bytes.Image;
import igdrom.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The answer to a request of the page.
///
/// @param document what the page shows
/// @param file to save, null for none
public record Reply(JsonObject document, @Nullable Image file) {}
