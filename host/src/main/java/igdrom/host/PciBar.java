package igdrom.host;

/// A range that a PCI function decodes.
///
/// @param index of its base address register
public record PciBar(int index, Kind kind, MemoryRange range) {
    /// The kind of a range.
    public enum Kind {
        IO,
        MEMORY,
        PREFETCHABLE_MEMORY
    }
}
