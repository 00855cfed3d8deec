package igdrom.firmware;

import org.jspecify.annotations.Nullable;

/// The result of reading a structure.
///
/// @param subtree null when the structure holds nothing worth reporting
/// @param end where the structure ends in the searched data; the search continues there
record Reading(@Nullable Subtree subtree, long end) {}
